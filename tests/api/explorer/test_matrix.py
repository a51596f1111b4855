import csv
from collections.abc import Callable, Mapping

import pytest
from pyoxigraph import Store

from teixit import paths
from teixit.errors import ChoiceError
from teixit.explorer.matrix import CHOICES, Matrix, matrix
from teixit.explorer.reading import Reader

Words = Mapping[str, str]
#: A row and a district, each by its number or name, and what the row goes through.
Cells = set[tuple[str, str, str]]

HOSTILE = """
id:g { id:d a esadm:Distrito ; dct:identifier "<b>" ; rdfs:label "<script>alert(1)</script>"@fr .
  id:e a esadm:Distrito ; dct:identifier "02" ; rdfs:label "Gràcia"@ca , "Gracia"@ca .
  id:m a teixit:Measure ; teixit:number 1 ; teixit:speaksOfScale id:scale-every-district .
  id:n a teixit:Measure ; rdfs:label "=1+1" . }
id:says { id:n teixit:concernsDistrict id:e . }
_:nobody { id:n teixit:concernsDistrict id:d . }
"""


def made(store: Store, words: Words, rows: str) -> Matrix:
    return matrix(Reader(store, "ca"), words, rows)


def cells(view: Matrix) -> Cells:
    return {
        (
            line.identifier or line.thing.text,
            meeting.district,
            way.through.text if way.through else "",
        )
        for line in view.lines
        for meeting in line.meetings
        for way in meeting.ways
    }


