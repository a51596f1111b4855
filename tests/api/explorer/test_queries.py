"""Each query of the explorer, by its file."""

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store

from teixit import queries
from teixit.explorer import reading
from teixit.explorer.reading import Reader
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES, TERM, THING
from teixit.queries import Query, Term, evaluate

RDF = PREFIXES["rdf"]
QUERIES = {file.stem: queries.read(file) for file in sorted(reading.QUERIES.glob("*.rq"))}
LANGUAGE: Mapping[str, Term] = {"language": Literal("ca")}

NIL, TYPE = NamedNode(f"{RDF}nil"), NamedNode(f"{RDF}type")
CLASS = NamedNode(f"{TERM}FlagshipProject")
#: What is chosen of a list: a district, no more than one project of a kind, and nothing else.
CHOSEN: Mapping[str, Term] = {
    "class": CLASS,
    **{f"property{number}": TYPE for number in range(1, 6)},
    **{f"{part}{number}": NIL for number in range(1, 6) for part in ("via", "kind")},
    **{f"value{number}": CLASS for number in range(1, 6)},
    "property1": NamedNode(f"{TERM}locatedIn"),
    "value1": NamedNode(f"{THING}district-03"),
    "property2": NamedNode(f"{TERM}concernsAxis"),
    "value2": NIL,
}
COLUMN: Mapping[str, Term] = {"property": NamedNode(f"{TERM}hasKind"), "via": NIL, "kind": NIL}
SOME: Mapping[str, Term] = {
    "things": Literal(f" 0<{THING}project-coopolis> 1<{THING}district-03>"),
}
#: The queries of the lists have no values without those that they are asked with.
LISTED: Mapping[str, Mapping[str, Term]] = {
    "list-count": CHOSEN,
    "list-values": {**CHOSEN, **COLUMN},
    "list-page": {
        **CHOSEN,
        "order": NamedNode(f"{TERM}locatedIn"),
        "orderKind": NIL,
        "down": Literal(True),  # noqa: FBT003 - the only way to write it
    },
    "list-cells": {**SOME, **COLUMN},
    "list-names": SOME,
    "list-places": SOME,
    # Nothing in the graph has the word by itself; few texts have this one, so no limit cuts them.
    "texts-with-word": {"word": Literal("intercooperació")},
}

#: A row as its names and the texts of its terms, each with its language and its datatype.
Row: TypeAlias = tuple[tuple[str, ...], ...]


@pytest.fixture(params=QUERIES)
def query(request: pytest.FixtureRequest) -> Query:
    return QUERIES[request.param]


@pytest.fixture(scope="session")
def other_engine(store: Store) -> rdflib.Dataset:
    """The graph in an engine that has nothing in common with ours."""
    graph = rdflib.Dataset(default_union=True)
    dump = store.dump(format=RdfFormat.N_QUADS)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Dataset", DeprecationWarning)
        graph.parse(data=dump.decode(), format="nquads")
    return graph


def solutions(store: Store, text: str, values: Mapping[str, Term] | None = None) -> QuerySolutions:
    found = evaluate(store, text, values)
    assert isinstance(found, QuerySolutions)
    return found


def examples(query: Query, store: Store) -> Mapping[str, Term]:
    """Values for all parameters: of those that the query gives without them, the most frequent."""
    if query.name in LISTED:
        return LISTED[query.name] | {n: LANGUAGE[n] for n in query.parameters & LANGUAGE.keys()}
    known = {name: LANGUAGE[name] for name in query.parameters & LANGUAGE.keys()}
    others = sorted(query.parameters - known.keys())
    if not others:
        return known
    found = (tuple(row[name] for name in others) for row in solutions(store, query.text, known))
    named = (terms for terms in found if not any(isinstance(t, BlankNode | None) for t in terms))
    ((terms, _),) = Counter(named).most_common(1)
    return known | dict(zip(others, terms, strict=True))


def term(value: Term) -> tuple[str, ...]:
    if not isinstance(value, Literal):
        return ("_:" if isinstance(value, BlankNode) else value.value,)
    return value.value, value.language or "", value.datatype.value


def their_term(value: rdflib.term.Node) -> tuple[str, ...]:
    if not isinstance(value, rdflib.Literal):
        return ("_:" if isinstance(value, rdflib.BNode) else str(value),)
    plain = rdflib.RDF.langString if value.language else rdflib.XSD.string
    return str(value), value.language or "", str(value.datatype or plain)


def ours(rows: Iterable[Mapping[str, Term]]) -> list[Row]:
    return sorted(tuple(sorted((name, *term(row[name])) for name in row)) for row in rows)


def theirs(rows: rdflib.query.Result) -> list[Row]:
    found = (row.asdict() for row in rows)  # type: ignore[union-attr]
    return sorted(
        tuple(sorted((name, *their_term(value)) for name, value in row.items())) for row in found
    )


def test_a_query_has_a_title_in_each_language_and_gives_its_parameters(query: Query) -> None:
    assert query.title.keys() == {*LANGUAGES}
    variables = {variable.value for variable in solutions(Store(), query.text).variables}
    assert query.parameters <= variables


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib calls what it deprecates
def test_it_gives_the_same_bound_in_the_text_and_in_another_engine(
    query: Query, store: Store, other_engine: rdflib.Dataset
) -> None:
    reader = Reader(store, "ca")
    found = ours(reader.rows(query.name, **examples(query, store)))
    assert found
    (asked,) = reader.asked
    rows = solutions(store, asked.text)
    names = [variable.value for variable in rows.variables]
    assert ours({name: row[name] for name in names if row[name]} for row in rows) == found
    assert theirs(other_engine.query(asked.text)) == found
