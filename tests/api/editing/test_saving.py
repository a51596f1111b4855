"""A change is written whole or not at all, and never over what somebody else wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode

from teixit import namespaces
from teixit.editing import checking, rows, saving
from teixit.editing.drafts import Change, Draft
from teixit.editing.knowledge import KINDS, WRITTEN, Knowledge, iri_of
from teixit.errors import KnowledgeError

Fill = Callable[..., Draft]
NEW = {
    "thing.homepage.1.value": "https://a.example/",
    "thing.homepage.1.source": rows.NEW,
    "source.label.0.value": "Un document de prova",
    "extract.hasConfidence.0.value": f"{namespaces.THING}confidence-low",
}


def change_of(draft: Draft) -> Change:
    assert draft.change is not None
    return draft.change


def test_what_is_written_says_what_it_should_and_nothing_else(fill: Fill, folder: Path) -> None:
    before = Knowledge.of(folder)
    change = change_of(fill(NEW | {"thing.altLabel.0.drop": "1"}, known=before))
    would = saving.texts(before, change)
    assert [*would] == ["projects.trig", "sources.trig"]
    assert checking.wholly(before, would) == []
    mode = (folder / "projects.trig").stat().st_mode
    saving.write(before, would)
    after = Knowledge.of(folder)
    for name in WRITTEN:
        gone = {quad for quad, file in change.removed.items() if file == name}
        new = {quad for quad, file in change.added.items() if file == name}
        assert after.made[name] == (before.made[name] - gone) | new
    assert (folder / "projects.trig").stat().st_mode == mode
    assert after.version != before.version
    assert [file for file in folder.iterdir() if file.name.startswith(".")] == []


def test_the_difference_is_that_of_git(fill: Fill, knowledge: Knowledge) -> None:
    change = change_of(fill({"thing.altLabel.0.drop": "1"}))
    told = saving.difference(knowledge, saving.texts(knowledge, change))
    assert told.startswith("--- a/data/projects.trig\n+++ b/data/projects.trig\n@@ ")
    assert [line for line in told.splitlines() if line[0] in "+-"][2:] == [
        '-        skos:altLabel "Ateneu Cooperatiu de Barcelona"@ca ;'
    ]


def test_nothing_is_written_over_what_somebody_else_wrote(fill: Fill, folder: Path) -> None:
    before = Knowledge.of(folder)
    would = saving.texts(before, change_of(fill(NEW, known=before)))
    file = folder / "translations.trig"
    file.write_text(file.read_text("utf-8") + "\n# Somebody was here.\n", "utf-8")
    texts = {name: (folder / name).read_text("utf-8") for name in WRITTEN}
    with pytest.raises(saving.ChangedError, match=r"translations\.trig: has changed meanwhile"):
        saving.write(before, would)
    assert {name: (folder / name).read_text("utf-8") for name in WRITTEN} == texts


def test_what_cannot_be_written_is_left(fill: Fill, folder: Path) -> None:
    before = Knowledge.of(folder)
    would = {"missing/projects.trig": "x"} | saving.texts(
        before, change_of(fill(NEW, known=before))
    )
    texts = {name: (folder / name).read_text("utf-8") for name in WRITTEN}
    with pytest.raises(KnowledgeError, match="cannot be written"):
        saving.write(before, would)
    assert {name: (folder / name).read_text("utf-8") for name in WRITTEN} == texts


def test_a_file_that_is_missing_or_wrong_is_named(folder: Path) -> None:
    (folder / "projects.trig").write_text("nothing of the kind", "utf-8")
    with pytest.raises(KnowledgeError, match=r"projects\.trig:1:\d+: "):
        Knowledge.of(folder)
    (folder / "projects.trig").write_bytes(b"\xff")
    with pytest.raises(KnowledgeError, match=r"projects\.trig: cannot be read"):
        Knowledge.of(folder)
    (folder / "projects.trig").unlink()
    with pytest.raises(KnowledgeError, match=r"projects\.trig: cannot be read"):
        Knowledge.of(folder)


def test_what_others_may_say_is_no_source_of_a_form(knowledge: Knowledge) -> None:
    kinds = {
        choice.node.value.removeprefix(namespaces.THING).partition("-")[0]
        for choice in knowledge.sources()
    }
    assert kinds == {"extract", "conclusion", "translation"}
    assert all(choice.confidence for choice in knowledge.sources())


def test_what_has_no_name_is_called_by_its_iri(knowledge: Knowledge) -> None:
    nameless = namespaces.THING + "nothing-here"
    assert knowledge.label(NamedNode(nameless)) == {"": "nothing-here"}
    assert knowledge.kind(NamedNode(nameless)) is None
    assert KINDS[0].name == "project"


def test_a_term_without_an_iri_is_written_out() -> None:
    assert iri_of(BlankNode("x")) == "_:x"