def answer(name: str) -> list[dict[str, str]]:
    with (paths.QUESTIONS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_actions_reach_what_the_question_about_them_answers(store: Store, words: Words) -> None:
    expected = {
        (row["identifier"], row["code"], row["label"])
        for row in answer("cq39-districts-of-each-action")
    }
    assert cells(made(store, words, "actions")) == expected


def test_the_empty_rows_are_the_actions_of_which_no_district_is_known(
    store: Store, words: Words
) -> None:
    empty = [line for line in made(store, words, "actions").lines if not line.full]
    expected = {row["identifier"] for row in answer("cq40-actions-without-districts")}
    assert {line.identifier for line in empty} == expected
    assert {meeting.words for line in empty for meeting in line.meetings} == {"cap font no ho diu"}
    assert {meeting.standing for line in empty for meeting in line.meetings} == {None}


def test_projects_are_where_the_question_about_them_says(store: Store, words: Words) -> None:
    expected = {(row["label"], row["code"], "") for row in answer("cq14-projects-in-each-district")}
    view = made(store, words, "projects")
    assert cells(view) == expected
    assert {meeting.words for line in view.lines for meeting in line.meetings} == {
        "cap font no ho diu",
        "ho diu una font · grau de confiança alt",
    }


def test_the_axis_reaches_its_districts_with_the_confidence_of_the_answer(
    store: Store, words: Words
) -> None:
    expected = {
        (row["identifier"], row["code"], row["axisLabel"], row["confidence"])
        for row in answer("cq19-districts-of-the-axis-measures")
    }
    found = {
        (line.identifier, meeting.district, way.through and way.through.text, way.confidence)
        for rows in ("measures", "actions")
        for line in made(store, words, rows).lines
        for meeting in line.meetings
        for way in meeting.ways
    }
    assert {row for row in found if row[2] == "Eix Muntanya"} == expected


def test_what_speaks_of_every_district_is_said_below(store: Store, words: Words) -> None:
    (one,) = made(store, words, "measures").everywhere
    (expected,) = answer("cq18-elements-on-every-district")
    assert one.text == expected["ca"]
    assert [evidence.sentence for evidence in one.evidence] == [expected["ca"]]


def test_a_theme_reaches_where_its_actions_do(store: Store, words: Words) -> None:
    themes: dict[str, set[str]] = {}
    for row in answer("cq10-themes-of-each-action"):
        themes.setdefault(row["identifier"], set()).add(row["label"])
    expected = {
        (theme, row["code"], row["identifier"])
        for row in answer("cq39-districts-of-each-action")
        for theme in themes[row["identifier"]]
    }
    found = cells(made(store, words, "themes"))
    assert {row for row in found if "." in row[2]} == expected


def test_groups_are_reached_through_measures_and_by_what_is_said_of_every_district(
    store: Store, words: Words
) -> None:
    view = made(store, words, "audiences")
    for line in view.lines:
        assert [meeting.standing for meeting in line.meetings] == [
            *("every", "every", "concluded", "every", "concluded"),
            *("every", "concluded", "concluded", "every", "concluded"),
        ]
        assert [way.standing for way in line.meetings[2].ways] == ["concluded", "every"]


def test_the_steps_are_told_from_the_sentence_to_the_conclusion(store: Store, words: Words) -> None:
    (line,) = [one for one in made(store, words, "measures").lines if one.identifier == "32"]
    ways = line.meetings[4].ways
    assert [way.doubt for way in ways] == [2]
    assert [one.voice for one in ways[0].evidence] == ["passage", "conclusion", "conclusion"]
    assert "Eix Muntanya" in (ways[0].evidence[0].sentence or "")
    (doubtless,) = line.meetings[6].ways
    assert [one.voice for one in doubtless.evidence] == ["passage", "extract", "conclusion"]


@pytest.mark.parametrize("rows", CHOICES)
def test_the_counts_are_those_of_the_cells(store: Store, words: Words, rows: str) -> None:
    view = made(store, words, rows)
    full = [[meeting.standing is not None for meeting in line.meetings] for line in view.lines]
    assert [line.full for line in view.lines] == [sum(line) for line in full]
    assert [column.full for column in view.columns] == [
        sum(column) for column in zip(*full, strict=True)
    ]
    assert [column.code for column in view.columns] == [f"{number:02}" for number in range(1, 11)]
    whole, reasons = view.tables
    assert [cell.number for cell in whole.rows[-1][1:]] == [
        *(column.full for column in view.columns),
        view.full,
    ]
    for table, width in ((whole, 12), (reasons, 7)):
        assert {len(row) for row in table.rows} == {len(table.columns)} == {width}
    assert all(row[4].text and row[6].text for row in reasons.rows)
    assert f"{view.full} són plenes" in view.caption


@pytest.mark.parametrize("rows", CHOICES)
def test_each_query_finds_the_same_as_it_is_asked_by_anybody(
    store: Store, words: Words, rows: str
) -> None:
    view = made(store, words, rows)
    assert len(view.asked) == len({asked.title for asked in view.asked})
    for asked in view.asked:
        assert [*store.query(asked.text)]


def test_a_measure_that_nobody_places_is_empty_and_not_left_out(store: Store, words: Words) -> None:
    first = made(store, words, "measures").lines[0]
    assert (first.identifier, first.full, len(first.meetings)) == ("29", 0, 10)


@pytest.mark.parametrize("rows", CHOICES)
def test_of_an_empty_graph_there_is_nothing(words: Words, rows: str) -> None:
    view = made(Store(), words, rows)
    assert (view.columns, view.lines, view.full, view.everywhere) == ([], [], 0, [])


def test_what_is_hostile_or_untranslated_is_shown_as_it_is(
    graph: Callable[[str], Store], words: Words
) -> None:
    view = made(graph(HOSTILE), words, "measures")
    assert [column.code for column in view.columns] == ["02", "<b>"]
    french = view.columns[1].district
    assert (french.text, french.language) == ("<script>alert(1)</script>", "fr")
    assert [line.thing.text for line in view.lines] == ["=1+1", "m"]
    stray, everywhere = view.lines
    assert [meeting.words for meeting in stray.meetings] == ["ho diu una font", "ho diu una font"]
    assert stray.meetings[1].ways[0].evidence == ()
    assert [meeting.standing for meeting in everywhere.meetings] == ["every", "every"]


def test_another_choice_is_refused(words: Words) -> None:
    with pytest.raises(ChoiceError, match=r"rows=districtes de Barcel no.*: measures, proj"):
        made(Store(), words, "districtes de Barcelona")
