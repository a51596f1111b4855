"""The drawing of a map, on its own: well-formed, whole, and harmless whatever it is given."""

import re
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Store

from teixit.explorer import cartography, maps, place_pages
from teixit.explorer.areas import NOTHING, Area, Mark
from teixit.explorer.reading import Reader
from teixit.explorer.territory import Territory
from teixit.languages import LANGUAGES
from teixit.web.texts import messages

SVG = "{http://www.w3.org/2000/svg}"
LEFT = "POLYGON ((2 41, 2.1 41, 2.1 41.1, 2 41.1, 2 41))"
RIGHT = "POLYGON ((2.1 41, 2.2 41, 2.2 41.1, 2.1 41.1, 2.1 41))"
STEP = re.compile(r"-?\d+")


def points(path: str) -> list[tuple[int, int]]:
    """Where the lines of a path lead, from its upper left."""
    found = []
    for ring in filter(None, path.split("M")):
        begin, steps = ring.rstrip("z").split("l")
        x, y = map(int, begin.split())
        found.append((x, y))
        moves = [int(step) for step in STEP.findall(steps)]
        for across, down in zip(moves[::2], moves[1::2], strict=True):
            x, y = x + across, y + down
            found.append((x, y))
    return found


def city(store: Store, language: str = "ca") -> ET.Element:
    territory, words = Territory(Reader(store, language)), messages(language)
    view = maps.of(territory, words, "projects")
    return ET.fromstring(maps.draw(territory, words, view))


def test_ten_districts_and_73_neighbourhoods_are_inside_the_drawing(store: Store) -> None:
    svg = city(store)
    _, _, width, height = map(int, svg.attrib["viewBox"].split())
    districts = svg.findall(f"{SVG}a[@aria-label]/{SVG}path[@class='ground']")
    neighbourhoods = svg.findall(f".//{SVG}g/{SVG}path[@d]")
    assert (len(districts), len(neighbourhoods)) == (10, 73)
    for path in (*districts, *neighbourhoods):
        ends = points(path.attrib["d"])
        assert len(ends) > 3
        assert all(0 <= x <= width and 0 <= y <= height for x, y in ends)


@pytest.mark.parametrize(
    ("language", "said", "silent"),
    [
        ("ca", "Sants-Montjuïc: 3 projectes", "Gràcia: cap font no en diu res"),
        ("es", "Sants-Montjuïc: 3 proyectos", "Gràcia: ninguna fuente dice nada"),
        ("en", "Sants-Montjuïc: 3 projects", "Gràcia: nothing in the sources says so"),
    ],
)
def test_each_district_is_a_link_with_a_name(
    store: Store, language: str, said: str, silent: str
) -> None:
    links = {link.attrib["aria-label"]: link for link in city(store, language).findall(f"{SVG}a")}
    assert links[said].attrib["href"] == f"/{language}/about/district-03"
    assert links[said].findtext(f"{SVG}title") == said
    assert links[silent].attrib["class"] == f"area {NOTHING}"
    assert links[silent].find(f"{SVG}path[@fill='url(#hatch)']") is not None


def test_a_mark_says_how_many_projects_there_are_and_stands_for_the_neighbourhood(
    store: Store,
) -> None:
    marks = city(store).findall(f"{SVG}a[@class='mark']")
    told = {mark.attrib["aria-label"]: mark.findtext(f"{SVG}text") for mark in marks}
    assert told["la Bordeta: 2 projectes (Coòpolis, Impuls Cooperatiu de Sants)"] == "2"
    assert told["Porta: 1 projecte (Mercat Importa)"] == "1"
    assert len(told) == 7


def test_counts_are_printed_and_nothing_is_never_nought(store: Store) -> None:
    figures = [text.text for text in city(store).findall(f"{SVG}text[@class='figure']")]
    assert sorted(map(str, figures)) == ["1", "2", "3", *["?"] * 7]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_map_is_drawn_alike_without_style_and_small(store: Store, language: str) -> None:
    drawn = [ET.tostring(city(store, language)) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert b"style" not in drawn[0]
    assert len(drawn[0]) < 50_000


def test_a_focus_shows_what_is_around_and_no_more(store: Store) -> None:
    territory = Territory(Reader(store, "ca"))
    place = next(place for place in territory.districts if place.code == "01")
    svg = ET.fromstring(place_pages.draw(territory, messages("ca"), place))
    around = [link.attrib["aria-label"] for link in svg.findall(f"{SVG}a[@class='area around']")]
    assert "Eixample" in around
    assert "Nou Barris" not in around
    assert svg.find(f"{SVG}g[@class='area here']") is not None
    parts = svg.findall(f".//{SVG}a[@class='part']")
    assert "el Raval" in {part.attrib["aria-label"] for part in parts}


def test_what_is_hostile_is_text() -> None:
    name = '<script>alert("x")</script>\u202e\x00'
    area = Area(name, f"{name}: 1", LEFT, "a", 'x"><script>', "<b>")
    text = cartography.drawn(name, (area,), (Mark(name, LEFT, None, "&"),))
    svg = ET.fromstring(text)
    assert "<script" not in text
    assert svg.attrib["aria-label"] == '<script>alert("x")</script>'
    assert svg.findtext(f"{SVG}a/{SVG}title") == '<script>alert("x")</script>: 1'
    assert svg.find(f"{SVG}a").attrib["href"] == 'x"><script>'
    assert svg.find(f"{SVG}g[@class='mark']") is not None


def test_what_cannot_be_read_is_left_out() -> None:
    broken = Area("a", "a", "POLYGON ((", parts=(Area("b", "b", "", ""),))
    assert cartography.drawn("", (broken,)) == ""
    whole = Area("c", "c", LEFT, parts=(Area("b", "b", "", ""),))
    svg = ET.fromstring(cartography.drawn("", (broken, whole), (), "POLYGON (("))
    assert [group.attrib["class"] for group in svg.findall(f"{SVG}g")] == ["area"]
    assert [text.text for text in svg.findall(f"{SVG}text")] == ["c"]


def test_a_mark_that_the_edge_would_cut_off_is_not_made() -> None:
    areas = (Area("l", "l", LEFT), Area("r", "r", RIGHT))
    mark = Mark("m", RIGHT, "/", "1")
    svg = ET.fromstring(cartography.drawn("", areas, (mark,)))
    assert svg.find(f"{SVG}a") is not None
    narrow = "POLYGON ((2.1 41, 2.1002 41, 2.1002 41.1, 2.1 41.1, 2.1 41))"
    far = "POLYGON ((5 41, 5.1 41, 5.1 41.1, 5 41.1, 5 41))"
    focused = cartography.drawn(
        "", areas, (Mark("m", narrow, "/", "1"), Mark("f", far, "/", "1")), LEFT
    )
    assert [link.attrib["aria-label"] for link in ET.fromstring(focused).findall(f"{SVG}a")] == [
        "m"
    ]


def test_a_long_name_is_printed_on_two_lines() -> None:
    areas = [Area(name, name, LEFT) for name in ("Sarrià-Sant Gervasi", "Baix Llobregat", "X" * 20)]
    printed = [
        [text.text for text in ET.fromstring(cartography.drawn("", (area,))).findall(f"{SVG}text")]
        for area in areas
    ]
    assert printed == [["Sarrià-", "Sant Gervasi"], ["Baix", "Llobregat"], ["X" * 20]]
