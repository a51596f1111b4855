from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
)

from teixit import paths, queries
from teixit.errors import KnowledgeError, QueryError

TITLES = "#+ title@ca: Què?\n#+ title@es: ¿Qué?\n#+ title@en: What?\n"
LABEL = NamedNode("urn:label")


@pytest.fixture
def small() -> Store:
    store = Store()
    for letter in "ab":
        subject = NamedNode(f"urn:{letter}")
        store.add(Quad(subject, LABEL, Literal(letter), DefaultGraph()))
    return store


def query(folder: Path, text: str, header: str = TITLES) -> queries.Query:
    file = folder / "what.rq"
    file.write_text(header + text, "utf-8")
    return queries.read(file)


def test_the_header_is_read(tmp_path: Path) -> None:
    header = f"{TITLES}#+ description@en: All.\n#+ parameter: s\n#+ about: plan\n"
    read = query(tmp_path, "SELECT ?s { ?s ?p ?o }", header)
    assert (read.name, read.title["ca"], read.description) == ("what", "Què?", {"en": "All."})
    assert (read.parameters, read.about) == ({"s"}, ("plan",))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ title@ca: Què?\n", "expected a title in each of ca, es, en"),
        (f"{TITLES}#+ author: me\n", r"what\.rq:4: expected"),
        (f"{TITLES}#+ title: What?\n", r"what\.rq:4: expected"),
        (f"#+title@ca: Què?\n{TITLES}", r"what\.rq:1: expected"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        query(tmp_path, "ASK {}", header)


def test_values_are_bound(tmp_path: Path, small: Store) -> None:
    asked = query(tmp_path, "SELECT ?s ?o { ?s <urn:label> ?o }", f"{TITLES}#+ parameter: s\n")
    rows = list(asked.rows(small, s=NamedNode("urn:b")))
    assert rows == [{"s": NamedNode("urn:b"), "o": Literal("b")}]


def test_a_value_never_changes_what_is_asked(tmp_path: Path, small: Store) -> None:
    asked = query(tmp_path, "SELECT ?s ?o { ?s <urn:label> ?o }", f"{TITLES}#+ parameter: o\n")
    assert list(asked.rows(small, o=Literal('" } SELECT * { ?s ?p ?o } #'))) == []


def test_the_values_are_exactly_the_parameters(tmp_path: Path, small: Store) -> None:
    asked = query(tmp_path, "ASK {}")
    with pytest.raises(KnowledgeError, match="what: expected the parameters: none"):
        asked.results(small, s=LABEL)


def test_rows_are_of_a_select(tmp_path: Path, small: Store) -> None:
    with pytest.raises(KnowledgeError, match="not a SELECT query"):
        list(query(tmp_path, "ASK {}").rows(small))


def test_unbound_variables_are_left_out(tmp_path: Path, small: Store) -> None:
    rows = query(tmp_path, "SELECT ?s ?none { ?s <urn:label> 'a' }").rows(small)
    assert list(rows) == [{"s": NamedNode("urn:a")}]


def test_a_syntax_error_has_its_place(small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        queries.evaluate(small, "SELECT ?x {\n ?x ?y }")
    assert (caught.value.line, caught.value.column) == (2, 9)
    assert str(caught.value).startswith("the query is not SPARQL: line 2, column 9: expected ")
    assert "\n" not in str(caught.value)


def test_an_error_without_a_place_is_one_line() -> None:
    said = r"^the query is not SPARQL: no place$"
    with pytest.raises(QueryError, match=said), queries.client_to_blame():
        raise SyntaxError("no\nplace")


def test_what_the_engine_gives_up_on_is_an_error_in_one_line(small: Store) -> None:
    with pytest.raises(QueryError, match=r"^the query cannot be answered: "):
        queries.serialise(queries.evaluate(small, "SELECT (<urn:f>(1) AS ?x) {}"), "csv")


def test_a_query_is_answered_through_a_layer(
    tmp_path: Path, small: Store, elsewhere: Callable[[Store], queries.Remote]
) -> None:
    asked = query(tmp_path, "SELECT ?s ?o { ?s <urn:label> ?o }", f"{TITLES}#+ parameter: s\n")
    assert list(asked.rows(elsewhere(small), s=NamedNode("urn:b"))) == [
        {"s": NamedNode("urn:b"), "o": Literal("b")}
    ]
    found = query(tmp_path, "CONSTRUCT { <c> <urn:x> 'x' } {}").results(elsewhere(small))
    assert queries.serialise(found, "csv") == '<https://w3id.org/teixit/c> <urn:x> "x" .\n'


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 3000])
@pytest.mark.parametrize(
    "format_", [RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD]
)
def test_any_number_of_triples_is_written(count: int, format_: RdfFormat) -> None:
    prop = NamedNode(queries.PREFIXES["rdfs"] + "label")
    triples = [Triple(NamedNode(f"urn:{at}"), prop, Literal(at)) for at in range(count)]
    stream = BytesIO()
    queries.write_triples(iter(triples), stream, format_)
    assert [quad.triple for quad in parse(stream.getvalue(), format_)] == triples
    if format_ == RdfFormat.TURTLE:
        prefixes = min(count, 1) if count < 1000 else len(queries.PREFIXES)
        head = stream.getvalue().decode().splitlines()[:prefixes]
        assert all(line.startswith("@prefix ") for line in head)
        assert head == sorted(head)


