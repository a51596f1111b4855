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
