"""A graph, and what it can be asked."""

import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Store

from teixit import engine, parameters, protocol, queries, searching
from teixit.errors import NotFoundError
from teixit.findings import Finding
from teixit.languages import in_language
from teixit.library import frames
from teixit.library.naming import Names, iri_of, spelled
from teixit.library.tables import Table, table_of
from teixit.library.things import QUERIES, Description, described
from teixit.library.values import Value
from teixit.queries import Query, Remote, Term
from teixit.searching import Index, Thing, words
from teixit.searching.contents import KINDS

if TYPE_CHECKING:
    from pandas import DataFrame

#: So many things a search gives where nobody asks for more or fewer.
_FOUND: Final = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that a search has found.

    Args:
        iri: Of the thing.
        kind: What it is, such as ``project`` or ``district``.
        label: What it is called.
        text: What is said of it, if anything is.
    """

    iri: str
    kind: str
    label: str
    text: str | None


class Graph:
    """A graph that is open; see :func:`teixit.open_graph`.

    Args:
        store: The graph, here or behind another server.
        language: Of names and texts: ``ca``, ``es`` or ``en``.
        checked: Gives what is wrong with the graph.
        index: Makes the index that searches are answered from in the file that it is given.
    """

    def __init__(
        self,
        store: Store | Remote,
        language: str,
        checked: Callable[[], Sequence[Finding]],
        index: Callable[[Path], None] | None = None,
    ) -> None:
        self.language = language
        self._store = store
        self._checked = checked
        self._make_index = index or self._indexed

    @cached_property
    def questions(self) -> Mapping[str, Query]:
        """The questions that Teixit has a tested answer to, by their names.

        >>> from teixit import open_graph
        >>> open_graph().questions["cq01-measures-of-the-line"].title["en"]
        'Which measures does each objective of the line have?'
        """
        return MappingProxyType({query.name: query for query in queries.catalogue()})

    def question(self, name: str) -> Query:
        """Give the question called *name*.

        Raises:
            KnowledgeError: There is none; says which come near.
        """
        return queries.named(name)

    def answer(self, name: str, /, **values: Value | Term) -> Table:
        """Answer the question called *name*.

        Args:
            name: One of :attr:`questions`.
            values: Those of its parameters: the name of a thing, such as
                ``district-03``, its IRI, a number, or a term of RDF.

        >>> from teixit import open_graph
        >>> table = open_graph().answer("cq01-measures-of-the-line")
        >>> len(table), table[0]["number"]
        (3, 29)
        >>> len(open_graph().answer("cq56-what-happens-in-a-year", year=2017))
        12

        Raises:
            KnowledgeError: There is none.
            QueryError: The parameters are not its own, or a value is none of those that there are:
                says which.
            RequestError: The graph cannot say.
        """
        query = self.question(name)
        return table_of(query.results(self._store, **self.values(query, values)))

    def values(self, query: Query, given: Mapping[str, Value | Term]) -> Mapping[str, Term]:
        """Give the terms that the parameters of a question are *given*, as :meth:`answer` has them.

        Raises:
            QueryError: They are not its own, or a value is none of those that there are.
            RequestError: The graph cannot say which there are.
        """
        terms = {key: value for key, value in given.items() if not isinstance(value, Value)}
        texts = {key: spelled(value) for key, value in given.items() if isinstance(value, Value)}
        asked = [one for one in parameters.of(query, self._store) if one.name not in terms]
        return {**terms, **parameters.values(asked, texts)}

    def query(self, text: str) -> Table:
        """Answer a query in SPARQL 1.1.

        >>> from teixit import open_graph
        >>> text = "PREFIX teixit: <https://w3id.org/teixit/def#> ASK { ?x a teixit:Measure }"
        >>> [*open_graph().query(text)]
        [{'answer': True}]

        Raises:
            QueryError: It is not SPARQL: says line and column.
            RequestError: The graph cannot say.
        """
        return table_of(engine.query(self._store, text, base=protocol.ENDPOINT))

    def describe(self, thing: str, *, language: str | None = None) -> Description:
        """Tell what is said of a *thing*, with the passages and sources that say so.

        Args:
            thing: An IRI, a name with a prefix, or the name of a thing of ours alone.
            language: That of names and texts; that of the graph by default.

        >>> from teixit import open_graph
        >>> coopolis = open_graph(language="en").describe("project-coopolis")
        >>> coopolis.label
        'Coòpolis'
        >>> named = [one for one in coopolis.statements if one.property_label == "type"]
        >>> named[0].said_by[0].sentence[:43]
        'Impulsar projectes emblemàtics de ciutat co'

        Raises:
            NotFoundError: Nothing is said of it.
            RequestError: The graph cannot say.
        """
        return described(self._store, iri_of(thing), language or self.language)

    def search(
        self, text: str, *, language: str | None = None, kind: str | None = None, most: int = _FOUND
    ) -> Sequence[Hit]:
        """Find things by what they are called and what is said of them; the best first.

        The first search reads the graph for it: a second for each 100,000 statements or so.

        Args:
            text: Words, in whatever language.
            language: That in which labels and texts are given; that of the graph by default.
            kind: Such as ``project`` or ``district``: others are left out.
            most: How many at most, up to 1000.

        >>> from teixit import open_graph
        >>> [hit.label for hit in open_graph().search("coopolis")][:1]
        ['Coòpolis']

        Raises:
            LimitError: The words are in too much.
            NotFoundError: There is no such *kind*.
        """
        if kind is not None and kind not in KINDS:
            raise NotFoundError(f"{kind!r}: expected one of {', '.join(KINDS)}")
        asked = words.asked(text)
        things = self._index.find(asked, kind, 0, most).things if asked else ()
        return [_hit(thing, language or self.language) for thing in things]

    def check(self) -> Sequence[Finding]:
        """List what breaks the rules of the shapes, what is best mended first.

        >>> from teixit import open_graph
        >>> {finding.severity.value for finding in open_graph().check()}
        {'Info'}

        Raises:
            KnowledgeError: The graph is on another server: check it where its files are.
        """
        return self._checked()

    def frame(self, class_: str) -> "DataFrame":
        """Give the things of a class as a data frame of pandas.

        A row is a thing, with its IRI as the index; a column is a property, by its label. Things
        are named by their labels; several values in one cell are joined by semicolons.

        Args:
            class_: An IRI, a name with a prefix, or the name of a class of ours alone.

        >>> from teixit import open_graph
        >>> frame = open_graph(language="en").frame("Measure")
        >>> frame["number"].tolist()
        [29, 31, 32]

        Raises:
            NotFoundError: There is nothing of this class.
            SettingError: pandas is not installed.
            RequestError: The graph cannot say.
        """
        node = NamedNode(iri_of(class_))
        rows = [*_query("class-statements").rows(self._store, **{"class": node})]
        if not rows:
            raise NotFoundError(f"nothing is a <{node.value}>")
        named = _query("class-names").rows(self._store, **{"class": node})
        return frames.of_things(rows, Names(named, self.language), self.language)

    @cached_property
    def _index(self) -> Index:
        folder = tempfile.mkdtemp(prefix="teixit-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        file = Path(folder) / "index.sqlite"
        self._make_index(file)
        return Index(file)

    def _indexed(self, file: Path) -> None:
        if isinstance(self._store, Store):
            statements = searching.of_quads(self._store)
        else:
            statements = searching.of_store(self._store)
        searching.build(statements, file, "")


def _query(name: str) -> Query:
    return queries.named(name, QUERIES)


def _hit(thing: Thing, language: str) -> Hit:
    def said(*roles: str) -> str | None:
        texts = {one.language or "": one.value for one in reversed(thing.said) if one.role in roles}
        return in_language(texts, language) if texts else None

    return Hit(thing.iri, thing.kind, said("name", "title") or thing.iri, said("text"))
