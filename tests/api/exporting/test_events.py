from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from teixit import exporting
from teixit.exporting import MANIFEST, Exported, Shelf, events, forms

TREE = "https://w3id.org/tree#"
FIRST = "<urn:a> <urn:p> _:x <urn:g> .\n_:x <urn:q> 1 <urn:g> .\n<urn:s> <urn:p> 2 <urn:old> .\n"
SECOND = "<urn:a> <urn:p> _:x <urn:g> .\n_:x <urn:q> 1 <urn:g> .\n<urn:s> <urn:p> 3 .\n"
THIRD = "<urn:a> <urn:p> 4 <urn:g> .\n<urn:s> <urn:p> 3 .\n"


def shelf_of(folder: Path, *texts: str) -> Shelf:
    """Keep a release of each of *texts*, a day after the one before."""
    for number, text in enumerate(texts):
        quads = text.replace(" 1 ", ' "1" ').replace(" 2 ", ' "2" ')
        quads = quads.replace(" 3 ", ' "3" ').replace(" 4 ", ' "4" ')
        source = folder / "said.nq"
        source.write_text(quads)
        place = folder / "kept" / f"0.{number}.0"
        contents = exporting.export(place, [source], parquet=False)
        dated = replace(contents, version=place.name, modified=f"2026-01-0{number + 1}")
        (place / MANIFEST).write_bytes(dated.written())
    return Shelf.of(folder / "kept")


def pages(shelf: Shelf) -> list[list[Quad]]:
    return [events.page(shelf, number) for number in range(1, len(shelf.releases) + 1)]


def subjects(quads: list[Quad], object_: str) -> list[str]:
    return [quad.subject.value for quad in quads if getattr(quad.object, "value", "") == object_]


def test_the_stream_of_the_shipped_graph_gives_its_dump(exported: Exported) -> None:
    found = pages(Shelf(current=exported))
    members = [quad for quad in found[0] if quad.predicate.value == f"{TREE}member"]
    assert len(members) == exported.contents.graphs
    # As they are served, and read again.
    served = [forms.written(page, RdfFormat.TRIG) for page in found]
    read = [list(parse(text, format=RdfFormat.TRIG)) for text in served]
    assert forms.rdfc10(events.replayed(read)) == exported.contents.rdfc10


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_stream_of_many_gives_the_newest(tmp_path: Path, count: int) -> None:
    shelf = shelf_of(tmp_path, *[FIRST, SECOND, THIRD][:count])
    assert shelf.newest is not None
    assert forms.rdfc10(events.replayed(pages(shelf))) == shelf.newest.contents.rdfc10


def test_only_what_changed_has_members(tmp_path: Path) -> None:
    first, second, third = pages(shelf_of(tmp_path, FIRST, SECOND, THIRD))
    activity = "https://www.w3.org/ns/activitystreams#"
    kinds = [
        [len(subjects(page, activity + kind)) for kind in ("Create", "Update", "Delete")]
        for page in (first, second, third)
    ]
    assert kinds == [[2, 0, 0], [1, 0, 1], [0, 1, 0]]


def test_a_page_stays_when_there_is_another_release(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    before = pages(shelf_of(tmp_path / "a", FIRST))
    (tmp_path / "b").mkdir()
    assert pages(shelf_of(tmp_path / "b", FIRST, SECOND))[:1] == before


def test_the_first_page_links_the_others(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path, FIRST, SECOND)
    said = events.first_page(shelf)
    assert {quad.graph_name for quad in said} == {DefaultGraph()}
    linked = [q.object.value for q in said if q.predicate.value == f"{TREE}node"]
    assert linked == [f"{events.STREAM}/1", f"{events.STREAM}/2"]
    assert subjects(said, "https://w3id.org/ldes#EventStream") == [events.STREAM]


def test_there_are_no_more_pages_than_releases() -> None:
    with pytest.raises(IndexError):
        events.page(Shelf(), 1)


def test_a_graph_without_a_name_that_lasts_has_no_version(tmp_path: Path) -> None:
    (page,) = pages(shelf_of(tmp_path, f"{FIRST}<urn:a> <urn:p> 1 _:g .\n"))
    members = [quad for quad in page if quad.predicate.value == f"{TREE}member"]
    assert len(members) == 2
