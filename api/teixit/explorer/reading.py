"""Asking the queries of the explorer for a reader of one language."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from teixit import binding, paths, queries
from teixit.explorer import addresses
from teixit.explorer.views import Asked, Cell, Evidence, Voice
from teixit.namespaces import TERM
from teixit.queries import Query, Remote, Term

#: The queries that views are made with.
QUERIES: Final = paths.QUERIES / "explorer"
#: The parameter of a query that is the tag of the reader's language.
_LANGUAGE: Final = "language"
#: What the kinds of graphs of the ontology are here.
VOICES: Final[Mapping[str, Voice]] = {
    f"{TERM}Passage": "passage",
    f"{TERM}SourceExtract": "extract",
    f"{TERM}Conclusion": "conclusion",
    f"{TERM}Translation": "translation",
    f"{TERM}Record": "record",
}

#: The datatypes of numbers: others than these the engine gives back as one of them.
_NUMBERS: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")
)

#: The terms of a row that are bound, by the names of the variables.
Row: TypeAlias = Mapping[str, Term]


class Reader:
    """Asks for a reader, and remembers what was asked.

    Args:
        store: The graph, here or through the workers.
        language: Of the reader, one of :data:`teixit.languages.LANGUAGES`.
    """

    def __init__(self, store: Store | Remote, language: str) -> None:
        self.language = language
        self._store = store
        self._asked: dict[Asked, None] = {}

    @property
    def asked(self) -> Sequence[Asked]:
        """The queries that were asked so far, in order, each with its values."""
        return [*self._asked]

    def rows(self, name: str, /, **values: Term) -> Sequence[Row]:
        """Answer the query *name* of ``queries/explorer``; its ``?language`` is the reader's.

        Raises:
            KnowledgeError: There is no such query, or the values are not its parameters.
            RequestError: The workers or the other server cannot say.
        """
        return self._rows(_query(name), values)

    def page(self, name: str, start: int, most: int, /, **values: Term) -> Sequence[Row]:
        """Answer the query *name* as :meth:`rows` does: *most* of its rows, from *start* on.

        A number of rows is no term that could be bound (SPARQL 1.1 Query, section 15.5).
        """
        query = _query(name)
        part = f"{query.text}LIMIT {most:d} OFFSET {start:d}\n"
        return self._rows(replace(query, text=part), values)

    def _rows(self, query: Query, values: Mapping[str, Term]) -> Sequence[Row]:
        if _LANGUAGE in query.parameters:
            values = {_LANGUAGE: Literal(self.language), **values}
        found = [*query.rows(self._store, **values)]
        text = binding.bound(query.text, "SELECT", values) if values else query.text
        self._asked[Asked(query.title[self.language], text)] = None
        return found

    def cell(self, row: Row, text: str, thing: str = "", evidence: Sequence[Evidence] = ()) -> Cell:
        """Show what the variable *text* of a *row* has, as a link to what *thing* has.

        A text in another language than the reader's says in which; an unbound one is empty.
        """
        said = row.get(text)
        value = getattr(said, "value", "")
        language = said.language if isinstance(said, Literal) else None
        found = row.get(thing)
        return Cell(
            value,
            addresses.about(found.value, self.language) if isinstance(found, NamedNode) else None,
            language if language != self.language else None,
            number(said),
            evidence,
        )

    def evidence(self, row: Row, graph: str = "graph") -> Evidence | None:
        """Say who says what stands in a *row*: the graph that the variable *graph* names.

        What is known of it stands in ``?graphKind``, ``?graphLabel``, ``?graphSentence`` and
        ``?graphConfidence``, with the name of the variable in the place of ``graph``. A cell of a
        table is a passage, but not one of the plan: another source says so.
        """
        found = row.get(graph)
        if not isinstance(found, NamedNode):
            return None

        def value(part: str) -> str | None:
            return getattr(row.get(f"{graph}{part}"), "value", None)

        voice = VOICES.get(value("Kind") or "", "record")
        return Evidence(
            "extract" if voice == "passage" and addresses.is_cell(found.value) else voice,
            value("Label") or found.value,
            addresses.about(found.value, self.language) or "",
            value("Sentence"),
            value("Confidence"),
        )


def number(term: Term | None) -> float | None:
    """Give the finite number that a literal is, if its datatype is one of numbers (XSD 1.1, 2)."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return None
    try:
        found = float(term.value)
    except ValueError:  # "many"^^xsd:integer is a literal too
        return None
    return found if math.isfinite(found) else None


@cache
def _query(name: str) -> Query:
    return queries.named(name, QUERIES)
