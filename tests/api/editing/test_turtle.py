"""A file that people wrote changes in as few lines as can be, and loses nothing."""

import difflib

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from teixit import namespaces, paths, trig
from teixit.editing import turtle
from teixit.editing.knowledge import WRITTEN
from teixit.errors import KnowledgeError

HEAD = """\
# What it is about.

@prefix dct: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/teixit/id/> .
@prefix teixit: <https://w3id.org/teixit/def#> .
"""
TEXT = f"""{HEAD}
# Above a graph.
id:extract-a {{

    # Above a thing.
    id:project-b
        # Above a fact.
        dct:isReferencedBy id:source-a ;
        teixit:locatedIn id:district-01 ;
        teixit:locatedIn id:district-02 ;
    .

    id:project-d
        teixit:hasKind id:kind-x ;
    .
}}
"""
COMMENTS = ["# What it is about.", "# Above a graph.", "# Above a thing.", "# Above a fact."]


def edited(text: str, removed: list[Quad], added: list[Quad]) -> str:
    return turtle.edited(text, removed, added, "some.trig")


def node(name: str) -> NamedNode:
    return NamedNode(namespaces.THING + name)


def quad(subject: str, predicate: str, value: object, graph: str = "extract-a") -> Quad:
    term = node(value) if isinstance(value, str) else value
    return Quad(node(subject), NamedNode(namespaces.expand(predicate)), term, node(graph))


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0)
    return [line for line in [*lines][2:] if not line.startswith("@@")]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


@pytest.mark.parametrize("name", WRITTEN)
def test_every_fact_of_the_data_can_go_and_come_back(name: str) -> None:
    text = (paths.DATA / name).read_text("utf-8")
    quads = sorted(parse(text.encode(), RdfFormat.TRIG), key=str)
    for one in quads[:: max(len(quads) // 8, 1)]:
        without = edited(text, [one], [])
        again = edited(without, [], [one])
        assert set(parse(again.encode(), RdfFormat.TRIG)) == set(quads)
        assert 1 <= len(changed(text, without)) <= 7
        assert lines_of(again) == lines_of(text)


def test_a_fact_is_one_line() -> None:
    new = [quad("project-b", "teixit:hasKind", "kind-y"), quad("project-d", "teixit:number", "x")]
    assert changed(TEXT, edited(TEXT, [], new)) == [
        "+        teixit:hasKind id:kind-y ;",
        "+        teixit:number id:x ;",
    ]
    gone = quad("project-b", "teixit:locatedIn", "district-02")
    assert changed(TEXT, edited(TEXT, [gone], [])) == ["-        teixit:locatedIn id:district-02 ;"]


def test_comments_stay_when_what_they_are_above_goes() -> None:
    gone = [one for one in parse(TEXT.encode(), RdfFormat.TRIG) if "project-b" in str(one)]
    text = edited(TEXT, gone, [])
    assert lines_of(text) == COMMENTS
    assert "project-b" not in text
    rest = edited(text, [quad("project-d", "teixit:hasKind", "kind-x")], [])
    assert lines_of(rest) == COMMENTS


def test_a_graph_without_facts_and_comments_goes() -> None:
    new = quad("project-b", "teixit:hasKind", "kind-y", "extract-z")
    assert edited(edited(TEXT, [], [new]), [new], []) == TEXT


def test_a_new_graph_stands_behind_the_last_that_is_about_the_same() -> None:
    text = edited(TEXT, [], [quad("project-x", "teixit:hasKind", "kind-x", "extract-b")])
    after = edited(text, [], [quad("project-b", "teixit:hasKind", "kind-y", "extract-z")])
    assert after.index("id:extract-a") < after.index("id:extract-z") < after.index("id:extract-b")
    other = edited(text, [], [quad("project-q", "teixit:hasKind", "kind-y", "extract-z")])
    assert other.endswith(
        "\nid:extract-z {\n\n    id:project-q\n        teixit:hasKind id:kind-y ;\n    .\n}\n"
    )


def test_a_new_thing_has_its_class_first_and_the_file_gets_the_prefixes() -> None:
    day = Literal("2026-11-28", datatype=NamedNode(namespaces.expand("xsd:date")))
    new = [
        quad("source-x", "dct:modified", day),
        quad("source-x", "rdf:type", NamedNode(namespaces.expand("prov:Entity"))),
        quad("source-x", "rdfs:label", Literal('Un «x» "y"', language="es")),
        quad("source-x", "rdfs:label", Literal("X", language="ca")),
        quad("source-x", "foaf:page", NamedNode("https://example.org/")),
    ]
    text = edited(TEXT, [], new)
    assert "@prefix id: <https://w3id.org/teixit/id/> .\n@prefix prov: <http" in text
    assert (
        "    id:source-x\n"
        "        a prov:Entity ;\n"
        '        rdfs:label "X"@ca ;\n'
        '        rdfs:label "Un «x» \\"y\\""@es ;\n'
        '        dct:modified "2026-11-28"^^xsd:date ;\n'
        "        foaf:page <https://example.org/> ;\n"
        "    .\n"
    ) in text
    assert edited(text, new, []) == TEXT


def test_what_has_no_prefix_is_written_out() -> None:
    odd = Literal("1", datatype=NamedNode("urn:odd"))
    assert '"1"^^<urn:odd> ;' in edited(TEXT, [], [quad("project-d", "schema:address", odd)])
    text = TEXT.replace("@prefix dct:", "@prefix foaf: <urn:mine:> .\n@prefix dct:")
    page = quad("project-d", "foaf:homepage", NamedNode("https://example.org/"))
    assert "<http://xmlns.com/foaf/0.1/homepage> <https://example.org/>" in edited(text, [], [page])


def test_an_empty_file_begins_with_its_prefixes() -> None:
    text = edited("", [], [quad("project-d", "teixit:hasKind", "kind-x")])
    assert text.startswith("@prefix id: ")
    assert text == trig.tidied(text, "some.trig")


@pytest.mark.parametrize("subject", ["project-b", "project-z"])
def test_what_is_not_there_cannot_go(subject: str) -> None:
    with pytest.raises(KnowledgeError, match=r"some\.trig: does not say"):
        edited(TEXT, [quad(subject, "teixit:locatedIn", "district-09")], [])


def test_what_the_house_does_without_is_left_to_people() -> None:
    text = TEXT.replace("id:district-01", "[ a id:x ]")
    with pytest.raises(KnowledgeError, match=r"some\.trig:\d+:\d+: "):
        edited(text, [], [quad("project-b", "teixit:hasKind", "kind-y")])


def test_a_blank_node_is_not_written() -> None:
    with pytest.raises(KnowledgeError, match="expected an IRI or a literal"):
        edited(TEXT, [], [quad("project-b", "teixit:hasKind", BlankNode("x"))])
