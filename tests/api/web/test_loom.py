from itertools import pairwise, product

import pytest

from teixit.web import loom

CLASSES = [
    loom.Class("b:other", "other", "http://other.example/", own=False),
    loom.Class("a:whole", "whole", "#whole"),
    loom.Class("a:part", "part", "#part"),
    loom.Class("a:kind", "kind of part", "#kind", parent="a:part"),
    loom.Class("a:kind-of-kind", "kind of kind", "#kindOfKind", parent="a:kind"),
    loom.Class("a:alone", "alone", "#alone"),
]
PROPERTIES = [
    loom.Property("is part of", "#partOf", ("a:part",), "a:whole"),
    loom.Property("is near", "#near", ("a:whole", "a:kind"), "b:other"),
    loom.Property("follows", "#follows", ("a:kind",), "a:kind"),
]


@pytest.fixture
def drawn() -> loom.Loom:
    return loom.Loom.of(CLASSES, PROPERTIES)


def heights(drawn: loom.Loom) -> dict[str, int]:
    return {weft.drawn.key: weft.y for weft in drawn.wefts}


def test_each_class_and_each_property_has_a_thread_of_its_own(drawn: loom.Loom) -> None:
    assert {weft.drawn for weft in drawn.wefts} == set(CLASSES)
    assert {warp.drawn for warp in drawn.warps} == set(PROPERTIES)
    rows, columns = [w.y for w in drawn.wefts], [w.x for w in drawn.warps]
    assert {after - before for before, after in pairwise(rows)} == {loom.ROW}
    assert {after - before for before, after in pairwise(columns)} == {loom.COLUMN}


def test_a_thread_goes_from_what_has_the_property_to_its_values(drawn: loom.Loom) -> None:
    places = heights(drawn)
    for warp in drawn.warps:
        assert set(warp.dots) == {places[key] for key in warp.drawn.domains}
        assert warp.arrow == places[warp.drawn.range]
        assert (warp.top, warp.bottom) == (
            min(*warp.dots, warp.arrow),
            max(*warp.dots, warp.arrow),
        )
        assert warp.up == (warp.arrow <= min(warp.dots))


def test_a_kind_stands_below_its_class_and_further_in(drawn: loom.Loom) -> None:
    keys = [weft.drawn.key for weft in drawn.wefts]
    start = keys.index("a:part")
    assert keys[start : start + 3] == ["a:part", "a:kind", "a:kind-of-kind"]
    levels = [weft.x for weft in drawn.wefts[start : start + 3]]
    assert levels == [loom.EDGE, loom.EDGE + loom.INDENT, loom.EDGE + 2 * loom.INDENT]


def test_classes_of_others_stand_last(drawn: loom.Loom) -> None:
    assert [weft.drawn.own for weft in drawn.wefts] == [True] * 5 + [False]


def test_all_is_within_the_drawing(drawn: loom.Loom) -> None:
    for weft, warp in product(drawn.wefts, drawn.warps):
        assert drawn.top < weft.y < drawn.height
        assert weft.x < drawn.left < warp.x < drawn.right < drawn.width


def test_the_same_ontology_is_always_drawn_alike(drawn: loom.Loom) -> None:
    assert loom.Loom.of(CLASSES[::-1], PROPERTIES[::-1]) == drawn
