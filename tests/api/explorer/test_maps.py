import json
from collections.abc import Sequence

import pytest
from pyoxigraph import Store

from teixit.errors import ChoiceError
from teixit.explorer import files, maps, plotting
from teixit.explorer.gathering import Gathered
from teixit.explorer.maps import MapView
from teixit.explorer.reading import Reader
from teixit.explorer.territory import SHADES, Shade, Territory
from teixit.languages import LANGUAGES
from teixit.web.texts import messages


def view(store: Store, shade: str, year: str = "", language: str = "ca") -> MapView:
    return maps.of(Territory(Reader(store, language)), messages(language), shade, year)


def counts(found: Sequence[Gathered]) -> dict[str, int]:
    return {one.subject.text: len(one.things) for one in found if one.things}


def test_the_districts_have_the_projects_that_sources_place_there(store: Store) -> None:
    found = view(store, "projects")
    assert counts(found.districts) == {"Sants-Montjuïc": 3, "Nou Barris": 1, "Sant Martí": 2}
    assert counts(found.neighbourhoods)["la Bordeta"] == 2
    assert len(found.districts) == 10
    (importa,) = next(one for one in found.districts if one.subject.text == "Nou Barris").things
    assert importa.text == "Mercat Importa"
    assert importa.address == "/ca/about/project-mercat-importa"
    assert {one.voice for one in importa.evidence} == {"extract"}
    assert {one.confidence for one in importa.evidence} == {"alt"}


@pytest.mark.parametrize("shade", SHADES)
def test_each_thing_has_somebody_who_says_so(store: Store, shade: Shade) -> None:
    things = [thing for one in view(store, shade).districts for thing in one.things]
    assert things
    assert all(thing.evidence for thing in things)


def test_actions_count_in_the_years_that_the_plan_schedules_them_in(store: Store) -> None:
    ever = view(store, "actions")
    assert ever.years == [2016, 2017, 2018, 2019]
    assert counts(ever.districts) == {
        "Sants-Montjuïc": 2,
        "Sarrià-Sant Gervasi": 1,
        "Horta-Guinardó": 1,
        "Nou Barris": 2,
        "Sant Martí": 1,
    }
    (action,) = next(
        one for one in view(store, "actions", "2016").districts if one.subject.text == "Sant Martí"
    ).things
    assert action.text.startswith("31.1 Impulsar projectes")
    assert [one.voice for one in action.evidence] == ["conclusion", "passage"]
    assert "2016" in str(action.evidence[1].sentence)
    assert counts(view(store, "actions", "1999").districts) == {}


def test_only_actions_have_years(store: Store) -> None:
    assert view(store, "measures", "2016").year is None
    assert counts(view(store, "measures", "2016").districts)["Nou Barris"] == 2


def test_a_district_that_nobody_speaks_of_is_not_nought(store: Store) -> None:
    table = view(store, "projects", language="en").tables[0]
    gracia = next(row for row in table.rows if row[1].text == "Gràcia")
    assert [cell.text for cell in gracia[2:]] == ["nothing in the sources says so"] * 2
    assert gracia[2].number is None


def test_the_legend_says_what_each_tone_stands_for(store: Store, strange: Store) -> None:
    told = [tone.text for tone in view(store, "projects", language="en").legend]
    assert told == ["nothing in the sources says so", "1 project", "2 projects", "3 projects"]
    told = [tone.text for tone in view(strange, "projects", language="en").legend]
    assert told == ["nothing in the sources says so", "1 project", "4–5 projects"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_holds_the_map(store: Store, language: str) -> None:
    found = view(store, "projects", language=language)
    assert set(files.offered(found)) == set(files.FILES)
    features = json.loads(files.of_geojson(found))["features"]
    assert len(features) == 10
    assert features[2]["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    assert list(features[2]["properties"].values())[:3] == ["03", "Sants-Montjuïc", 3.0]
    assert "CooperaSec; Coòpolis; Impuls" in files.of_csv(found).decode()
    assert [len(view(store, shade).asked) for shade in SHADES] == [4, 6, 5]


def test_the_file_names_all_who_say_something(store: Store) -> None:
    table = view(store, "actions", "2017").tables[2]
    sentences = {row[3].text for row in table.rows}
    assert any("Coòpolis" in sentence for sentence in sentences)
    assert all(row[2].text for row in table.rows)


def test_a_graph_without_districts_is_an_empty_map() -> None:
    words, territory = messages("es"), Territory(Reader(Store(), "es"))
    found = maps.of(territory, words, "projects")
    assert (found.districts, found.legend, found.years) == ([], [], [])
    assert maps.draw(territory, words, found) == ""


def test_a_project_that_only_a_district_is_known_of_is_marked_there(strange: Store) -> None:
    marks = plotting.marks(Territory(Reader(strange, "ca")), messages("ca"))
    assert [(mark.figure, mark.said.rpartition(": ")[2]) for mark in marks] == [
        ("5", "5 projectes (A & B, B, C, D, E)"),
        ("3", "3 projectes (D, E, F)"),
    ]


@pytest.mark.parametrize(
    ("shade", "year"), [("colour", ""), ("", ""), ("actions", "17"), ("actions", "٢٠١٧")]
)
def test_a_map_that_cannot_be_is_told_in_the_language_of_the_reader(
    store: Store, shade: str, year: str
) -> None:
    with pytest.raises(ChoiceError, match="Aquí no hay ningún mapa así"):
        view(store, shade, year, "es")
