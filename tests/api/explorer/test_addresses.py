import pytest

from teixit.explorer import addresses
from teixit.namespaces import TERM, THING


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{THING}district-03", "/ca/about/district-03"),
        (f"{THING}a/b:c", "/ca/about/a/b:c"),
        (f'{THING}a"><b>?c#d', "/ca/about/a%22%3E%3Cb%3E%3Fc%23d"),
        (f"{THING}Gràcia", "/ca/about/Gr%C3%A0cia"),
        (f"{THING}page/passage-55", "/ca/text/page#passage-55"),
        (f"{THING}page/passage-1/2?x", "/ca/text/page#passage-1%2F2%3Fx"),
        (f"{TERM}Measure", f"{TERM}Measure"),
        ("http://example.org/", "http://example.org/"),
        ("javascript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("urn:a", None),
        ("HTTP-like:a", None),
    ],
)
def test_a_thing_is_shown_where_its_iri_says(iri: str, expected: str | None) -> None:
    assert addresses.about(iri, "ca") == expected


def test_a_document_is_in_the_language_of_the_reader() -> None:
    assert addresses.document(f"{THING}district-03", "es") == "/doc/district-03.es.html"
    assert addresses.document(f"{THING}a?b", "en") == "/doc/a%3Fb.en.html"
