import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from teixit.findings import Finding
from teixit.findings.sarif import as_sarif
from teixit.languages import LANGUAGES


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def run(found: list[Finding], language: str) -> dict[str, Any]:
    """The one run of a log that has what the schema of SARIF 2.1.0 asks of each of its parts."""
    log = json.loads(as_sarif(found, language))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    assert set(run) == {"tool", "translations", "language", "columnKind", "results"}
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    return dict(run)


def test_a_result_says_what_where_and_by_which_rule(
    run: dict[str, Any], found: list[Finding], language: str, wrong: Path
) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(found)
    prints = [result["partialFingerprints"]["teixit/v1"] for result in run["results"]]
    assert all(len(print_) == 64 for print_ in prints)
    for result, finding in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"].endswith(finding.message[language])
        [place] = result["locations"]
        physical = place["physicalLocation"]
        if finding.file == wrong:
            assert physical["artifactLocation"]["uri"].endswith("/wrong%20file.trig")
        if "region" in physical:
            assert physical["region"]["startLine"] >= 1
        assert place["logicalLocations"] == [{"fullyQualifiedName": finding.node}]
    assert any("region" in r["locations"][0]["physicalLocation"] for r in run["results"])


def test_a_rule_is_described_in_three_languages(run: dict[str, Any], language: str) -> None:
    driver = run["tool"]["driver"]
    told = {part["language"]: part["rules"] for part in (driver, *run["translations"])}
    assert (run["language"], driver["language"]) == (language, language)
    assert set(told) == set(LANGUAGES)
    ids = [[rule["id"] for rule in rules] for rules in told.values()]
    assert ids[0] == sorted(set(ids[0])) == ids[1] == ids[2]
    for same in zip(*told.values(), strict=True):
        assert len({rule["fullDescription"]["text"] for rule in same}) == 3
        for rule in same:
            assert rule["shortDescription"]["text"]
            assert rule["helpUri"].endswith(f"#{rule['id']}")
    for translation in run["translations"]:
        assert translation["associatedComponent"] == {"name": driver["name"]}


def test_a_finding_in_a_file_without_lines_names_the_file(found: list[Finding]) -> None:
    one = replace(found[0], file=Path("more.rdf"))
    [run] = json.loads(as_sarif([one], "en"))["runs"]
    [place] = run["results"][0]["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "more.rdf"}}


def test_nothing_found_is_a_log_too() -> None:
    [run] = json.loads(as_sarif([], "en"))["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
