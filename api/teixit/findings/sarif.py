"""Findings as SARIF 2.1.0 (OASIS), as tools that review code read them, beside the lines."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from teixit import __version__, namespaces
from teixit.findings import Finding, Severity
from teixit.findings.lines import line_of
from teixit.languages import LANGUAGES, in_language

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = MappingProxyType(
    {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)


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
        "results": [_result(finding, places, language) for finding in findings],
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


def _result(finding: Finding, places: Mapping[str, int], language: str) -> dict[str, Any]:
    rule = _rule_id(finding)
    words = [_said(finding.label, finding, language, finding.node), finding.value]
    about = ": ".join(word for word in words if word is not None)
    print_ = "\n".join([rule, finding.node, finding.path or "", finding.value or ""])
    return {
        "ruleId": rule,
        "ruleIndex": places[rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{about}. {_said(finding.message, finding, language)}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"teixit/v1": hashlib.sha256(print_.encode()).hexdigest()},
    }


def _location(finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": finding.file_address}}
    line = line_of(finding.file, finding.node, finding.path, finding.value)
    if line:
        place["region"] = {"startLine": line}
    names = [{"fullyQualifiedName": finding.node}]
    return {"physicalLocation": place, "logicalLocations": names}


def _said(
    texts: Mapping[str, str], finding: Finding, language: str, otherwise: str | None = None
) -> str:
    return in_language(texts, language) if texts else otherwise or _rule_id(finding)
