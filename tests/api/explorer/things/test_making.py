"""The pages of the shipped things, with what is known to stand on them, and of hostile ones."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import Store

from teixit.errors import NotFoundError
from teixit.explorer import files
from teixit.explorer.things.kinds import KINDS
from teixit.explorer.things.making import BUILDERS, MOST_SHOWN
from teixit.explorer.things.shown import Fact, ThingView, WithdrawnView
from teixit.explorer.things.told import MOST_LEADS
from teixit.languages import LANGUAGES
from teixit.namespaces import THING

COOPOLIS = "project-coopolis"
ACTION = "piess-2016-2019/action-29-3"
MEASURE = "piess-2016-2019/measure-32"
OVERRIDE = "\u202e"
HOSTILE = f"""
id:project-x a teixit:FlagshipProject ;
  rdfs:label "<script>alert(1)</script>{OVERRIDE}{{name}}"@ca ;
  foaf:homepage <javascript:alert(1)> ; teixit:locatedIn <urn:place> , "somewhere" ;
  teixit:scheduledYear "never" .
id:project-bare a teixit:FlagshipProject .
id:untold rdfs:label "x"@ca .
id:passage-of-nobody {{ id:project-x teixit:promotedBy id:organisation-y }}
<urn:stranger> <urn:likes> id:project-x .
id:action-1 a teixit:Action ; teixit:namesProject id:project-x ; rdfs:label "sense números" .
id:gone prov:invalidatedAtTime "2026-11-28T00:00:00Z"^^xsd:dateTime ;
  rdfs:label "old"@en ; dct:isReplacedBy id:project-x .
