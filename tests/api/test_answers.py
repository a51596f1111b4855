import csv
import json
import tracemalloc
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from teixit import protocol
from teixit.answers import Answer
from teixit.errors import NotAcceptableError, QueryError
from teixit.protocol import Operation, evaluate
from teixit.tabular import PARQUET, XLSX

CSV, TSV = "text/csv", "text/tab-separated-values"
XML, RDF_XML = "application/sparql-results+xml", "application/rdf+xml"
#: The example of section 1.1 of SPARQL 1.1 Query Results CSV and TSV Formats, and more.
NASTY = r"""
SELECT ?x ?literal {
  VALUES (?row ?x ?literal) {
    (1 <http://example/x> "String")
    (2 <http://example/x> "String-with-dquote\"")
    (3 UNDEF "Missing 'x'")
    (4 UNDEF UNDEF)
    (5 <http://example/x> UNDEF)
    (6 "" "String-with-lang"@en)
    (7 "a,b" 123)
    (8 "line\nfeed" "carriage\rreturn")
    (9 "tab\t" "back\\slash")
    (10 "'" "'''\"\"\"")
    (11 " padded " "=1+1")
    (12 1.5 "x"^^<http://example/type>)
    (13 true "\u0000\u2028é\U0001F9F6")
  }
} ORDER BY ?row
"""


@pytest.fixture(scope="module")
def big() -> Store:
    """A graph whose whole answer is some megabytes."""
    store, prop = Store(), NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.extend(
        Quad(NamedNode(f"urn:{at}"), prop, Literal(f"label of {at} " * 5)) for at in range(20_000)
    )
    return store


class Counter:
    """A stream that keeps nothing."""

    def __init__(self) -> None:
        self.pieces = 0
        self.bytes = 0

    def write(self, data: bytes) -> int:
        self.pieces += 1
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held."""


class Full:
    """A stream that has no room, as it says in its own way."""

    def write(self, data: bytes) -> int:
        raise OSError(28, f"no room for {len(data)}")

    def flush(self) -> None:
        """Nothing is held."""


def broken() -> Iterator[Triple]:
    """The engine, as it is where it gives up."""
    yield from ()
    raise RuntimeError("no more")


def found(query: str, store: Store | None = None) -> Answer:
    return evaluate(store or Store(), Operation(query))


def written(query: str, media_type: str) -> str:
    return found(query).response(media_type).body.decode()


def test_csv_is_as_the_specification_says() -> None:
    assert written(NASTY, CSV).split("\r\n") == [
        "x,literal",
        "http://example/x,String",
        'http://example/x,"String-with-dquote"""',
        ",Missing 'x'",
        ",",
        "http://example/x,",
        ",String-with-lang",
        '"a,b",123',
        '"line\nfeed","carriage\rreturn"',
        "tab\t,back\\slash",
        '\',"\'\'\'"""""""',
        " padded ,=1+1",
        "1.5,x",
        "true,\0\u2028é\U0001f9f6",
        "",
    ]


def test_csv_is_read_back_by_a_reader_of_its_own() -> None:
    rows = list(csv.reader(StringIO(written(NASTY, CSV), newline="")))
    assert {len(row) for row in rows} == {2}
    assert rows[8] == ["line\nfeed", "carriage\rreturn"]
    assert len(rows) == 14


