"""Values in the words of the file they came from.

The engine keeps numbers and times by their value: ``"007"^^xsd:integer`` is given back as
``"7"^^xsd:integer``, and ``"-3"^^xsd:negativeInteger`` as an ``xsd:integer``. RDF 1.1, section
3.3, has them as different terms. Where the files that are served write a value in one way
only, an answer can say it that way again; where they write it in several, it says it in the
engine's way, as it does whatever a query computes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
    parse_query_results,
)

from teixit import engine, namespaces, queries, store, tokens
from teixit.queries import Found, Term
from teixit.tokens import Tokens

#: The files of more bytes than this are not read a second time; a second for each 25 MB.
LARGEST: Final = 16 * 1024 * 1024

_ANY: Final = NamedNode("urn:teixit:any")
_UNTYPED: Final = frozenset(
    {
        "http://www.w3.org/2001/XMLSchema#string",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString",
    }
)
#: With one of these words a query may give values that no file has.
_COMPUTING: Final = frozenset({"AS", "VALUES"})
_CONSTANT: Final = re.compile(r"\^\^|\.?[0-9].*|true|false", re.IGNORECASE | re.DOTALL)


class AsWritten:
    """A store whose answers say values as its files do.

    Args:
        inner: The store.
        forms: For what the engine gives back, what stood in the files.
    """

    def __init__(self, inner: Store, forms: Mapping[Literal, Literal]) -> None:
        self._inner = inner
        self._forms = forms
        self._written = {_json(given): _json(form) for given, form in forms.items()}
        self._given = re.compile(b"|".join(map(re.escape, self._written)))

    def query(
        self,
        text: str,
        *,
        base: str = f"{namespaces.BASE}sparql",
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        """Answer a query as :func:`teixit.engine.query` does, and raise what it raises."""
        found = engine.query(
            self._inner,
            text,
            base=base,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            values=values,
        )
        scanned = tokens.scan(text)
        if values or _computes(scanned) or isinstance(found, QueryBoolean):
            return found
        if isinstance(found, QuerySolutions):
            with queries.client_to_blame(text):
                return self._solutions(found)
        return found if _has_constants(scanned) else map(self._triple, found)

    def _solutions(self, found: QuerySolutions) -> QuerySolutions:
        given = found.serialize(format=QueryResultsFormat.JSON) or b""
        written = self._given.sub(lambda term: self._written[term[0]], given)
        restored = parse_query_results(written, QueryResultsFormat.JSON)
        assert isinstance(restored, QuerySolutions)  # noqa: S101 - as it was
        return restored

    def _triple(self, triple: Triple) -> Triple:
        value = triple.object
        if not isinstance(value, Literal):
            return triple
        return Triple(triple.subject, triple.predicate, self._forms.get(value, value))


def as_written(loaded: Store, files: Iterable[Path]) -> Store | AsWritten:
    """Give *loaded* so that its answers say values as *files* do.

    It is given as it is where the files leave nothing to restore, or have more than
    :data:`LARGEST` bytes together.

    Raises:
        KnowledgeError: A file is missing, of another format, or does not parse.
    """
    found = list(files)
    if sum(file.stat().st_size for file in found) > LARGEST:
        return loaded
    forms = _forms(chain.from_iterable(map(store.read_as_is, found)))
    return AsWritten(loaded, forms) if forms else loaded


def _forms(quads: Iterator[Quad]) -> dict[Literal, Literal]:
    """Find the values that are written in one way, which is not the engine's."""
    typed = {
        quad.object
        for quad in quads
        if isinstance(quad.object, Literal) and quad.object.datatype.value not in _UNTYPED
    }
    kept = Store()
    listed = list(typed)
    kept.extend(
        Quad(NamedNode(f"urn:{number}"), _ANY, literal) for number, literal in enumerate(listed)
    )
    given = [(quad.object, quad.subject) for quad in kept if isinstance(quad.object, Literal)]
    ways: defaultdict[Literal, list[Literal]] = defaultdict(list)
    for value, name in given:
        ways[value].append(listed[int(str(name)[5:-1])])
    return {value: way[0] for value, way in ways.items() if len(way) == 1 and way[0] != value}


def _computes(query: Tokens) -> bool:
    return any(word.upper() in _COMPUTING for word in query.words)


def _has_constants(query: Tokens) -> bool:
    """Tell whether *query* has values of its own, which CONSTRUCT would give."""
    return any(_CONSTANT.fullmatch(word) for word in query.words)


def _json(literal: Literal) -> bytes:
    """Write *literal* as SPARQL 1.1 Query Results JSON does (section 3.2.2)."""
    row = parse_query_results(f"?x\n{literal}\n".encode(), QueryResultsFormat.TSV)
    written = row.serialize(format=QueryResultsFormat.JSON) or b""
    return written.split(b'"bindings":[{"x":', 1)[1].removesuffix(b"}]}}")
