from teixit.web import naming
from teixit.web.naming import Naming

CLASS = "https://w3id.org/teixit/def#FlagshipProject"
THING = "https://w3id.org/teixit/id/project-can-pico"


def iri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def test_a_thing_has_a_name_in_the_readers_language_and_a_page() -> None:
    rows = [
        {
            "named": iri(THING),
            "label": {"type": "literal", "value": name, "xml:lang": tag},
            "kind": iri(CLASS),
            "place": iri("urn:g"),
        }
        for name, tag in (("Can Picó", "ca"), ("Can Pico", "en"))
    ]
    no_kind = {"named": iri("urn:l"), "label": {"type": "literal", "value": "l"}}
    found = Naming.of([*rows, no_kind, {"named": iri("urn:x:y"), "kind": iri("urn:k")}])
    assert found.name("urn:l", "ca") == "l"
    assert [found.name(THING, tag) for tag in ("ca", "en", "es")] == [
        "Can Picó",
        "Can Pico",
        "Can Picó",
    ]
    assert found.address(THING, "en") == "/en/about/project-can-pico"
    assert found.placed == {THING}
    assert found.name("urn:x:y", "en") is None
    assert found.address("https://w3id.org/teixit/id/z", "en") == "/doc/z.en.html"
    assert found.name("http://www.w3.org/2000/01/rdf-schema#label", "en")


def test_the_names_of_so_many_things_are_asked_for_at_once() -> None:
    things = [f"urn://{number}" for number in range(naming.MOST + 1)]
    asked = naming.job(things).query
    assert f"(<urn://{naming.MOST - 1}>)" in asked
    assert f"(<urn://{naming.MOST}>)" not in asked
    rows = [{"a": iri("urn://1"), "b": iri("urn://1"), "c": iri("urn:2")}]
    rows += [{"a": {"type": "literal", "value": "urn://3"}}]
    assert naming.things_of(rows) == ["urn://1"]
