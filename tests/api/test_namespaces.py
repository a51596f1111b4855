import pytest

from teixit import namespaces


def test_only_our_terms_have_an_iri() -> None:
    assert namespaces.term("Measure") == "https://w3id.org/teixit/def#Measure"
    with pytest.raises(KeyError, match="Mesure"):
        namespaces.term("Mesure")


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("teixit:number", "https://w3id.org/teixit/def#number"),
        ("id:district-03", "https://w3id.org/teixit/id/district-03"),
        ("dct:title", "http://purl.org/dc/terms/title"),
    ],
)
def test_a_prefixed_name_is_expanded(name: str, iri: str) -> None:
    assert namespaces.expand(name) == iri


@pytest.mark.parametrize("name", ["teixit:numbr", "nobody:title", "title", ""])
def test_an_unknown_name_is_not_expanded(name: str) -> None:
    with pytest.raises(KeyError):
        namespaces.expand(name)


def test_a_thing_says_what_it_is() -> None:
    assert namespaces.thing("district", "03").endswith("/id/district-03")
    assert namespaces.thing("measure", "29", "piess").endswith("/id/piess/measure-29")


def test_an_iri_is_written_with_the_prefix_that_leaves_least_to_read() -> None:
    assert namespaces.short_name(namespaces.term("number")) == "teixit:number"
    assert namespaces.short_name("urn:x") == "urn:x"
