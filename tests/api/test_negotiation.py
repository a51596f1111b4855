import pytest

from teixit import negotiation
from teixit.errors import NotAcceptableError

OFFERS = ("application/json", "application/xml", "text/csv", "text/html")


@pytest.mark.parametrize(
    ("case", "accept", "chosen"),
    [
        ("missing", None, "application/json"),
        ("empty", "", "application/json"),
        ("star", "*/*", "application/json"),
        ("substar", "text/*", "text/csv"),
        ("case", "TEXT/CSV", "text/csv"),
        ("explicit priority", "application/json;q=0.1, application/xml;q=0.9", "application/xml"),
        ("implicit priority", "text/csv, application/xml", "application/xml"),
        ("named beats star", "text/csv, */*", "text/csv"),
        ("specific exclusion", "application/json;q=0, */*;q=0.5", "application/xml"),
        ("wildcard exclusion", "application/*;q=0, */*", "text/csv"),
        ("specific rules over star", "*/*, application/json;q=0.1", "application/xml"),
        (
            "parameter specificity",
            "application/json;q=0.1, application/json;charset=utf-8, text/csv;q=0.5",
            "application/json",
        ),
        ("compatible charset", "text/csv; charset=UTF-8", "text/csv"),
        ("unknown parameter", 'text/csv;header="present"', "text/csv"),
        ("weight of Java", "text/csv; q=.2", "text/csv"),
        ("browser", "text/html,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("part malformed", ";;;q=zz,,/, text/csv", "text/csv"),
        ("all malformed", "\xe9/\xe9, text/csv;q=1e309", "application/json"),
    ],
)
def test_the_best_offer_is_chosen(case: str, accept: str | None, chosen: str) -> None:
    assert negotiation.choose(accept, OFFERS) == chosen, case


@pytest.mark.parametrize(
    "accept", ["image/png", "text/csv;q=0", "text/csv;q=0.000", "text/csv;charset=latin1"]
)
def test_where_nothing_is_accepted_the_offers_are_listed(accept: str) -> None:
    with pytest.raises(NotAcceptableError, match=r"offered: application/json, application/xml"):
        negotiation.choose(accept, OFFERS)


def test_a_long_header_is_read_in_part() -> None:
    many = ", ".join(f"text/x{number};q=0.1" for number in range(5000))
    assert negotiation.choose(f"text/csv, {many}", OFFERS) == "text/csv"
    with pytest.raises(NotAcceptableError):
        negotiation.choose(f"{many}, text/csv", OFFERS)
    assert negotiation.gzip(", ".join(["gzip", *["x"] * 5000]))


@pytest.mark.parametrize(
    ("accept_encoding", "liked"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP;Q=1.0", True),
        ("x-gzip", True),
        ("deflate, gzip;q=0.8, br", True),
        ("*", True),
        ("gzip;q=0, *", False),
        ("identity;q=0, *;q=0", False),
        ("gzip;q=0.5, identity", False),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("gzip;q=many", False),
        ("br", False),
    ],
)
def test_what_is_packed_must_be_liked(accept_encoding: str | None, *, liked: bool) -> None:
    assert negotiation.gzip(accept_encoding) is liked


FORMS = (("text/csv", "application/geo+json"), ("application/json",), ("text/turtle",))


@pytest.mark.parametrize(
    ("accept", "wishes"),
    [
        (None, ("text/csv", "application/json", "text/turtle")),
        ("text/*", ("text/csv", None, "text/turtle")),
        ("application/*", (None, "application/json", None)),
        ("application/geo+json", ("application/geo+json", None, None)),
        (
            "application/geo+json, */*;q=0.1",
            ("application/geo+json", "application/json", "text/turtle"),
        ),
    ],
)
def test_each_form_of_an_answer_has_its_format(
    accept: str | None, wishes: tuple[str | None, ...]
) -> None:
    assert negotiation.wishes(accept, FORMS, {"application/geo+json"}) == wishes


def test_where_no_form_has_a_format_all_are_listed() -> None:
    with pytest.raises(NotAcceptableError, match=r"text/csv, .*geo\+json, .*json, text/turtle$"):
        negotiation.wishes("image/png", FORMS)
