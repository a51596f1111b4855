from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from teixit import lexical, store
from teixit.errors import QueryError
from teixit.lexical import AsWritten

XSD = "http://www.w3.org/2001/XMLSchema#"
DATA = f"""
@prefix x: <{XSD}> .
<urn:one> <urn:p> "007"^^x:integer , "-3"^^x:negativeInteger , 2.0 , "a" , "b"@ca .
<urn:two> <urn:p> "1"^^x:integer , "01"^^x:integer , "x"^^<urn:t> , 5 .
"""

Served = Callable[[str], Store | AsWritten]


@pytest.fixture
def served(tmp_path: Path) -> Served:
    def serve(data: str) -> Store | AsWritten:
        file = tmp_path / "data.ttl"
        file.write_text(data, "utf-8")
        return lexical.as_written(store.load_files([file]), [file])

    return serve


def integer(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"{XSD}integer"))


def found(asked: Store | AsWritten, query: str, **values: Literal) -> set[object]:
    assert isinstance(asked, AsWritten)
    answer = asked.query(query, values=values)
    if isinstance(answer, QuerySolutions):
        return {value for row in answer for value in row}
    assert not isinstance(answer, QueryBoolean)
    return {triple.object for triple in answer}


WRITTEN = {
    integer("007"),
    Literal("-3", datatype=NamedNode(f"{XSD}negativeInteger")),
    Literal("2.0", datatype=NamedNode(f"{XSD}decimal")),
    Literal("a"),
    Literal("b", language="ca"),
}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { <urn:one> ?p ?o }",
        "CONSTRUCT WHERE { <urn:one> ?p ?o }",
        "DESCRIBE <urn:one>",
    ],
)
def test_values_come_back_as_they_were_written(served: Served, query: str) -> None:
    assert found(served(DATA), query) == WRITTEN


def test_a_value_written_in_two_ways_is_said_in_the_engine_s(served: Served) -> None:
    values = found(served(DATA), "SELECT ?o { <urn:two> ?p ?o }")
    assert values == {integer("1"), integer("5"), Literal("x", datatype=NamedNode("urn:t"))}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (3 + 4 AS ?x) {}",
        "SELECT ?x { VALUES ?x { 7 } }",
        "SELECT ?x { BIND(7 AS ?x) }",
        "CONSTRUCT { <urn:s> <urn:p> 7 } {}",
    ],
)
def test_what_a_query_says_itself_stays_as_it_is(served: Served, query: str) -> None:
    assert found(served(DATA), query) == {integer("7")}


def test_values_of_the_request_stay_as_they_are(served: Served) -> None:
    assert found(served(DATA), "SELECT ?o { ?s ?p ?o }", o=integer("7")) == {integer("7")}


def test_values_are_still_found_and_compared(served: Served) -> None:
    asked = served(DATA)
    assert found(asked, "SELECT ?o { ?s ?p ?o FILTER(?o = 7) }") == {integer("007")}
    assert isinstance(asked, AsWritten)
    assert asked.query("ASK { ?s ?p 7 }")


def test_triples_about_things_are_left(served: Served) -> None:
    data = f"{DATA} <urn:three> <urn:p> <urn:one> ."
    assert found(served(data), "CONSTRUCT WHERE { <urn:three> ?p ?o }") == {NamedNode("urn:one")}


def test_errors_are_the_engine_s(served: Served) -> None:
    with pytest.raises(QueryError, match="line 1"):
        found(served(DATA), "SELECT")


def test_files_without_such_values_need_nothing(served: Served) -> None:
    assert isinstance(served('<urn:s> <urn:p> 1 , true , "a" .'), Store)


def test_large_files_are_served_as_the_engine_has_them(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "LARGEST", 10)
    assert isinstance(served(DATA), Store)
