import pytest
from pyoxigraph import Literal, NamedNode

from teixit.errors import NotFoundError
from teixit.library.naming import Names, iri_of, last_part, spelled
from teixit.library.values import Value
from teixit.namespaces import TERM, THING


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("urn:a", "urn:a"),
        ("https://example.org/a", "https://example.org/a"),
        ("dct:title", "http://purl.org/dc/terms/title"),
        ("teixit:Action", f"{TERM}Action"),
        ("Action", f"{TERM}Action"),
        ("piess-2016-2019/action-31-1", f"{THING}piess-2016-2019/action-31-1"),
    ],
)
def test_a_name_stands_for_an_iri(name: str, iri: str) -> None:
    assert iri_of(name) == iri


@pytest.mark.parametrize("name", ["", "x:y", "teixit:Xyzzy", "urn:<", "a b"])
def test_what_stands_for_nothing_is_an_error(name: str) -> None:
    with pytest.raises(NotFoundError, match="expected an IRI, a name with a prefix"):
        iri_of(name)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("district-03", "district-03"),
        ("id:district-03", f"{THING}district-03"),
        (f"{THING}district-03", f"{THING}district-03"),
        ("urn:c", "urn:c"),
        (2017, "2017"),
    ],
)
def test_a_value_is_looked_up_by_its_name_or_its_iri(value: Value, text: str) -> None:
    assert spelled(value) == text


def test_a_thing_without_a_name_is_called_by_the_end_of_its_iri() -> None:
    assert [*map(last_part, ("http://a/b#c", "http://a/b/", "urn:"))] == ["c", "b", "urn:"]


def test_names_are_those_of_the_reader() -> None:
    named = NamedNode("urn:a")
    labels = [Literal("u", language="ca"), Literal("one", language="en"), NamedNode("urn:label")]
    rows = [{"named": named, "label": label} for label in labels]
    assert Names(rows, "en").get("urn:a") == "one"
    assert Names(rows, "es").get("urn:a") == "u"
    assert Names(rows, "en").get("urn:b") is None
