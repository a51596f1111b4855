"""Building: which statements are in an index, and that they are in it once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from teixit import searching
from teixit.namespaces import expand, term
from teixit.searching import Index, Statement
from teixit.searching.contents import KINDS, sort_of

LABEL = expand("rdfs:label")
TYPE = expand("rdf:type")

Build = Callable[..., Index]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def building(*statements: Statement) -> Index:
        file = tmp_path / "index"
        searching.build(statements, file, "7")
        return Index(file)

    return building


def iris(index: Index, *asked: str) -> list[str]:
    return [thing.iri for thing in index.find(asked).things]


def test_an_index_knows_of_which_data_it_is(build: Build) -> None:
    assert build().version == "7"


def test_an_index_of_nothing_finds_nothing(build: Build) -> None:
    found = build().find(["economia"])
    assert (found.counts, found.total, found.things, found.whole) == ({}, 0, [], True)


def test_a_thing_is_of_its_first_kind(build: Build) -> None:
    index = build(
        Statement("urn:a", TYPE, expand("org:Organization")),
        Statement("urn:a", TYPE, term("FlagshipProject")),
        Statement("urn:a", TYPE, expand("owl:Thing")),
        Statement("urn:a", LABEL, "Ateneu", "ca"),
        Statement("urn:b", LABEL, "Ateneu"),
    )
    assert index.find(["ateneu"]).counts == {"project": 1, "other": 1}


@pytest.mark.parametrize("class_", ["owl:Class", "sh:NodeShape", "void:Dataset", "geo:Geometry"])
def test_what_describes_the_graph_is_not_searched(build: Build, class_: str) -> None:
    index = build(
        Statement("urn:a", TYPE, expand(class_)),
        Statement("urn:a", TYPE, term("Measure")),
        Statement("urn:a", LABEL, "Ateneu"),
    )
    assert index.find(["ateneu"]).total == 0


def test_a_passage_is_found_by_its_exact_words_alone(build: Build) -> None:
    index = build(
        Statement("urn:q", expand("oa:exact"), "els barris", "ca"),
        Statement("urn:p", expand("oa:hasSelector"), "urn:q"),
        Statement("urn:p", TYPE, term("Passage")),
        Statement("urn:p", LABEL, "línia 7", "ca"),
    )
    assert iris(index, "barris") == ["urn:p"]
    assert iris(index, "linia") == []
    (passage,) = index.find(["barris"]).things
    assert [(one.role, one.value) for one in passage.said] == [
        ("text", "els barris"),
        ("title", "línia 7"),
    ]


def test_the_name_of_its_class_is_one_of_several_words(build: Build) -> None:
    index = build(
        Statement(term("Measure"), TYPE, expand("owl:Class")),
        Statement(term("Measure"), LABEL, "actuació", "ca"),
        Statement("urn:m", TYPE, term("Measure")),
        Statement("urn:m", expand("dct:identifier"), "31"),
    )
    assert iris(index, "actuacio", "31") == ["urn:m"]
    assert iris(index, "actuacio") == []


def test_what_is_said_twice_is_kept_once(build: Build) -> None:
    statement = Statement("urn:a", LABEL, "Ateneu", "ca")
    (thing,) = build(statement, statement).find(["ateneu"]).things
    assert len(thing.said) == 1


def test_of_endless_texts_and_of_endless_numbers_of_them_a_part_is_kept(build: Build) -> None:
    long = "x" * 9_999 + " tail"
    many = (Statement("urn:m", LABEL, f"nom {number:04}") for number in range(1000))
    index = build(Statement("urn:l", LABEL, long), *many)
    (thing,) = index.find(["nom"]).things
    assert len(thing.said) == 300
    assert iris(index, "tail") == []


def test_other_statements_are_passed_over(build: Build) -> None:
    assert build(Statement("urn:a", "urn:p", "Ateneu")).find(["ateneu"]).total == 0


def test_each_class_has_one_kind() -> None:
    classes = [class_ for classes in KINDS.values() for class_ in classes]
    assert len(classes) == len(set(classes))
    assert [*KINDS][sort_of("urn:foreign").kind] == "other"
