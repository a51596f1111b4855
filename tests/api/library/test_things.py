from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from teixit import open_graph
from teixit import store as files
from teixit.errors import NotFoundError
from teixit.library import Description
from teixit.library.things import described
from teixit.namespaces import TERM, THING


@pytest.fixture(scope="module")
def coopolis() -> Description:
    return open_graph(language="en").describe("project-coopolis")


def said(description: Description, value: str) -> tuple[tuple[str | None, int | None], ...]:
    (statement,) = (one for one in description.statements if one.value == value)
    return tuple((one.kind, one.line) for one in statement.said_by)


def test_what_the_plan_says_has_its_sentence_and_its_line(coopolis: Description) -> None:
    (statement,) = (one for one in coopolis.statements if one.value == f"{TERM}FlagshipProject")
    assert (statement.property_label, statement.value_label) == ("type", "flagship project")
    first = statement.said_by[0]
    assert (first.kind, first.line) == ("passage", 55)
    assert first.sentence
    assert "Coòpolis, Can Picó, Eix Pere IV" in first.sentence
    (source,) = first.sources
    assert source.page
    assert source.page.startswith("https://ajuntament.barcelona.cat/")


def test_what_others_say_has_its_source_and_how_far_it_is_trusted(coopolis: Description) -> None:
    (statement,) = (one for one in coopolis.statements if one.value == f"{THING}neighbourhood-16")
    assert {one.kind for one in statement.said_by} == {"extract"}
    assert {one.confidence for one in statement.said_by} == {"high"}
    assert all(one.says and one.sources and not one.sentence for one in statement.said_by)


def test_every_statement_of_a_shipped_thing_is_said_by_somebody(coopolis: Description) -> None:
    assert coopolis.statements
    assert all(statement.said_by for statement in coopolis.statements)
    kinds = {one.kind for statement in coopolis.statements for one in statement.said_by}
    assert kinds == {"passage", "extract", "conclusion", "translation"}


def test_a_graph_that_nobody_describes_still_speaks(tmp_path: Path) -> None:
    graph, thing = NamedNode("urn:g"), NamedNode("urn:a")
    file = tmp_path / "a.trig"
    file.write_text("<urn:a> <urn:b> <urn:c> . <urn:g> { <urn:a> <urn:b> <urn:c> }", "utf-8")
    (statement,) = described(files.load_files([file]), thing.value, "en").statements
    assert statement.property_label == "urn:b"
    assert [(one.graph, one.kind, one.sources) for one in statement.said_by] == [
        (graph.value, None, ())
    ]


def test_a_thing_of_which_nothing_is_said_is_not_found() -> None:
    store = Store()
    with pytest.raises(NotFoundError, match="nothing is said of <urn:d>"):
        described(store, "urn:d", "en")
