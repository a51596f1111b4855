import pytest

from teixit.pictures import atlas
from teixit.pictures.atlas import Place

SQUARE = "POLYGON((2 41, 2.1 41, 2.1 41.1, 2 41.1, 2 41))"
FAR = "POLYGON((7 41, 7.1 41, 7.1 41.1, 7 41.1, 7 41))"
A, B, C = (f"https://w3id.org/teixit/id/{name}" for name in "abc")


def wkt(text: str) -> str:
    return f'"{text}"^^geo:wktLiteral'


def test_every_kind_of_geometry_is_drawn_with_its_name_and_its_figure(table, words, seen) -> None:
    found = table(
        "name g n",
        f'"area" {wkt(SQUARE)} 1',
        f'"line" {wkt("LINESTRING(2 41, 2.1 41.05)")} UNDEF',
        f'"point" {wkt("POINT(2.05 41.05)")} 5',
        '"json" "{\\"type\\":\\"Point\\",\\"coordinates\\":[2.02,41.02]}"^^geo:geoJSONLiteral 9',
        f'"none" {wkt("POINT EMPTY")} 1',
        f'"bad" {wkt("POINT(")} 1',
        '"nowhere" UNDEF 1',
        f'"tiny" {wkt("POLYGON((2 41, 2.000001 41, 2 41.000001, 2 41))")} UNDEF',
    )
    canvas = atlas.drawn(found, words, {})
    look = seen(canvas)
    assert canvas.drawn == 5  # what is too small to be seen has a name
    assert "tiny" in look.texts
    assert look.said == ["area: 1", "line", "point: 5", "json: 9"]
    assert len(look.drawn("spot")) == 2
    assert len(look.drawn("route")) == 1
    assert len(look.drawn("area")) == 1 + 4  # and the legend
    assert {"area", "1", "line", "point", "json", "1 – 3", "7 – 9"} <= {*look.texts}


def test_things_stand_where_the_graph_says_on_the_ground_around_them(table, words, seen) -> None:
    places = {A: Place(SQUARE, own=False), B: Place(SQUARE, own=False), C: Place(FAR, own=True)}
    found = table("x", "id:a", "id:b", "id:z", labels={A: "Alfa", B: "Beta"})
    canvas = atlas.drawn(found, words, places, [SQUARE, "POINT("])
    look = seen(canvas)
    assert canvas.drawn == 2
    assert look.said == ["Alfa; Beta"]
    assert look.texts == ["2"]
    assert len(look.drawn("behind")) == 1
    far = seen(atlas.drawn(table("x", "id:c"), words, places, [SQUARE]))
    assert not far.drawn("behind")
    assert len(far.drawn("area")) == 1


def test_names_of_marks_that_are_near_each_other_are_left_out(table, words, seen) -> None:
    near = "POLYGON((2.001 41, 2.1 41, 2.1 41.1, 2 41.1, 2.001 41))"
    places = {A: Place(SQUARE, own=False), B: Place(near, own=False), C: Place(FAR, own=False)}
    found = table("x", "id:a", "id:b", "id:c", labels={A: "Alfa", B: "Beta", C: "Gamma"})
    assert seen(atlas.drawn(found, words, places)).texts == ["1", "Alfa", "1", "1", "Gamma"]


def test_where_nothing_is_anywhere_nothing_is_drawn(table, words) -> None:
    assert atlas.drawn(table("x", "id:a"), words, {A: Place("POINT(", own=True)}).height == 0


def test_a_map_is_bounded(table, words, monkeypatch: pytest.MonkeyPatch) -> None:
    found = table("name g", *(f'"{number}" {wkt(SQUARE)}' for number in range(30)))
    monkeypatch.setattr(atlas, "MOST", 25)
    assert atlas.drawn(found, words, {}).drawn == 25
    monkeypatch.setattr(atlas, "_OUTLINES", 10)
    assert atlas.drawn(found, words, {}).drawn == 1
