import pytest
from pyoxigraph import Store

from teixit.explorer.reading import Reader
from teixit.explorer.territory import Territory, counted
from teixit.namespaces import THING

PASSAGE = f"{THING}source-territorialitzacio/passage-3341-3475"


@pytest.fixture
def shipped(store: Store) -> Territory:
    return Territory(Reader(store, "en"))


@pytest.fixture
def odd(strange: Store) -> Territory:
    return Territory(Reader(strange, "es"))


def test_ten_districts_hold_all_73_neighbourhoods(shipped: Territory) -> None:
    assert [place.code for place in shipped.districts] == [f"{code:02}" for code in range(1, 11)]
    parts = [part for place in shipped.districts for part in shipped.parts(place.iri)]
    assert len(parts) == 73
    assert all(place.boundary for place in shipped.places.values())


def test_what_is_in_a_part_is_in_the_whole(shipped: Territory, odd: Territory) -> None:
    named = [shipped.name(thing) for thing in shipped.things_in(f"{THING}district-03")]
    assert named == ["CooperaSec", "Coòpolis", "Impuls Cooperatiu de Sants"]
    assert f"{THING}project-g" in odd.projects_in(f"{THING}district-02")
    assert odd.where(f"{THING}project-g", f"{THING}district-02") == [f"{THING}extract"]


def test_an_axis_is_no_project(shipped: Territory) -> None:
    mountain = f"{THING}district-05"
    assert shipped.projects_in(mountain) == []
    assert [shipped.name(axis) for axis in shipped.axes_in(mountain)] == ["Eix Muntanya"]


def test_a_passage_is_quoted_once(shipped: Territory) -> None:
    (evidence,) = shipped.evidence([PASSAGE, PASSAGE])
    assert evidence.voice == "passage"
    assert evidence.sentence is not None
    assert evidence.sentence.startswith("Impulsar projectes emblemàtics")
    assert evidence.address == "/en/text/source-territorialitzacio#passage-3341-3475"


def test_a_source_is_called_as_the_reader_speaks(shipped: Territory) -> None:
    (evidence,) = shipped.evidence([f"{THING}extract-cartobcn"])
    assert evidence.name == "Administrative divisions of CartoBCN"
    assert evidence.confidence == "high"


def test_a_name_in_another_language_says_so(odd: Territory) -> None:
    cell = odd.cell(f"{THING}district-02")
    assert (cell.text, cell.language) == ("Deux", "fr")
    assert odd.cell(f"{THING}district-04").language == "ca"


def test_what_has_no_name_is_called_by_its_iri(odd: Territory) -> None:
    assert odd.name(f"{THING}district-03") == "district-03"
    assert odd.places[f"{THING}neighbourhood-02"].name == "neighbourhood-02"
    assert odd.cell(f"{THING}nothing").text == "nothing"


def test_what_has_no_iri_is_no_place(odd: Territory) -> None:
    assert len(odd.districts) == 4
    assert odd.places[f"{THING}district-04"].boundary is None


def test_a_source_without_a_name_is_one_still(odd: Territory) -> None:
    known, unknown = odd.evidence([f"{THING}extract", "urn:g"])
    assert (known.voice, known.name, known.confidence) == ("extract", f"{THING}extract", "alt")
    assert (unknown.voice, unknown.name) == ("record", "urn:g")


def test_one_is_said_otherwise_than_more() -> None:
    words = {"a": "{number} acció", "b": "{number} accions"}
    assert [counted(words, ("a", "b"), number) for number in (1, 2)] == ["1 acció", "2 accions"]
