"""The pages of districts and neighbourhoods, by what the graph is known to hold."""

import json
import re

import pytest
from pyoxigraph import Store

from teixit.errors import ChoiceError
from teixit.explorer import files, place_pages
from teixit.explorer.place_pages import PlaceView
from teixit.explorer.reading import Reader
from teixit.explorer.territory import Kind, Territory
from teixit.languages import LANGUAGES
from teixit.namespaces import THING
from teixit.web.texts import messages


def page(store: Store, code: str, kind: Kind = "district", language: str = "ca") -> PlaceView:
    return place_pages.of(Territory(Reader(store, language)), messages(language), kind, code)


def test_sants_montjuic_has_cooperasec_coopolis_and_impuls_cooperatiu(store: Store) -> None:
    view = page(store, "03")
    found = {one.subject.text: [place.text for place in one.things] for one in view.known.projects}
    assert found == {
        "CooperaSec": ["el Poble-sec"],
        "Coòpolis": ["la Bordeta"],
        "Impuls Cooperatiu de Sants": ["Hostafrancs", "la Bordeta", "Sants"],
    }
    assert view.title == "Districte de Sants-Montjuïc"
    assert "té 8 barris" in view.summary
    assert "3 projectes" in view.summary


def test_an_action_reaches_a_district_through_what_it_names(store: Store) -> None:
    first, second = page(store, "03").known.actions
    assert first.action.text.startswith("31.1 ")
    (coopolis,) = first.reasons
    assert coopolis.subject.text == "Coòpolis"
    assert {one.voice for one in coopolis.subject.evidence} == {"passage"}
    assert [place.text for place in coopolis.things] == ["Sants-Montjuïc", "la Bordeta"]
    assert all(place.evidence for place in coopolis.things)
    assert [year.text for year in first.years] == ["2016", "2017", "2018", "2019"]
    assert [one.voice for one in first.action.evidence] == ["conclusion"]
    named = [reason.subject.text for reason in second.reasons]
    assert named == ["CooperaSec", "Impuls Cooperatiu de Sants"]


def test_weak_evidence_is_called_weak(store: Store) -> None:
    known = page(store, "05", language="en").known
    assert [axis.subject.text for axis in known.axes] == ["Eix Muntanya"]
    (reach,) = known.actions
    assert [one.confidence for one in reach.action.evidence] == ["low"]


def test_what_the_plan_says_of_every_district_stands_on_each(store: Store) -> None:
    for code in ("01", "10"):
        (objective,) = page(store, code, language="en").known.everywhere
        assert "each of the 10 districts" in objective.text
        assert [one.voice for one in objective.evidence] == ["passage"]


def test_a_district_knows_its_neighbours_and_itself(store: Store) -> None:
    view = page(store, "03")
    assert [one.text for one in view.known.neighbours] == ["Ciutat Vella", "Eixample", "Les Corts"]
    facts = {one.subject.text: one.things[0] for one in view.known.facts}
    assert facts["Superfície"].text == "22,88 km²"
    assert facts["Codi"].text == "03"
    wikidata = facts["El mateix lloc en altres dades"]
    assert wikidata.address == "http://www.wikidata.org/entity/Q753075"
    assert all(fact.evidence for fact in facts.values())
    assert page(store, "03", language="en").known.facts[1].things[0].text == "22.88 km²"


def test_each_source_is_told_with_what_it_says(store: Store) -> None:
    told = {
        one.subject.text: [thing.text for thing in one.things] for one in page(store, "03").sources
    }
    assert "Codi: 03" in told["Divisions administratives de CartoBCN"]
    voices = [one.subject.evidence[0].voice for one in page(store, "03").sources]
    order = ["passage", "extract", "conclusion"]
    assert voices == sorted(voices, key=order.index)
    assert set(voices) == set(order)


def test_silence_is_told_as_silence(store: Store) -> None:
    view = page(store, "06", language="en")
    assert (view.known.projects, view.known.actions) == ([], [])
    assert "No source places a project of the plan there" in view.summary
    assert "We know of no action" in view.summary


def test_a_neighbourhood_has_its_district_and_the_actions_that_name_what_is_in_it(
    store: Store,
) -> None:
    view = page(store, "16", "neighbourhood", "es")
    assert view.known.within is not None
    assert view.known.within.text == "Sants-Montjuïc"
    assert view.summary.startswith("La Bordeta es el barrio 16")
    assert [reach.action.text[:4] for reach in view.known.actions] == ["31.1", "31.2"]
    assert (view.known.parts, view.known.everywhere) == ([], [])
    assert len(view.known.neighbours) == 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["district", "neighbourhood"])
def test_every_place_has_a_page_and_its_files(store: Store, kind: Kind, language: str) -> None:
    territory = Territory(Reader(store, language))
    places = [place for place in territory.places.values() if place.kind == kind]
    for place in places:
        view = place_pages.of(territory, messages(language), kind, place.code)
        assert place_pages.draw(territory, messages(language), place)
    assert len(places) == {"district": 10, "neighbourhood": 73}[kind]
    assert files.of_xlsx(view)
    assert place.name in files.of_json(view).decode()
    features = json.loads(files.of_geojson(view))["features"]
    assert len(features) == 1 + len(territory.parts(place.iri))
    assert all(feature["geometry"] for feature in features)


@pytest.mark.parametrize(("kind", "code"), [("district", "11"), ("neighbourhood", "99")])
def test_a_place_that_is_not_there_is_an_error(store: Store, kind: Kind, code: str) -> None:
    with pytest.raises(ChoiceError, match=f"{kind}-{code}"):
        page(store, code, kind)


def test_a_strange_place_is_shown_as_far_as_it_is_known(strange: Store) -> None:
    view = page(strange, "01")
    facts = {one.subject.text: one.things[0].text for one in view.known.facts}
    assert facts == {"Codi": "01", "Superfície": "many"}
    (reach,) = view.known.actions
    assert reach.reasons == []
    assert [one.text for one in view.known.neighbours] == ["Deux"]
    territory = Territory(Reader(strange, "ca"))
    for place in territory.districts:
        assert "<script" not in place_pages.draw(territory, messages("ca"), place)


@pytest.mark.parametrize(
    ("thing", "here"),
    [
        ("project-coopolis", {"la Bordeta"}),
        ("piess-2016-2019/action-31-1", {"Sants-Montjuïc", "Sant Martí"}),
        ("project-nothing", set()),
    ],
)
def test_where_a_thing_reaches_is_drawn(store: Store, thing: str, here: set[str]) -> None:
    territory = Territory(Reader(store, "ca"))
    drawn = place_pages.draw_reach(territory, messages("ca"), f"{THING}{thing}")
    assert bool(drawn) is bool(here)
    for name in here:
        assert re.search(rf'(area|part) here"[^>]*><title>{name}', drawn)
