import pytest
from pyoxigraph import Literal, NamedNode

from teixit.explorer.stating import in_order, natural, year_of
from teixit.explorer.views import Evidence


def test_texts_are_sorted_as_people_sort_them() -> None:
    texts = ["Zona", "29.10 b", "Àrees", "29.9 a", "Arbre", "", "9", "09"]
    sorted_texts = ["", "9", "09", "29.9 a", "29.10 b", "Arbre", "Àrees", "Zona"]
    assert sorted(texts, key=natural) == sorted_texts
    assert natural("1" * 10_000) > natural("9" * 9_999)


def test_the_plan_is_told_of_first_and_nobody_twice() -> None:
    passage = Evidence("passage", "b", "#passage-10-20")
    earlier = Evidence("passage", "b", "#passage-9-20")
    record = Evidence("record", "a", "")
    assert in_order([record, passage, earlier, passage]) == (earlier, passage, record)


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (Literal("2016"), 2016),
        (Literal("2016Z"), 2016),
        (Literal("-0044"), -44),
        (Literal("never"), None),
        (Literal("12"), None),
        (NamedNode("urn:2016"), None),
        (None, None),
    ],
)
def test_a_year_is_read_where_there_is_one(
    value: Literal | NamedNode | None, year: int | None
) -> None:
    assert year_of(value) == year