def test_tsv_is_as_the_specification_says() -> None:
    assert written(NASTY, TSV).split("\n") == [
        "?x\t?literal",
        '<http://example/x>\t"String"',
        '<http://example/x>\t"String-with-dquote\\""',
        "\t\"Missing 'x'\"",
        "\t",
        "<http://example/x>\t",
        '""\t"String-with-lang"@en',
        '"a,b"\t123',
        '"line\\nfeed"\t"carriage\\rreturn"',
        '"tab\\t"\t"back\\\\slash"',
        '"\'"\t"\'\'\'\\"\\"\\""',
        '" padded "\t"=1+1"',
        '1.5\t"x"^^<http://example/type>',
        'true\t"\0\u2028é\U0001f9f6"',
        "",
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_any_texts_are_read_back(texts: list[str]) -> None:
    values = " ".join(str(Literal(text)) for text in texts)
    query = f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"
    _, *rows = csv.reader(StringIO(written(query, CSV), newline=""))
    assert [row[0] if row else "" for row in rows] == texts
    from_tsv = parse_query_results(written(query, TSV), QueryResultsFormat.TSV)
    assert isinstance(from_tsv, QuerySolutions)
    assert [row["x"] for row in from_tsv] == list(map(Literal, texts))
    assert found(query).table(5)[1] == len(texts)


@pytest.mark.parametrize(
    ("query", "as_csv", "as_tsv"),
    [
        ("SELECT * {}", "\r\n\r\n", "\n\n"),
        ("SELECT ?x { FILTER (false) }", "x\r\n", "?x\n"),
        ("SELECT ?x { VALUES ?x { UNDEF UNDEF } }", "x\r\n\r\n\r\n", "?x\n\n\n"),
    ],
)
def test_a_row_without_values_is_a_line(query: str, as_csv: str, as_tsv: str) -> None:
    assert (written(query, CSV), written(query, TSV)) == (as_csv, as_tsv)


@pytest.mark.parametrize(("media_type", "separator"), [(CSV, ","), (TSV, "\t")])
def test_a_blank_node_has_one_label_in_an_answer(media_type: str, separator: str) -> None:
    lines = written("SELECT ?x (?x AS ?y) { BIND (BNODE() AS ?x) }", media_type).splitlines()
    one, other = lines[1].split(separator)
    assert one == other
    assert one.startswith("_:")


@pytest.mark.parametrize(
    ("query", "offers"),
    [
        ("SELECT * {}", (*protocol.TABLES, "application/geo+json", XLSX, PARQUET)),
        ("ASK {}", tuple(protocol.BOOLEANS)),
        ("CONSTRUCT WHERE {}", tuple(protocol.GRAPHS)),
    ],
)
def test_each_form_has_its_formats(query: str, offers: tuple[str, ...]) -> None:
    assert found(query).offers == offers
    assert not {CSV, TSV} & set(protocol.BOOLEANS)


@pytest.mark.parametrize("media_type", protocol.TABLES)
def test_a_table_is_written_as_the_engine_writes_it(big: Store, media_type: str) -> None:
    query, whole = "SELECT * { ?s ?p ?o }", BytesIO()
    big.query(query).serialize(whole, protocol.TABLES[media_type])
    assert found(query, big).response(media_type).body == whole.getvalue()


@pytest.mark.parametrize("media_type", protocol.GRAPHS)
@pytest.mark.parametrize("most", [1, 5000])
def test_a_graph_is_written_whole(big: Store, media_type: str, most: int) -> None:
    query = f"CONSTRUCT WHERE {{ ?s ?p ?o }} LIMIT {most}"
    body = found(query, big).response(media_type).body
    assert set(parse(body, protocol.GRAPHS[media_type])) == {
        Quad(*triple) for triple in big.query(query)
    }


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT * { ?s ?p ?o }", "application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o }", XML),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", RDF_XML),
    ],
)
def test_a_big_answer_is_written_in_pieces(big: Store, query: str, media_type: str) -> None:
    answer, stream = found(query, big), Counter()
    tracemalloc.start()
    try:
        answer.write(media_type, stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert stream.bytes > 1_500_000
    assert stream.pieces > 100
    assert peak < stream.bytes / 2


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        (r"SELECT ('\u0001' AS ?x) {}", XML),
        (r"SELECT ('\uFFFE' AS ?x) {}", "application/xml"),
        (r"CONSTRUCT { <urn:a> <urn:p> '\u0001' } {}", RDF_XML),
        ("CONSTRUCT { <urn:a> <http://x.example/1> 'x' } {}", RDF_XML),
    ],
)
def test_what_xml_cannot_hold_is_refused(query: str, media_type: str) -> None:
    with pytest.raises(NotAcceptableError, match="XML"):
        written(query, media_type)


def test_the_fault_of_a_stream_passes_through() -> None:
    for query, media_type in (
        ("SELECT * {}", CSV),
        ("CONSTRUCT { <urn:a> <urn:p> 1 } {}", "text/turtle"),
    ):
        with pytest.raises(OSError, match="no room for"):
            found(query).write(media_type, Full())


def test_what_the_engine_gives_up_on_is_said() -> None:
    with pytest.raises(QueryError, match="cannot be answered"):
        Answer(broken()).response("text/turtle")


@pytest.mark.parametrize(("most", "shown"), [(0, 0), (1, 1), (5, 5), (13, 13), (99, 13)])
def test_a_page_has_the_first_rows_and_their_number(most: int, shown: int) -> None:
    table, total = found(NASTY).table(most)
    whole = json.loads(written(NASTY, "application/sparql-results+json"))
    whole["results"]["bindings"] = whole["results"]["bindings"][:shown]
    assert (json.loads(table), total) == (whole, 13)


def test_a_page_counts_rows_without_values() -> None:
    table, total = found("SELECT * {}").table(10)
    assert (json.loads(table)["results"]["bindings"], total) == ([{}], 1)


def test_any_triples_can_be_an_answer() -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:p"), Literal("x"))
    body = Answer(iter([triple])).response("text/turtle").body
    assert [quad.triple for quad in parse(body, RdfFormat.TURTLE)] == [triple]


def test_csv_quotes_iris_and_triple_terms() -> None:
    text = "SELECT * { VALUES (?a ?b) { (<urn:a,b> <<(<urn:s> <urn:p> 'o')>>) } }"
    body = evaluate(Store(), Operation(text)).response(CSV).body.decode()
    (row,) = list(csv.reader(StringIO(body, newline="")))[1:]
    assert row == ["urn:a,b", '<<( <urn:s> <urn:p> "o" )>>']
