from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Store

from teixit.explorer.entrance import drawn, entrance
from teixit.explorer.reading import Reader
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES

SVG = "{http://www.w3.org/2000/svg}"
ESADM = PREFIXES["esadm"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_can_begin_with(store: Store, language: str) -> None:
    view = entrance(Reader(store, language), "Title", "Summary.")
    assert [cell.address for cell in view.districts] == [
        f"/{language}/about/district-{number:02}" for number in range(1, 11)
    ]
    assert len(view.projects) == 6
    assert [cell.text.split()[0] for cell in view.measures] == ["29", "31", "32"]
    assert len(view.audiences) == 3
    assert view.themes
    everything = (view.districts, view.projects, view.measures, view.audiences, view.themes)
    assert {cell.language for cells in everything for cell in cells} == {None}


def test_the_districts_are_drawn_and_lead_to_their_pages(store: Store) -> None:
    reader = Reader(store, "es")
    svg = ET.fromstring(drawn(reader, entrance(reader, "Title", "Summary."), "Map"))
    assert svg.get("aria-label") == "Map"
    links = [(link.get("href"), link.get("aria-label")) for link in svg.iter(f"{SVG}a")]
    assert len(links) == 10
    assert links[-1] == ("/es/about/district-10", "Sant Martí")


def test_a_district_without_a_boundary_is_not_drawn() -> None:
    store = Store()
    districts = "PREFIX id: <https://w3id.org/teixit/id/> PREFIX esadm: " + f"<{ESADM}>"
    store.update(f"{districts} INSERT DATA {{ id:district-77 a esadm:Distrito }}")
    reader = Reader(store, "ca")
    assert drawn(reader, entrance(reader, "Title", "Summary."), "Map") == ""


def test_an_empty_graph_has_nothing_to_begin_with() -> None:
    view = entrance(Reader(Store(), "ca"), "Title", "Summary.")
    assert [*view.districts, *view.projects, *view.measures, *view.sources] == []
