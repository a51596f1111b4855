import pytest

from teixit.pictures.rows import Term, number, span

XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(value: str, datatype: str = "") -> Term:
    told = {"datatype": f"{XSD}{datatype}"} if datatype else {}
    return {"type": "literal", "value": value, **told}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (literal("3", "integer"), 3),
        (literal("2.5", "decimal"), 2.5),
        (literal("INF", "double"), None),
        (literal("NaN", "double"), None),
        (literal("-1e100", "double"), None),
        (literal("many", "integer"), None),
        (literal("3"), None),
    ],
)
def test_a_number_is_finite_and_says_that_it_is_one(term: Term, expected: float | None) -> None:
    assert number(term) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016", (2016, 2017)),
        ("2016-07", (2016.5, 2016 + 7 / 12)),
        ("2016-01-01", (2016, 2016 + 1 / 366)),
        ("2017-12-31T10:00:00Z", (2017 + 364 / 365, 2018)),
        ("2017-02-30", None),
        ("2017-13", None),
        ("soon", None),
    ],
)
def test_a_moment_is_a_stretch_of_time(text: str, expected: tuple[float, float] | None) -> None:
    assert span(literal(text)) == (expected and pytest.approx(expected))


def test_what_a_column_holds_is_told_by_all_its_values(table) -> None:
    found = table(
        "thing name when year n g mixed",
        'id:a "A" "2016"^^xsd:gYear 2016 1 "POINT(2 41)"^^geo:wktLiteral 1',
        'id:b "B" "2017-05"^^xsd:gYearMonth 2017 2.5 UNDEF "x"',
        "UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF",
    )
    assert found.things == ["thing"]
    assert found.moments == ["when", "year"]
    assert found.numbers == ["n"]
    assert found.shapes == ["g"]
    assert found.naming == ["name", "mixed"]


def test_a_row_is_named_by_its_texts_or_the_names_of_its_things(table) -> None:
    found = table("thing n", "id:a 1", labels={"https://w3id.org/teixit/id/a": "Alfa"})
    assert found.name(found.rows[0]) == "Alfa"
    assert found.name(found.rows[0], ["n"]) == "1"
    assert found.text({"type": "uri", "value": "urn:x"}) == "urn:x"
    texts = table("a b c", '"x"@ca "y" "z"')
    assert texts.name(texts.rows[0]) == "x · y"
