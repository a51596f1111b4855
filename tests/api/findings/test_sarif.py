import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from teixit import namespaces, paths, validation
from teixit.findings import Finding
from teixit.findings.sarif import as_sarif
from teixit.languages import LANGUAGES

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in namespaces.PREFIXES.items())


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
    assert set(run) == {
        "tool",
        "translations",
        "language",
        "columnKind",
        "results",
        "originalUriBaseIds",
    }
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    return dict(run)


def test_a_result_says_what_where_and_by_which_rule(
    run: dict[str, Any], found: list[Finding], language: str, wrong: Path
) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(found)
    prints = [result["partialFingerprints"]["teixit/v1"] for result in run["results"]]
    assert all(re.fullmatch("[0-9a-f]{64}:1", print_) for print_ in prints)
    assert len(set(prints)) == len(prints)
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
    uri = {"uri": "more.rdf", "uriBaseId": "%SRCROOT%"}
    assert place["physicalLocation"] == {"artifactLocation": uri}


def test_a_file_is_named_from_the_root_of_its_repository(
    found: list[Finding], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "mine" / "my own.ttl"
    own.touch()
    files = (own, paths.DATA / "projects.trig", Path("here.rdf"), Path("/elsewhere/one.rdf"))
    [run] = json.loads(as_sarif([replace(found[0], file=file) for file in files], "en"))["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["artifactLocation"] for place in places] == [
        {"uri": "my%20own.ttl", "uriBaseId": "%SRCROOT%"},
        {"uri": "data/projects.trig", "uriBaseId": "%SRCROOT%"},
        {"uri": "here.rdf", "uriBaseId": "%SRCROOT%"},
        {"uri": "file:///elsewhere/one.rdf"},
    ]


def test_fingerprints_stay_where_lines_move(tmp_path: Path) -> None:
    prints = []
    for number, text in enumerate(("", "\n# more\n\n")):
        file = tmp_path / f"file{number}.ttl"
        file.write_text(f"{PREFIXES}{text}id:a a teixit:Measure ; teixit:number [] .", "utf-8")
        [run] = json.loads(as_sarif(validation.check([file], context=[]), "en"))["runs"]
        prints.append([result["partialFingerprints"] for result in run["results"]])
        assert all("region" in r["locations"][0]["physicalLocation"] for r in run["results"])
    assert prints[0] == prints[1]


def test_nothing_found_is_a_log_too() -> None:
    [run] = json.loads(as_sarif([], "en"))["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
