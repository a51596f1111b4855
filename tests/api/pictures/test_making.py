"""Whole pictures, over the graph that Teixit ships."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Store

from teixit.pictures import making
from teixit.pictures.rows import Table
from teixit.pictures.wanted import Wanted

SVG = "{http://www.w3.org/2000/svg}"
QUERY = 'SELECT * { ?x ?y "a" FILTER (?x > ( 1 )) VALUES ?y { 1 2 } FILTER EXISTS { ?x ?y 1 } }'


@pytest.fixture
def draw(store: Store, words) -> Callable[..., ET.Element]:
    def drawn(view: str, table: Table, query: str = QUERY, graph: Store = store) -> ET.Element:
        told = table.columns, table.rows, table.total, table.labels, words.texts
        wanted = Wanted(view, "A \x00title", query, "https://x.example/sparql", *told)
        return ET.fromstring(making.made(graph, Wanted.read(wanted.written())))

    return drawn


def printed(svg: ET.Element) -> str:
    return "\n".join(element.text or "" for element in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("view", "block", "word"),
    [
        ("chart", ["name n", '"a" 1', '"b" 2'], "strong"),
        ("chart", ["y n", '"2016"^^xsd:gYear 1', '"2017"^^xsd:gYear 2'], "curve"),
        ("timeline", ["name y", '"a" "2016"^^xsd:gYear'], "grid"),
        ("network", ["x y", "id:a id:b"], "wire"),
        ("map", ["x", "id:district-03", "id:project-can-pico"], "behind"),
        ("map", ["name g", '"a" "POINT(2.1 41.4)"^^geo:wktLiteral'], "spot"),
    ],
)
def test_a_picture_says_what_it_shows_of_what_and_whence(
    draw, table, view: str, block: list[str], word: str
) -> None:
    svg = draw(view, table(*block))
    assert svg.get("role") == "img"
    title, told = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert {title.get("id"), told.get("id")} == {
        svg.get("aria-labelledby"),
        svg.get("aria-describedby"),
    }
    assert title.text == "A title"
    assert any(word in element.get("class", "").split() for element in svg.iter())
    text = printed(svg)
    assert "Limited by: FILTER (?x > ( 1 ))" in text
    assert "Limited by: VALUES ?y { 1 2 }" in text
    assert "Source: https://x.example/sparql. Release " in text
    assert f"Rows drawn: {len(block) - 1} of {len(block) - 1}." in text


def test_of_what_cannot_be_drawn_there_is_a_frame_that_says_so(draw, table) -> None:
    for view in ("chart", "map", "network"):
        text = printed(draw(view, table("name", '"a"'), graph=Store()))
        assert "Nothing can be drawn." in text
        assert "Rows drawn: 0 of 1." in text
        assert "Release" not in text


def test_the_conditions_of_a_query_are_told_each_once() -> None:
    query = "SELECT * { FILTER (?a = 1) FILTER (?a = 1) FILTER regex(?b, 'x') FILTER VALUES"
    assert making.conditions(query) == ["FILTER (?a = 1)", "FILTER regex(?b, 'x')"]
    assert making.conditions("FILTER (") == []
    (long,) = making.conditions(f"FILTER (?a = {'1 ' * 400})")
    assert len(long) == 160
