import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from teixit.exporting.changes import Changes, Edition
from teixit.findings import Severity
from teixit.languages import LANGUAGES
from teixit.releasing import numbering, wording
from teixit.releasing.git import Uncommitted
from teixit.releasing.last import Last
from teixit.releasing.status import Status

Checkout = Any

FACTS = "data/facts.trig"
ANSWER = "ontology/questions/cq01-measures-of-the-line.csv"
BEFORE = '<https://w3id.org/teixit/def#Plan> a <urn:c> ; <urn:says> "x" .'
AFTER = '<https://w3id.org/teixit/def#Line> a <urn:c> . <urn:s> <urn:p> "y" .'


def told(checkout: Checkout, *words: str, status: int) -> dict[str, Any]:
    done = checkout.run("status", "--format", "json", *words)
    assert (done.returncode, done.stderr) == (status, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_before_the_first_release_all_is_new(checkout: Checkout) -> None:
    found = told(checkout, status=0)
    assert (found["last"], found["removed"], found["next"]) == (None, 0, "0.1.0")
    assert found["added"] > 100
    assert (found["hindrances"], found["reasons"]) == ([], {})


def test_all_that_is_in_the_way_is_told_at_once(checkout: Checkout) -> None:
    checkout.git("tag", "v0.1.0")
    checkout.change(
        "@prefix skos", "@prefix teixit: <https://w3id.org/teixit/def#> .\n@prefix skos"
    )
    checkout.change('"Project one"@en', '"Project 1"@en')
    checkout.change(
        "id:project-one", "id:project-two a teixit:FlagshipProject .\n\n    id:project-one"
    )
    checkout.change("- A first project.\n", "", "CHANGELOG.md")
    (checkout.root / ANSWER).write_text("other\n", "utf-8")
    before = checkout.seen()
    found = told(checkout, status=1)
    assert found["last"] == {"version": "0.1.0", "place": "v0.1.0"}
    assert found["things"] == {
        "https://w3id.org/teixit/id/project-one": "changed",
        "https://w3id.org/teixit/id/project-two": "new",
    }
    assert (found["added"], found["removed"]) == (2, 1)
    assert found["reasons"] == {"https://w3id.org/teixit/id/project-two": "new"}
    names = ("CHANGELOG.md", FACTS, ANSWER)
    assert found["uncommitted"] == dict.fromkeys(names, "changed")
    assert (found["stale"], found["wrong"]) == (["data/void.trig"], [Path(ANSWER).stem])
    assert found["findings"]["Violation"] > 0
    assert found["next"] == "0.1.1"
    hindrances = ["uncommitted", "stale", "wrong", "violations", "unlogged"]
    assert found["hindrances"] == hindrances
    assert checkout.seen() == before


def test_the_last_release_may_be_one_that_is_exported(checkout: Checkout, tmp_path: Path) -> None:
    place = tmp_path / "kept" / "0.1.0"
    assert checkout.run("export", str(place), "--without-parquet").returncode == 0
    found = told(checkout, "--exported", str(place.parent), status=0)
    assert found["last"] == {"version": "0.1.0", "place": str(place)}
    assert (found["added"], found["removed"], found["hindrances"]) == (0, 0, [])
    shutil.rmtree(place / "classes")
    done = checkout.run("status", "--exported", str(place.parent))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {place}/classes/")


@pytest.mark.parametrize("command", [("status",), ("release", "9.0.0")])
def test_what_is_no_clone_is_told_in_one_line(checkout: Checkout, command: tuple[str, ...]) -> None:
    shutil.rmtree(checkout.root / ".git")
    done = checkout.run(*command, GIT_CEILING_DIRECTORIES=str(checkout.root.parent))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {checkout.root}: git rev-parse: fatal: not a git")
    assert done.stderr.endswith("; this needs a clone of the project\n")


@pytest.mark.parametrize("command", [("status",), ("release", "9.0.0")])
def test_another_base_is_refused(checkout: Checkout, command: tuple[str, ...]) -> None:
    done = checkout.run(*command, TEIXIT_BASE="https://graph.example.org/")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: TEIXIT_BASE='https://graph.example.org/': our files have")


def status(**changed: Any) -> Status:
    editions = [
        Edition.of(name, parse(text, format=RdfFormat.TURTLE))
        for name, text in (("1.0.0", BEFORE), ("+", AFTER))
    ]
    changes = Changes(*editions)
    said: dict[str, Any] = {
        "last": Last("1.0.0", "v1.0.0", None),
        "changes": changes,
        "reasons": numbering.reasons(changes),
        "uncommitted": [],
        "stale": [],
        "wrong": [],
        "findings": Counter({Severity.INFO: 2}),
        "logged": True,
        "broken_off": False,
    }
    return Status(**said | changed)


def test_what_can_be_released_is_told_with_what_it_changes() -> None:
    assert status().words("en").splitlines() == [
        "Last release: 1.0.0 (v1.0.0)",
        "Since then: 2 statements more and 2 fewer",
        "  teixit:Line <https://w3id.org/teixit/def#Line>: new",
        "    + rdf:type urn:c",
        "  teixit:Plan <https://w3id.org/teixit/def#Plan>: withdrawn",
        "    − rdf:type urn:c",
        '    − urn:says "x"',
        "  urn:s <urn:s>: new",
        '    + urn:p "y"',
        "What the rules find: Violation: 0, Warning: 0, Note: 2",
        "The next release is at least 2.0.0.",
        "  goes away: teixit:Plan <https://w3id.org/teixit/def#Plan>",
        "  new: teixit:Line <https://w3id.org/teixit/def#Line>",
        "It can be released.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_tells_all_that_is_in_the_way(language: str) -> None:
    states = ("new", "changed", "removed", "conflict")
    found = status(
        last=None,
        reasons=[],
        uncommitted=[Uncommitted(f"{state}.txt", state) for state in states],
        stale=["data/void.trig"],
        wrong=["cq01"],
        findings=Counter({Severity.VIOLATION: 1}),
        logged=False,
        broken_off=True,
    )
    lines, say = found.words(language).splitlines(), wording.IN[language]
    mends = [f"  {say[name]}" for name in say if name.endswith("_mend")]
    assert lines[-7:] == [say["before"], *mends]
    for part in ("changed.txt (", "data/void.trig", "cq01", say["none"]):
        assert any(part in line for line in lines)


def test_the_languages_say_the_same_things() -> None:
    assert {frozenset(say) for say in wording.IN.values()} == {frozenset(wording.IN["ca"])}
    assert set(wording.IN) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_new_is_nothing_to_release(language: str) -> None:
    edition = Edition.of("1.0.0", parse(BEFORE, format=RdfFormat.TURTLE))
    found = status(changes=Changes(edition, edition), reasons=[], logged=False)
    assert found.words(language).splitlines()[-1] == wording.IN[language]["nothing"]
    assert found.hindrances == []
