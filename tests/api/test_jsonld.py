import json

from pyoxigraph import RdfFormat, parse

from teixit import jsonld

PREFIXES = {"ex": "http://ex.example/", "deep": "http://ex.example/deep#", "geo": "http://geo#"}
EXPANDED = b"""[
 {"@id": "http://ex.example/a", "@type": ["http://ex.example/deep#T", "urn:x"],
  "http://ex.example/p": [{"@id": "http://ex.example///b"}, {"@value": "http://ex.example/text"},
   {"@type": "http://ex.example/deep#D", "@value": "1"}, {"@language": "ca", "@value": "u"}]},
 {"@id": "http://ex.example/", "http://geo#p": [{"@id": "geo:41,2"}]}
]"""


def quads(document: bytes) -> set[str]:
    return {str(quad) for quad in parse(document, RdfFormat.JSON_LD)}


def test_a_context_shortens_names_and_changes_nothing() -> None:
    written = jsonld.with_context(EXPANDED, PREFIXES)
    document = json.loads(written)
    assert document["@context"].keys() == {"deep", "ex"}
    node = document["@graph"][0]
    assert (node["@id"], node["@type"]) == ("ex:a", ["deep:T", "urn:x"])
    assert node["ex:p"][0] == {"@id": "http://ex.example///b"}
    assert node["ex:p"][2] == {"@type": "deep:D", "@value": "1"}
    assert quads(written) == quads(EXPANDED)


def test_a_prefix_that_is_taken_for_a_scheme_is_left_out() -> None:
    assert b'"geo:41,2"' in jsonld.with_context(EXPANDED, PREFIXES)
    assert b'"geo:p"' not in jsonld.with_context(EXPANDED, PREFIXES)


def test_a_context_has_no_prefix_that_is_not_used() -> None:
    assert json.loads(jsonld.with_context(b"[]", PREFIXES)) == {"@context": {}, "@graph": []}
