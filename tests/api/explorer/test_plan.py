"""The page of the plan: what the shipped graph says, and graphs that say less or too much."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit import store as teixit_store
from teixit.explorer import files
from teixit.explorer import plan as explorer_plan
from teixit.explorer.plan import PlanView, view
from teixit.explorer.reading import Reader
from teixit.explorer.wording import Wording
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES
from teixit.web.texts import foreign_names, messages

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
PARTS = """
id:line-a a teixit:StrategicLine ; rdfs:label "<b>"@ca ; teixit:belongsToPlan id:plan-b, id:plan-a .
id:m-1 a teixit:Measure ; teixit:belongsToLine id:line-a ; dct:identifier "7" ; rdfs:label "m"@en .
id:m-2 a teixit:Measure ; rdfs:label "lost"@en .
id:a-10 a teixit:Action ; teixit:belongsToMeasure id:m-1 ; teixit:number 10 .
id:a-9 a teixit:Action ; teixit:belongsToMeasure id:m-1 ; teixit:number 9 ;
  teixit:scheduledYear "2016"^^xsd:gYear , "never" .
id:g a teixit:NumberGap ; teixit:followsMeasure id:m-1 .
<urn:w> a teixit:Objective ; teixit:belongsToLine id:line-a ; rdfs:label "where"@en .
"""


def shown(store: Store, language: str = "en") -> PlanView:
    wording = Wording(language, messages(language), foreign_names())
    return view(Reader(store, language), wording)


@pytest.fixture
def small(tmp_path: Path) -> Callable[[str], Store]:
    def loaded(text: str) -> Store:
        file = tmp_path / "small.trig"
        file.write_text(_PREFIXES + text, "utf-8")
        return teixit_store.load([file])

    return loaded


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_has_its_lines_objectives_measures_and_actions(
    store: Store, language: str
) -> None:
    found = shown(store, language)
    (line,) = found.lines
    assert [len(line.objectives), len(line.audiences)] == [3, 3]
    assert [measure.name.text[:2] for measure in line.measures] == ["29", "31", "32"]
    assert [len(measure.actions) for measure in line.measures] == [5, 4, 3]
    assert len(found.plans) == 1
    assert found.is_whole
    assert found.loose == []


def test_each_part_has_the_sentence_that_says_so(store: Store) -> None:
    (line,) = shown(store).lines
    parts = [line.name, *line.objectives, *line.audiences]
    parts += [measure.name for measure in line.measures]
    parts += [action.name for measure in line.measures for action in measure.actions]
    for part in parts:
        assert part.evidence[0].voice == "passage", part.text
        assert part.evidence[0].sentence, part.text


def test_years_stand_in_words_and_as_a_strip(store: Store) -> None:
    (line,) = shown(store).lines
    study = line.measures[2].actions[0]
    assert study.name.text.startswith("32.1 ")
    assert study.years == "Scheduled for 2016 and 2017"
    assert study.strip == [(2016, True), (2017, True), (2018, False), (2019, False)]
    years = [is_on for each in line.measures for one in each.actions for _, is_on in one.strip]
    assert sum(years) == 41


def test_the_missing_measure_is_a_gap_with_who_says_so(store: Store) -> None:
    (line,) = shown(store).lines
    assert [len(measure.gaps) for measure in line.measures] == [1, 0, 0]
    (gap,) = line.measures[0].gaps
    assert gap.name.text == "Number 30, at which the page has no measure"
    assert gap.told.startswith("The page goes from number 29 to number 31.")
    assert [one.voice for one in gap.name.evidence] == ["conclusion"]


def test_it_begins_with_what_there_is(store: Store) -> None:
    assert shown(store, "ca").summary == (
        "El que llista la pàgina de la línia «Territorialització i acció comunitària». Objectius: "
        "3. Actuacions: 3. Accions: 12. Les accions es programen per a 2016–2019."
    )


def test_it_can_be_had_as_files(store: Store) -> None:
    found = shown(store)
    assert files.offered(found) == ("csv", "xlsx", "json")
    lines = files.of_csv(found).decode("utf-8-sig").splitlines()
    assert lines[0] == "Part,Name,Part of,Years,Source,Exact words"
    assert len(found.tables[0].rows) == 1 + 3 + 3 + 3 + 12 + 1
    assert found.asked[0].title == "What is the plan made of, and what is each part a part of?"


def test_a_graph_without_a_plan_says_so() -> None:
    found = shown(Store())
    assert found.summary == "Nothing that is served here says anything of a plan."
    assert (found.lines, found.plans, found.loose) == ([], [], [])


def test_parts_without_sources_or_places_are_told_of(small: Callable[[str], Store]) -> None:
    found = shown(small(PARTS))
    (line,) = found.lines
    assert (line.name.text, line.name.language, line.name.evidence) == ("<b>", "ca", ())
    (measure,) = line.measures
    assert [action.name.text for action in measure.actions] == ["id:a-9", "id:a-10"]
    assert [action.years for action in measure.actions] == [
        "Scheduled for 2016",
        "In which year: nothing in the sources says so",
    ]
    assert [action.strip for action in measure.actions] == [[(2016, True)], []]
    assert [gap.name.text for gap in measure.gaps] == ["id:g"]
    assert [cell.text for cell in found.loose] == ["lost"]
    assert [cell.address for cell in line.objectives] == [None]


def test_lines_without_actions_have_no_years(small: Callable[[str], Store]) -> None:
    assert shown(small("id:l a teixit:StrategicLine .")).summary.endswith("Actions: 0.")


def test_more_than_fits_is_not_shown_in_part(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer_plan, "MOST_ELEMENTS", 5)
    found = shown(store)
    assert not found.is_whole
    assert (found.lines, found.loose, found.tables[0].rows) == ([], [], [])
    assert found.summary.endswith("see the lists.")


def test_another_server_gives_the_same(store: Store, elsewhere) -> None:
    assert shown(elsewhere(store)) == shown(store)
