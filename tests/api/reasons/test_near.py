"""Terms that are near one that is not there."""

import pytest

from teixit.reasons import near

KNOWN = [
    "http://xmlns.com/foaf/0.1/homepage",
    "https://w3id.org/teixit/def#FlagshipProject",
    "https://w3id.org/teixit/id/district-03",
    "https://w3id.org/teixit/id/district-10",
    "http://one.example/name/",
    "urn:name",
]


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://xmlns.com/foaf/0.1/homepage", KNOWN[:1]),
        ("http://other.example/homepage", KNOWN[:1]),
        ("https://w3id.org/teixit/def/flagshipproject", [KNOWN[1]]),
        ("https://w3id.org/teixit/def#FlagshipProyect", [KNOWN[1]]),
        ("https://w3id.org/teixit/id/district-3", [KNOWN[2], KNOWN[3]]),
        ("http://one.example/name", [KNOWN[4], KNOWN[5]]),
        ("http://one.example/else", []),
        ("http://one.example/name/", [KNOWN[5]]),
        ("", []),
    ],
)
def test_the_nearest_come_first(iri: str, expected: list[str]) -> None:
    assert near.nearest(iri, KNOWN) == expected


def test_a_term_is_written_as_the_query_would() -> None:
    prefixes = [(":", "http://one.example/"), ("long:", "http://one.example/a-"), ("empty:", "")]
    assert near.short("http://one.example/b-1", prefixes) == ":b-1"
    assert near.short("http://one.example/b/1", prefixes) == "<http://one.example/b/1>"
    assert near.short("urn:x", prefixes) == "<urn:x>"


def test_a_name_has_a_word_to_look_for() -> None:
    assert near.word("https://w3id.org/teixit/id/district-3") == "district"
    assert near.word("http://one.example/12-b/") == "12-b"