def test_a_catalogue_is_in_the_order_of_its_names() -> None:
    names = [query.name for query in queries.catalogue()]
    assert names == sorted(names)
    assert len(names) >= 25


def test_an_empty_catalogue_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no query; is the installation complete"):
        queries.catalogue(tmp_path)


def test_an_unknown_question_lists_those_that_come_near() -> None:
    known = next(queries.catalogue()).name
    with pytest.raises(KnowledgeError, match=rf"no question 'cq01'; there are: {known}$"):
        queries.named("cq01")
    with pytest.raises(KnowledgeError, match=r"there are: .*, .*,"):
        queries.named("nothing like it")


@pytest.mark.parametrize("file", sorted(paths.QUERIES.glob("*.rq")), ids=lambda file: file.stem)
def test_the_queries_of_the_package_are_sparql(file: Path, small: Store) -> None:
    read = queries.read(file)
    values = {Variable(name): LABEL for name in read.parameters}
    # A description of the endpoint is relative to where the endpoint is.
    small.query(read.text, base_iri="http://localhost/sparql", substitutions=values)


@pytest.mark.parametrize(
    ("text", "format_", "expected"),
    [
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", "csv", "o\na\nb\n"),
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", "tsv", '?o\n"a"\n"b"\n'),
        ("SELECT ?x { VALUES ?x { 1 UNDEF UNDEF } }", "csv", "x\n1\n\n\n"),
        ('SELECT ?x { VALUES ?x { "a\\r\\nb,\\"" } }', "csv", 'x\n"a\r\nb,"""\n'),
        ("ASK { ?s ?p 'a' }", "json", '{"head":{},"boolean":true}\n'),
        ("CONSTRUCT { ?s <urn:x> ?o } { ?s ?p ?o FILTER (?o = 'a') }", "csv", None),
    ],
)
def test_results_are_written(small: Store, text: str, format_: str, expected: str | None) -> None:
    written = queries.serialise(queries.evaluate(small, text), format_)
    assert written == (expected or '<urn:a> <urn:x> "a" .\n')


def test_turtle_has_the_prefixes_that_it_uses_in_their_order(store: Store) -> None:
    text = "DESCRIBE <https://w3id.org/teixit/id/district-03>"
    first, again = (queries.serialise(queries.evaluate(store, text), "csv") for _ in range(2))
    prefixes = [line for line in first.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert "@prefix esadm:" in first
    assert "@prefix oa:" not in first
    assert len(first) == len(again)