"""


def things(store: Store) -> Iterator[tuple[str, str]]:
    """Each thing of a kind that has a page, with its kind."""
    for kind in KINDS:
        found = [*store.query(f"SELECT ?thing {{ ?thing a <{kind}> }}")]
        assert found, kind
        for row in found:
            yield kind, row["thing"].value.removeprefix(THING)


def fact(view: ThingView, name: str) -> Fact:
    (found,) = [fact for fact in view.facts if fact.property == name]
    return found


def texts(found: Fact) -> list[str]:
    return [value.text for group in found.groups for value in group.values]


def thing_view(found: object) -> ThingView:
    assert isinstance(found, ThingView)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thing_of_every_kind_has_a_page(store: Store, tell, language: str) -> None:
    names = dict.fromkeys(name for _, name in things(store))
    assert len(names) > 60
    for name in names:
        view = thing_view(tell(name, language))
        assert all((view.title, view.summary, view.facts, view.kind)), name
        assert view.name.language is None, name
        assert all(found.groups and found.property for found in view.facts), name
        assert all(lead.title and lead.things for lead in view.leads), name
        assert all(said.groups[0].evidence for said in view.facts), name


def test_a_kind_has_a_builder_and_each_builder_a_kind() -> None:
    assert BUILDERS.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ca",
            (
                "Coòpolis és un dels 6 projectes de referència que el pla anomena."
                " El pla el presenta com a: projecte emblemàtic."
                " Altres fonts el situen a: la Bordeta i Sants-Montjuïc."
            ),
        ),
        (
            "es",
            (
                "Coòpolis es uno de los 6 proyectos de referencia que el plan nombra. El plan lo"
                " presenta como: proyecto emblemático. Otras fuentes lo sitúan en: la Bordeta y"
                " Sants-Montjuïc."
            ),
        ),
        (
            "en",
            (
                "Coòpolis is one of the 6 flagship projects that the plan names."
                " The plan presents it as: emblematic project."
                " Other sources place it in: la Bordeta and Sants-Montjuïc."
            ),
        ),
    ],
)
def test_a_project_begins_in_plain_words(tell, language: str, said: str) -> None:
    assert tell(COOPOLIS, language).summary.startswith(said)


def test_what_is_said_of_a_project_has_the_sentence_of_the_plan(tell) -> None:
    view = thing_view(tell(COOPOLIS))
    (group,) = fact(view, "plays role").groups
    assert [value.text for value in group.values] == ["emblematic project"]
    assert {one.voice for one in group.evidence} == {"passage"}
    assert group.evidence[0].sentence == (
        "Impulsar projectes emblemàtics de ciutat com a referents i inspiració als barris: "
        "Coòpolis, Can Picó, Eix Pere IV…"
    )
    assert "/en/text/source-territorialitzacio#passage-" in group.evidence[0].address
    places = fact(view, "located in").groups
    assert {one.voice for place in places for one in place.evidence} == {"extract"}
    assert all(one.confidence for place in places for one in place.evidence)
    assert [place.address for place in view.places] == [
        "/en/about/district-03",
        "/en/about/neighbourhood-16",
    ]


def test_what_leads_to_a_project_and_what_is_related_to_it(tell) -> None:
    view = thing_view(tell(COOPOLIS, "ca"))
    (lead,) = view.leads
    assert (lead.title, lead.total) == ("Les accions que l’anomenen", 1)
    assert lead.things[0].text.startswith("31.1 Impulsar projectes emblemàtics")
    assert lead.things[0].evidence[0].voice == "passage"
    related = {one.shared.text[:14]: [cell.text for cell in one.things] for one in view.related}
    assert related["31.1 Impulsar "] == ["Can Picó", "Eix Pere IV"]
    assert related["la Bordeta"] == ["Impuls Cooperatiu de Sants"]
    assert view.network == "/ca/network/project-coopolis"
    assert view.document == "/doc/project-coopolis.ca.html"


def test_what_is_not_known_is_told(tell) -> None:
    assert tell(COOPOLIS).unknown == ["its exact point on the map (coordinates)"]
    assert tell("project-eix-pere-iv").unknown == [
        "at which address it is",
        "its exact point on the map (coordinates)",
        "whether it has a website",
    ]
    assert tell(ACTION).unknown == [
        "how far it has come, or whether it was carried out",
        "which districts it touches",
    ]
    assert tell("axis-eix-muntanya").unknown == ["where exactly it runs", "who promotes it"]
    assert tell("piess-2016-2019/objective-territorialitzacio-2").unknown == []
    assert tell("theme-training").unknown == []


def test_an_action_tells_its_years_and_those_that_are_left_out(tell) -> None:
    view = thing_view(tell(ACTION))
    assert view.kind == "action 29.3"
    assert view.summary.endswith(
        "The plan schedules it for 2017–2019. The plan’s table also has 2016, and does not "
        "schedule it then."
    )
    assert [(one.year, one.is_on) for one in view.years] == [
        (2016, False),
        (2017, True),
        (2018, True),
        (2019, True),
    ]
    assert {one.told for one in view.years} == {"scheduled", "not scheduled"}
    assert texts(fact(view, "scheduled year")) == ["2017", "2018", "2019"]
    assert texts(fact(view, "identifier")) == ["29.3"]
    assert "number" not in {found.property for found in view.facts}


def test_years_are_told_without_a_measure_or_without_actions(
    tell, small: Callable[[str], Store]
) -> None:
    graph = small(
        'id:a a teixit:Action ; teixit:scheduledYear "2017"^^xsd:gYear , "never" .'
        ' id:m a teixit:Measure ; teixit:coversYear "2016"^^xsd:gYear , "some" .'
    )
    action, measure = (thing_view(tell(name, graph=graph)) for name in "am")
    assert action.summary == "Action. The plan schedules it for 2017."
    assert [(one.year, one.told) for one in action.years] == [(2017, "scheduled")]
    assert [(one.year, one.told) for one in measure.years] == [(2016, "no action")]


def test_a_measure_tells_its_actions_and_districts_as_a_conclusion(tell) -> None:
    view = thing_view(tell(MEASURE))
    assert "Actions that carry it out: 3, scheduled for 2016–2019." in view.summary
    assert view.summary.endswith(
        "as we conclude: Horta-Guinardó, Nou Barris and Sarrià-Sant Gervasi."
    )
    districts = fact(view, "concerns district").groups
    assert {one.voice for group in districts for one in group.evidence} == {"conclusion"}
    assert [(one.year, one.told) for one in view.years][:2] == [
        (2016, "actions: 1"),
        (2017, "actions: 3"),
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("piess-2016-2019", "It is led by: Barcelona City Council. It covers 2016–2019."),
        ("piess-2016-2019/line-territorialitzacio", "Objectives: 3. Measures: 3."),
        ("piess-2016-2019/objective-territorialitzacio-2", "The plan speaks of every district."),
        ("audience-arees-de-l-ajuntament", "City Council departments is a target group."),
        ("theme-co-production", "“co-production” is a theme of the plan. Parts of the plan"),
        ("organisation-lacol", "Lacol is an organisation. It promotes: Coòpolis."),
        ("organisation-barcelona-activa", "It leads: District economic development plan."),
        ("framework-pla-de-barris", "It is led by: Barcelona City Council."),
        ("axis-eix-muntanya", "We conclude that it also reaches: Sarrià-Sant Gervasi."),
    ],
)
def test_each_kind_says_what_it_is(tell, name: str, said: str) -> None:
    assert said in tell(name).summary


def test_a_measure_has_the_number_that_is_missing_beside_it(tell) -> None:
    leads = {lead.title: lead for lead in tell("piess-2016-2019/measure-29").leads}
    (gap,) = leads["The number that is missing right after it"].things
    assert gap.text == "Number 30, at which the page has no measure"
    assert gap.evidence[0].voice == "conclusion"


def test_the_name_in_another_language_has_the_sentence_of_the_plan_too(tell) -> None:
    (group,) = fact(thing_view(tell(ACTION)), "name").groups
    assert [one.voice for one in group.evidence] == ["passage", "passage", "translation"]


def test_all_of_it_can_be_had_as_files(tell) -> None:
    view = tell(COOPOLIS)
    assert files.offered(view) == ("csv", "xlsx", "json")
    written = files.of_csv(view).decode("utf-8-sig")
    assert "located in,la Bordeta,another source," in written
    assert "plays role,emblematic project,in the text of the plan," in written
    assert [table.name for table in view.tables] == ["facts", "leads", "unknown"]
    for table in view.tables:
        assert {len(row) for row in table.rows} <= {len(table.columns)}
    assert view.asked[0].title == "What is said of this thing, and in which graph?"


def test_what_has_no_page_and_what_is_not_there(tell) -> None:
    assert tell("source-territorialitzacio") is None
    for name in ("nothing", "no iri <"):
        with pytest.raises(NotFoundError, match="no such thing"):
            tell(name)
    with pytest.raises(NotFoundError):
        tell(COOPOLIS, graph=Store())


def test_hostile_names_and_addresses_are_harmless(tell, small: Callable[[str], Store]) -> None:
    view = thing_view(tell("project-x", "es", graph=small(HOSTILE)))
    assert OVERRIDE not in view.summary
    assert "{name}" in view.summary
    assert view.name.language == "ca"
    cells = [value for found in view.facts for group in found.groups for value in group.values]
    addresses = [cell.address for cell in cells if cell.address]
    assert addresses == ["/es/about/organisation-y"]
    assert any(cell.text == "javascript:alert(1)" for cell in cells)
    assert view.years == []


def test_what_nobody_says_has_no_evidence(tell, small: Callable[[str], Store]) -> None:
    view = thing_view(tell("project-x", "en", graph=small(HOSTILE)))
    assert fact(view, "home page").groups[0].evidence == ()
    assert "place it" not in view.summary
    rows = {row[0].text: row for row in view.tables[0].rows}
    assert [cell.text for cell in rows["home page"][2:]] == ["", "", "", ""]
    (said,) = [one for one in view.facts if "promotedBy" in one.property]
    assert said.groups[0].evidence[0].name == f"{THING}passage-of-nobody"
    assert [lead.title for lead in view.leads] == [
        "The actions that name it",
        "What has it as “replaced by”",
        "What has it as “urn:likes”",
    ]


def test_a_thing_of_which_almost_nothing_is_said(tell, small: Callable[[str], Store]) -> None:
    view = thing_view(tell("project-bare", graph=small(HOSTILE)))
    assert (view.title, view.facts, view.leads, view.related) == ("id:project-bare", [], [], [])
    assert view.summary == "id:project-bare is a flagship project."
    assert len(view.unknown) == 5


@pytest.mark.parametrize("class_", [*KINDS])
def test_each_kind_can_be_bare(tell, small: Callable[[str], Store], class_: str) -> None:
    view = thing_view(tell("a", graph=small(f"id:a a <{class_}> .")))
    assert view.summary
    assert view.facts == []


def test_a_thing_that_was_withdrawn(tell, small: Callable[[str], Store]) -> None:
    view = tell("gone", "en", graph=small(HOSTILE))
    assert isinstance(view, WithdrawnView)
    assert view.title == "old"
    assert view.summary.startswith("This was withdrawn on 2026-11-28")
    assert [cell.address for cell in view.successors] == ["/en/about/project-x"]


def test_of_a_hub_only_the_number_is_told(tell, small: Callable[[str], Store]) -> None:
    many = "".join(f"id:e{n} dct:subject id:t . " for n in range(MOST_LEADS + 1))
    view = thing_view(tell("t", graph=small(f"id:t a teixit:Theme . {many}")))
    (lead,) = view.leads
    assert (lead.total, lead.things, view.related) == (MOST_LEADS + 1, [], [])
    assert f"Parts of the plan that deal with it: {MOST_LEADS + 1}." in view.summary


def test_a_long_list_is_cut(tell, small: Callable[[str], Store]) -> None:
    many = "".join(f"id:e{n} dct:subject id:t . " for n in range(MOST_SHOWN + 5))
    view = thing_view(tell("t", graph=small(f"id:t a teixit:Theme . {many}")))
    (lead,) = view.leads
    assert (lead.total, len(lead.things)) == (MOST_SHOWN + 5, MOST_SHOWN)
    assert [cell.text for cell in lead.things[:3]] == ["id:e0", "id:e1", "id:e2"]


def test_the_plan_may_place_a_thing_itself(tell, small: Callable[[str], Store]) -> None:
    graph = small(
        'id:p { id:x a teixit:FlagshipProject ; teixit:locatedIn id:y . id:y rdfs:label "there" }'
        " id:r { id:p a teixit:Passage }"
    )
    assert "The plan places it in: there." in tell("x", graph=graph).summary


@pytest.mark.parametrize("name", [COOPOLIS, ACTION, "theme-co-production"])
def test_pages_are_the_same_each_time_and_through_another_server(
    store: Store, elsewhere, tell, name: str
) -> None:
    first, again = (dataclasses.asdict(tell(name)) for _ in range(2))
    away = dataclasses.asdict(tell(name, graph=elsewhere(store)))
    assert first == again == away
