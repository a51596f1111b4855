"""What a check found, in the order in which it is best mended, and how it is told.

As text and as JSON here; ``workbook`` writes spreadsheets, ``sarif`` what tools that review code
read; ``lines`` finds the line of a statement, ``ways`` calls what has no name, ``ordering`` says
what comes first.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from teixit import namespaces, paths
from teixit.findings.lines import line_of
from teixit.findings.ordering import step_of
from teixit.languages import in_language

#: What a message ends with, after its last colon or full stop, is how to mend it.
_MEND: Final = re.compile(r"(?<=[:.]) (?!.*[:.] )")


class Severity(Enum):
    """How bad a finding is, worst first; the value is the local name of SHACL's word."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def rank(self) -> int:
        """Its place among the severities, the worst being 0."""
        return list(Severity).index(self)

    def name_in(self, language: str) -> str:
        """Give its name for a reader of *language*."""
        return in_language(_WORDS[self.value], language)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with one node.

    Args:
        node: The IRI of the node that is wrong; of a blank node the way to it
            (:func:`teixit.findings.ways.ways`).
        label: Its labels by language; empty if it has none.
        shape: The named rule that it breaks: a property shape, a node shape or a SPARQL constraint.
        constraint: SHACL's IRI for the kind of rule, such as ``sh:MinCountConstraintComponent``.
        message: What is wrong and how to mend it, by language.
        severity: How bad it is.
        value: The value that is wrong, if there is one; of a blank node the way to it.
        path: The property that is wrong, if it is a single one.
        file: The file that says so, or else one that speaks of the node.
        terms: Node and value again, as the terms of RDF that they are.
        rule: The name of the rule by language.
        readers: How many rules read the property that is wrong: so much else it may upset.
    """

    node: str
    label: Mapping[str, str]
    shape: str
    constraint: str
    message: Mapping[str, str]
    severity: Severity
    value: str | None
    path: str | None
    file: Path
    terms: tuple[object, object] = field(repr=False, compare=False)
    rule: Mapping[str, str] = field(default_factory=dict, hash=False)
    readers: int = 0

    @property
    def place(self) -> tuple[int, int, int, str, str, str, str, str]:
        """What findings are sorted by: what is best mended first, then file, node, rule, value.

        That is what is worst; then what a thing is, what is missing, what has the wrong form, and
        what disagrees; then the property that most rules read.
        """
        urgency = self.severity.rank, step_of(self.constraint), -self.readers
        what = self.node, self.shape, self.value or "", self.constraint
        return (*urgency, str(self.file), *what)

    @property
    def line(self) -> int | None:
        """The line of the file with the wrong statement, or with the node; None without lines."""
        language = getattr(self.terms[1], "language", None) or ""
        return line_of(self.file, self.node, self.path, self.value, language)

    @property
    def written_node(self) -> str:
        """The node as a reader knows an IRI: between angle brackets."""
        return self.node if self.node.startswith(("<", "[")) else f"<{self.node}>"

    def name(self, language: str) -> str:
        """Name the node for a reader of *language*; empty where it has no label."""
        return in_language(self.label, language) if self.label else ""

    def wrong_and_mend(self, language: str) -> tuple[str, str]:
        """Say what is wrong, which may be left open, and how to mend it."""
        *wrong, mend = _MEND.split(in_language(self.message, language))
        return "".join(wrong).rstrip(":"), mend

    def rule_name(self, language: str) -> str:
        """Name the rule for a reader of *language*, and by the name it has in ``shapes/``."""
        short = f"shape:{self.shape.removeprefix(namespaces.SHAPE)}"
        return f"{in_language(self.rule, language)} ({short})" if self.rule else short

    @property
    def file_name(self) -> str:
        """The name of the file as a reader knows it: short, if it is one that Teixit ships."""
        shipped = self.file.is_relative_to(paths.ROOT)
        return str(self.file.relative_to(paths.ROOT) if shipped else self.file)


def as_text(findings: Iterable[Finding], language: str) -> str:
    """Write the findings for a reader of *language*: a block each, and how many at the end."""
    findings = list(findings)
    counts = Counter(finding.severity for finding in findings)
    total = ", ".join(f"{severity.name_in(language)}: {counts[severity]}" for severity in Severity)
    return "\n\n".join([*(_block(finding, language) for finding in findings), total]) + "\n"


def as_json(findings: Iterable[Finding], language: str) -> str:
    """Write the findings as a JSON array, their texts in *language* and, again, in each."""
    rows = [
        {
            "severity": finding.severity.value,
            "node": finding.node,
            "label": in_language(finding.label, language) if finding.label else None,
            "message": in_language(finding.message, language),
            "labels": dict(finding.label),
            "messages": dict(finding.message),
            "mend": finding.wrong_and_mend(language)[1],
            "rule": in_language(finding.rule, language) if finding.rule else None,
            "shape": finding.shape,
            "constraint": finding.constraint,
            "path": finding.path,
            "value": finding.value,
            "file": finding.file_name,
            "line": finding.line,
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _block(finding: Finding, language: str) -> str:
    """Write one finding as lines of text."""
    wrong, mend = finding.wrong_and_mend(language)
    line = finding.line
    head = f"{finding.severity.name_in(language)}: {finding.name(language)}".rstrip()
    details = {
        "mend": mend,
        "value": finding.value,
        "file": f"{finding.file_name}:{line}" if line else finding.file_name,
        "rule": finding.rule_name(language),
    }
    lines = [f"{head} {finding.written_node}", *([wrong] if wrong else [])]
    for word, detail in details.items():
        if detail is not None:
            lines.append(f"{in_language(_WORDS[word], language)}: {detail}")
    return "\n  ".join(lines)


_WORDS: Final = MappingProxyType(
    {
        "Violation": {"ca": "Error", "es": "Error", "en": "Violation"},
        "Warning": {"ca": "Avís", "es": "Aviso", "en": "Warning"},
        "Info": {"ca": "Nota", "es": "Nota", "en": "Note"},
        "mend": {"ca": "com es corregeix", "es": "cómo se corrige", "en": "to mend it"},
        "value": {"ca": "valor", "es": "valor", "en": "value"},
        "file": {"ca": "fitxer", "es": "fichero", "en": "file"},
        "rule": {"ca": "regla", "es": "regla", "en": "rule"},
    }
)
