"""One way to ask a graph: our engine with what SPARQL needs around it, or another server."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QuerySolutions,
    Store,
    Triple,
    Variable,
)

from teixit import datasets, geosparql, guard, namespaces, queries, rewriting, tokens
from teixit.queries import Found, Remote, Term
from teixit.tokens import Tokens

Graphs: TypeAlias = Sequence[NamedNode]
_Value: TypeAlias = NamedNode | BlankNode | Literal | Triple
_Function: TypeAlias = Callable[..., _Value | None]

#: How the engine names the function that it misses.
_MISSING: Final = re.compile(r"The custom function <(.*)> is not supported", re.DOTALL)


def query(  # noqa: PLR0913 - the parts of a request, all but two by name
    store: Store | Remote,
    text: str | Tokens,
    *,
    base: str = f"{namespaces.BASE}sparql",
    default_graphs: Graphs | None = None,
    named_graphs: Graphs | None = None,
    values: Mapping[str, Term] | None = None,
    allowed_services: guard.Allowed = frozenset(),
) -> Found:
    """Answer a query as SPARQL 1.1 has it, after :func:`teixit.guard.check`.

    Args:
        store: The graph, here or behind another server.
        text: The query, or its tokens where they have been read already.
        base: The IRI to which its relative IRIs are relative.
        default_graphs: The graphs of the request, whose merge is asked in place of what the
            query names (SPARQL 1.1 Protocol, section 2.1.4); None with *named_graphs* for none.
        named_graphs: The named graphs of the request, likewise.
        values: What variables are bound to, by their names.
        allowed_services: The servers that SERVICE may ask; none by default.

    Raises:
        QueryError: It is no SPARQL, passes a limit, or the engine gives up on it.
        TooLargeError: It is too long.
        RefusedError: It would ask another server.
    """
    scanned = tokens.scan(text) if isinstance(text, str) else text
    guard.check(scanned, allowed_services)
    if not isinstance(store, Store):
        return store.query(
            scanned.text,
            base=base,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            values=values,
        )
    asked = _Asked(store, scanned, base, values or {})
    with queries.client_to_blame(scanned.text):
        asked.on(default_graphs, named_graphs)
        return asked.answered()


class _Asked:
    """A query on its way to our engine.

    Args:
        store: The graph.
        query: The tokens of the query.
        base: The IRI to which its relative IRIs are relative.
        values: What variables are bound to.
    """

    def __init__(self, store: Store, query: Tokens, base: str, values: Mapping[str, Term]) -> None:
        self._store = store
        self._query = query
        self._base = base
        self._values: dict[Variable, _Value] = {
            Variable(name): value for name, value in values.items()
        }
        self._default: list[NamedNode | BlankNode | DefaultGraph] | None = None
        self._named: list[NamedNode | BlankNode] | None = None
        self._functions: dict[NamedNode, _Function] = {}

    def on(self, default: Graphs | None, named: Graphs | None) -> None:
        """Choose the dataset: the graphs of the request, or those that the query names."""
        if default is None and named is None:
            default, named = self._own_graphs()
            if len(default) <= 1:
                return  # the engine reads them by itself
        default, named = default or (), named or ()
        self._default, self._named = [*default], [*named]
        if len(default) > 1:
            self._store = datasets.merged(self._store, default, named)
            self._default = [DefaultGraph()]

    def answered(self) -> Found:
        """Ask the engine, in other words where it needs them.

        Raises:
            QueryError: There is no way to ask it.
            SyntaxError: The query is no SPARQL; the place is that in the client's own text.
        """
        own = self._query.text
        if geosparql.NAMESPACE in own:
            self._give_geometry()
        sortable = rewriting.sortable(self._query)
        if sortable is None:
            return self._in_other_words()
        self._functions.update(rewriting.FUNCTIONS)
        self._query = tokens.scan(sortable)
        try:
            return self._in_other_words()
        except SyntaxError:  # whose place has to be that in the client's own text
            return self._planned(self._store, own)

    def _in_other_words(self) -> Found:
        text = self._query.text
        other = rewriting.rewritten(
            self._query, self._base, self._graph_names, self._projected, self._has
        )
        if other is None:
            return self._planned(self._store, text)
        self._planned(Store(), text)  # what we make of it must not be better SPARQL than it is
        self._functions.update(rewriting.FUNCTIONS)
        try:
            return self._planned(self._store, other)
        except SyntaxError:  # such as a blank node on both sides of what we put between
            return self._planned(self._store, text)

    def _planned(self, store: Store, text: str) -> Found:
        """Have the engine plan the query; what it does not know has no value (section 17.6)."""
        while True:
            try:
                return store.query(
                    text,
                    base_iri=self._base,
                    default_graph=self._default,
                    named_graphs=self._named,
                    substitutions=self._values,
                    custom_functions=self._functions,
                )
            except RuntimeError as error:
                missing = _MISSING.fullmatch(str(error))
                if missing is None or NamedNode(missing[1]) in self._functions:
                    raise
                self._functions[NamedNode(missing[1])] = _unbound

    def _give_geometry(self) -> None:
        """Hand the engine the functions of GeoSPARQL that the query calls, if it calls any."""
        words = self._query.words
        called = {
            self._query.iri(word, self._base)
            for word, following in pairwise(words)
            if following == "(" and ":" in word and word[0] not in "\"'"
        }
        if called & geosparql.names():
            self._functions.update(geosparql.functions())

    def _own_graphs(self) -> tuple[Graphs, Graphs]:
        try:
            found = datasets.of_query(self._query, self._base)
        except ValueError:
            return (), ()  # the engine says what is wrong with the IRI
        return found.default, found.named

    def _graph_names(self) -> list[str]:
        """Give the named graphs that the query asks; those without a name cannot be."""
        if self._named is not None:
            graphs: Sequence[NamedNode | BlankNode] = self._named
        else:
            default, named = self._own_graphs()
            graphs = named if default or named else [*self._store.named_graphs()]
        return [graph.value for graph in graphs if isinstance(graph, NamedNode)]

    def _has(self, iri: str) -> bool:
        """Tell whether there is a statement about *iri* in the one graph that is asked."""
        lowered = self._query.lowered
        if self._default is not None or "graph" in lowered or "from" in lowered:
            return False
        try:
            node, graph = NamedNode(iri), DefaultGraph()
        except ValueError:
            return False  # the engine says what is wrong with it
        said = self._store.quads_for_pattern(node, None, None, graph)
        named = self._store.quads_for_pattern(None, None, node, graph)
        return next(chain(said, named), None) is not None

    def _projected(self) -> list[str]:
        """Give the variables of a SELECT, which the engine tells without looking at a graph."""
        found = self._planned(Store(), self._query.text)
        assert isinstance(found, QuerySolutions)  # noqa: S101 - only SELECT has a star there
        return [variable.value for variable in found.variables]


def _unbound(*_: object) -> None:
    """Stand for a function that nobody knows: an error, by section 17.6."""
