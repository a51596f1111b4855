import csv
from collections.abc import Callable, Mapping

import pytest
from pyoxigraph import Store

from teixit import paths
from teixit.errors import ChoiceError
from teixit.explorer.reading import Reader
from teixit.explorer.timeline import Timeline, timeline

Words = Mapping[str, str]
YEARS = ["2016", "2017", "2018", "2019"]

HOSTILE = """
id:g { id:m a teixit:Measure ; teixit:number "x<b>" ; rdfs:label "<script>"@fr , "b"@fr ;
    teixit:coversYear "2016"^^xsd:gYear , "2017"^^xsd:gYear .
  id:a a teixit:Action ; teixit:belongsToMeasure id:m ; teixit:scheduledYear "2017"^^xsd:gYear .
  id:s a teixit:Action ; rdfs:label "=stray"@ca ; teixit:scheduledYear "2018"^^xsd:gYear .
  id:n a teixit:Measure ; teixit:number 2 . }
id:h { id:a teixit:scheduledYear "2017"^^xsd:gYear . }
"""


def answer(name: str) -> list[dict[str, str]]:
    with (paths.QUESTIONS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def made(
    store: Store, words: Words, year: str | None = None, measure: str | None = None
) -> Timeline:
    return timeline(Reader(store, "ca"), words, year, measure)


def test_actions_have_the_years_that_the_question_answers(store: Store, words: Words) -> None:
    expected = {
        row["identifier"]: (row["label"], [year for year in YEARS if row[f"in{year}"] == "true"])
        for row in answer("cq03-timetable-of-the-actions")
    }
    found = [action for group in made(store, words).groups for action in group.actions]
    assert {action.identifier: (action.thing.text, action.years) for action in found} == expected
    assert [action.identifier for action in found] == [*expected]


def test_each_year_has_the_count_that_the_question_answers(store: Store, words: Words) -> None:
    view = made(store, words)
    expected = {row["year"]: int(row["actions"]) for row in answer("cq04-actions-per-year")}
    assert {choice.value: choice.count for choice in view.years} == expected
    summed = dict.fromkeys(expected, 0)
    for group in view.groups:
        for year in group.years:
            summed[year.year] += year.count
    assert summed == expected


def test_each_measure_has_its_actions(store: Store, words: Words) -> None:
    expected = {
        row["number"]: (row["label"], int(row["actions"]))
        for row in answer("cq02-actions-per-measure")
    }
    groups = [group for group in made(store, words).groups if not group.missing]
    assert {one.number: (one.thing.text, len(one.actions)) for one in groups} == expected
    assert answer("cq01-measures-of-the-line")[0]["number"] == groups[0].number


def test_no_measure_has_an_idle_year_as_the_question_answers(store: Store, words: Words) -> None:
    (said,) = (paths.QUESTIONS / "cq07-measure-with-an-idle-year.csv").read_text().splitlines()
    assert made(store, words).idle is (said == "true")


def test_the_missing_measure_stands_where_it_is_missing(store: Store, words: Words) -> None:
    (expected,) = answer("cq08-missing-measure-numbers")
    groups = made(store, words).groups
    (place,) = [index for index, group in enumerate(groups) if group.missing]
    around = [group.number for group in groups[place - 1 : place + 2]]
    assert around == [expected["before"], expected["missing"], expected["after"]]
    assert [one.voice for one in groups[place].thing.evidence] == ["conclusion"]
    assert not [*groups[place].actions, *groups[place].years]


def test_the_sentence_that_schedules_an_action_stands_beside_it(store: Store, words: Words) -> None:
    for group in made(store, words).groups:
        for action in group.actions:
            (one,) = action.thing.evidence
            assert one.address.startswith("/ca/text/source-territorialitzacio#passage-")
            assert [year for year in YEARS if year in (one.sentence or "")] == action.years


def test_a_year_and_a_measure_choose_the_actions_and_count_each_other(
    store: Store, words: Words
) -> None:
    view = made(store, words, "2016", "32")
    assert [[one.identifier for one in group.actions] for group in view.groups] == [["32.1"]]
    assert [(one.value, one.count) for one in view.years] == [
        *zip(YEARS, (1, 3, 2, 1), strict=True)
    ]
    assert [(one.value, one.count, one.missing) for one in view.measures] == [
        ("29", 4, False),
        ("30", 0, True),
        ("31", 3, False),
        ("32", 1, False),
    ]
    assert [year.count for year in view.groups[0].years] == [1, 3, 2, 1]


@pytest.mark.parametrize(
    ("year", "measure", "caption"),
    [
        (None, None, "Accions programades, per actuacions i per anys: 12."),
        ("2016", None, "Accions programades l’any 2016, per actuacions: 8."),
        (None, "31", "Accions de l’actuació 31, per anys: 4."),
        ("2019", "32", "Accions de l’actuació 32 programades l’any 2019: 1."),
        (None, "30", "Accions de l’actuació 30, per anys: 0."),
    ],
)
def test_the_caption_says_what_is_shown(
    store: Store, words: Words, year: str | None, measure: str | None, caption: str
) -> None:
    view = made(store, words, year, measure)
    assert (view.caption, view.tables[0].caption) == (caption, caption)
    assert {len(row) for row in view.tables[0].rows} == {8}


def test_it_says_that_scheduled_does_not_mean_done(store: Store, words: Words) -> None:
    assert "no vol dir que s’hagi fet" in made(store, words).summary


@pytest.mark.parametrize(
    ("year", "measure", "said"),
    [
        ("2020", None, "year=2020 no hi és.*: 2016, 2017, 2018, 2019"),
        (None, "33", "measure=33 no hi és.*: 29, 30, 31, 32"),
        ("a" * 50, None, f"year={'a' * 20} no"),
        ("", None, "year= no"),
    ],
)
def test_what_the_plan_does_not_have_is_refused(
    store: Store, words: Words, year: str | None, measure: str | None, said: str
) -> None:
    with pytest.raises(ChoiceError, match=said):
        made(store, words, year, measure)


def test_of_an_empty_graph_there_is_nothing_whatever_is_chosen(words: Words) -> None:
    view = made(Store(), words, "2016", "29")
    assert (view.groups, view.years, view.measures, view.idle) == ([], [], [], False)
    assert (view.year, view.measure) == (None, None)


def test_what_is_hostile_or_incomplete_is_shown_as_it_is(
    graph: Callable[[str], Store], words: Words
) -> None:
    view = made(graph(HOSTILE), words)
    assert [group.number for group in view.groups] == ["2", "", "x<b>"]
    bare, stray, wrong = view.groups
    assert (bare.thing.text, [year.covered for year in bare.years]) == ("n", [False] * 3)
    assert stray.thing.text == "Accions de les quals cap font no diu l’actuació"
    assert [action.thing.text for action in stray.actions] == ["=stray"]
    assert (wrong.thing.text, wrong.thing.language) == ("<script>", "fr")
    assert [(year.count, year.covered) for year in wrong.years] == [
        (0, True),
        (1, True),
        (0, False),
    ]
    assert len(wrong.actions[0].thing.evidence) == 2
    assert view.idle


def test_each_query_finds_the_same_as_it_is_asked_by_anybody(store: Store, words: Words) -> None:
    view = made(store, words)
    assert len(view.asked) == len({asked.title for asked in view.asked}) == 3
    for asked in view.asked:
        assert [*store.query(asked.text)]
