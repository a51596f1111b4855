from itertools import pairwise

import pytest

from teixit.pictures import curves

Y16, Y18 = '"2016"^^xsd:gYear', '"2018"^^xsd:gYear'


def test_each_name_has_a_line_with_its_name_at_the_end(table, words, seen) -> None:
    found = table("y name n", f'{Y18} "a" 3', f'{Y16} "a" 1.5', f'{Y16} "b" 2', 'UNDEF "b" 9')
    canvas = curves.drawn(found, words)
    look = seen(canvas)
    assert canvas.drawn == 3
    assert look.said == ["a", "a: 1,5", "a: 3", "b", "b: 2"]
    assert look.texts[-2:] == ["b", "a"] or look.texts[-2:] == ["a", "b"]
    assert {"2016", "2018", "0", "3"} <= {*look.texts}


def test_names_of_lines_that_end_together_stand_apart(table, words, seen) -> None:
    rows = [f'{year} "{name}" 5' for year in (Y16, Y18) for name in "abc"]
    look = seen(curves.drawn(table("y name n", *rows), words))
    heights = sorted(float(text.get("y", "")) for text in look.group if text.text in {*"abc"})
    assert [round(after - before) for before, after in pairwise(heights)] == [19, 19]


def test_columns_of_numbers_are_lines_where_nothing_has_a_name(table, words, seen) -> None:
    found = table("y a b", f"{Y16} 1 2", f"{Y18} 3 UNDEF")
    assert seen(curves.drawn(found, words)).said == ["a", "a: 1", "a: 3", "b", "b: 2"]


def test_more_lines_than_can_be_told_apart_are_not_drawn(table, words) -> None:
    names = "abcdefgh"
    rows = [f'{year} "{name}" 5' for year in (Y16, Y18) for name in names]
    assert curves.drawn(table("y name n", *rows), words).drawn == 2 * curves.MOST


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("name n", ['"a" 1', '"b" 2']),
        ("y name", [f'{Y16} "a"', f'{Y18} "a"']),
        ("y n", [f"{Y16} 1", f"{Y16} 2"]),
        ("y name n", [f'{Y16} "a" 1', f'{Y16} "b" 2']),
    ],
)
def test_without_a_course_of_time_there_are_no_lines(table, columns, rows) -> None:
    assert curves.lines(table(columns, *rows)) is None
