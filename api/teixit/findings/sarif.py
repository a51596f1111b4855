"""Findings as SARIF 2.1.0 (OASIS), as tools that review code read them, beside the lines."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from teixit import __version__, namespaces, paths
from teixit.findings import Finding, Severity
from teixit.languages import LANGUAGES, in_language

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = MappingProxyType(
    {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)
#: Where paths begin: the folder of the repository, which each reader has elsewhere.
_ROOT: Final = "%SRCROOT%"
#: The name of this way to tell findings apart; another way would get another number.
_FINGERPRINT: Final = "teixit/v1"


def as_sarif(findings: Iterable[Finding], language: str) -> str:
    """Write the findings as a SARIF log with one run.

    The rules that are broken stand in the tool, in *language*; the other languages are its
    translations, rule by rule.
    """
    findings = list(findings)
    broken = {_rule_id(finding): finding for finding in reversed(findings)}
    rules = [broken[rule] for rule in sorted(broken)]
    places = {rule: number for number, rule in enumerate(sorted(broken))}
    others = [other for other in LANGUAGES if other != language]
    run = {
        "tool": {"driver": {**_component(rules, language), "informationUri": namespaces.SHAPES}},
        "translations": [
            {**_component(rules, other), "associatedComponent": {"name": "Teixit"}}
            for other in others
        ],
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _REPOSITORY[language]}}},
        "results": list(_results(findings, places, language)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule_id(finding: Finding) -> str:
    """Name what is broken; a shape with two kinds of rules is one rule, as it has one message."""
    return finding.shape.removeprefix(namespaces.SHAPE)


def _component(rules: Iterable[Finding], language: str) -> dict[str, Any]:
    return {
        "name": "Teixit",
        "semanticVersion": __version__,
        "language": language,
        "rules": [_rule(finding, language) for finding in rules],
    }


def _rule(finding: Finding, language: str) -> dict[str, Any]:
    said = _said(finding.message, finding, language)
    return {
        "id": _rule_id(finding),
        "shortDescription": {"text": _said(finding.rule, finding, language)},
        "fullDescription": {"text": said},
        "help": {"text": said},
        "helpUri": finding.shape,
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _results(
    findings: Iterable[Finding], places: Mapping[str, int], language: str
) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding in findings:
        rule = _rule_id(finding)
        words = [_said(finding.label, finding, language, finding.node), finding.value]
        about = ": ".join(word for word in words if word is not None)
        mark = _mark(finding)
        seen[mark] += 1
        yield {
            "ruleId": rule,
            "ruleIndex": places[rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{about}. {_said(finding.message, finding, language)}"},
            "locations": [_location(finding)],
            "partialFingerprints": {_FINGERPRINT: f"{mark}:{seen[mark]}"},
        }


def _mark(finding: Finding) -> str:
    """Give what stays the same where lines move, or a file gets another name."""
    parts = _rule_id(finding), finding.constraint, finding.node, finding.path, finding.value
    return hashlib.sha256("\n".join(part or "" for part in parts).encode()).hexdigest()


def _location(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(finding.file)}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    names = [{"fullyQualifiedName": finding.node}]
    return {"physicalLocation": place, "logicalLocations": names}


def _artifact(file: Path) -> dict[str, str]:
    """Say where a file is: in its repository, in what Teixit ships, or in the folder at hand."""
    place = Path(os.path.realpath(file))
    roots = [folder for folder in place.parents if (folder / ".git").exists()]
    for root in (*roots, paths.ROOT, Path.cwd()):
        if place.is_relative_to(os.path.realpath(root)):
            within = place.relative_to(os.path.realpath(root)).as_posix()
            return {"uri": quote(within), "uriBaseId": _ROOT}
    return {"uri": place.as_uri()}


def _said(
    texts: Mapping[str, str], finding: Finding, language: str, otherwise: str | None = None
) -> str:
    return in_language(texts, language) if texts else otherwise or _rule_id(finding)


_REPOSITORY: Final = MappingProxyType(
    {
        "ca": "la carpeta del repositori",
        "es": "la carpeta del repositorio",
        "en": "the folder of the repository",
    }
)
