"""Queries kept as files: their header, their parameters, and running them."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import chain, islice, takewhile
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, Protocol, TypeAlias, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)
from pyoxigraph import serialize as write_rdf

from teixit import paths, sinks
from teixit.errors import KnowledgeError, QueryError
from teixit.languages import LANGUAGES
from teixit.namespaces import BASE, PREFIXES, rebased

#: What a variable can be bound to.
Term: TypeAlias = NamedNode | Literal | BlankNode
#: What a query gives, by its form: SELECT, ASK, or CONSTRUCT and DESCRIBE. The engine's own
#: triples are one kind of many.
Found: TypeAlias = QuerySolutions | QueryBoolean | Iterable[Triple]

#: Of so many triples at most only the prefixes that they use are written; of more, all.
_SMALL: Final = 1000
_WITHOUT_PREFIXES: Final = (RdfFormat.N_TRIPLES, RdfFormat.JSON_LD)
_WITH_LINES_OF_PREFIXES: Final = (RdfFormat.TURTLE, RdfFormat.TRIG)

_HEADER: Final = re.compile(r"^#\+ (?P<key>[a-z]+)(?:@(?P<language>[a-z]{2}))?: (?P<value>.+)$")
_TEXTS: Final = frozenset({"title", "description"})
_WORDS: Final = frozenset({"parameter", "about"})
#: What is said of a parameter: its name, a blank, and a word.
_OF_PARAMETERS: Final = frozenset({"choices", "type", "example"})
#: How the engine reports a syntax error: the place, then all that could have stood there.
_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.+)", re.DOTALL)
_CHOICES_SHOWN: Final = 8
#: How much of the line with the error is repeated, in characters.
_EXCERPT: Final = 80

#: The formats of rows and of yes or no, by the names that the command line gives them.
ROW_FORMATS: Final = MappingProxyType(
    {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
)


class Remote(Protocol):
    """A graph behind another server, or behind a layer of ours, that answers as a store does."""

    def query(
        self,
        text: str,
        *,
        base: str = ...,
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        """Answer the SPARQL *text* of these graphs, with *values* bound to its variables."""


@dataclass(frozen=True)
class Query:
    """One question: its text in SPARQL and its header.

    The header stands in comment lines ``#+ key@language: value`` at the top, so that the
    file is a complete SPARQL query for any tool.

    Attributes:
        choices: The query that lists what a parameter can be, by the name of the parameter.
        types: What a parameter is that has no list, such as ``integer``.
        examples: What the kept answer is asked with.
    """

    name: str
    text: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: frozenset[str]
    about: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)

    def results(self, store: Store | Remote, /, **values: Term) -> Found:
        """Answer the query.

        Values are bound, never pasted into the text, so no value can change what is asked.
        The engine wants a bound variable to be projected in a SELECT.

        Raises:
            KnowledgeError: The values are not exactly the parameters.
            QueryError: The text is not SPARQL.
        """
        if values.keys() != self.parameters:
            wanted = ", ".join(sorted(self.parameters)) or "none"
            raise KnowledgeError(f"{self.name}: expected the parameters: {wanted}")
        return evaluate(store, self.text, values)

    def rows(self, store: Store | Remote, /, **values: Term) -> Iterator[dict[str, Term]]:
        """Answer a SELECT query, row by row, each as its bound variables.

        Raises:
            KnowledgeError: The query is no SELECT, or the values are not its parameters.
        """
        solutions = self.results(store, **values)
        if not isinstance(solutions, QuerySolutions):
            raise KnowledgeError(f"{self.name}: not a SELECT query")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: solution[name] for name in names if solution[name] is not None}


def evaluate(
    store: Store | Remote,
    text: str,
    values: Mapping[str, Term] | None = None,
    base: str = f"{BASE}sparql",
) -> Found:
    """Run the SPARQL *text* on *store*, with *values* bound to its variables.

    Args:
        store: The graph, here or behind another server.
        text: The query; its relative IRIs are relative to *base*.
        values: By the names of the variables.
        base: An IRI.

    Raises:
        QueryError: The text is not SPARQL; says line and column where the engine does.
    """
    if not isinstance(store, Store):
        return store.query(text, base=base, values=values)
    bound: dict[Variable, NamedNode | Literal | BlankNode | Triple] = {
        Variable(name): value for name, value in (values or {}).items()
    }
    with client_to_blame(text):
        return store.query(text, base_iri=base, substitutions=bound)


@contextmanager
def client_to_blame(query: str = "") -> Iterator[None]:
    """Turn what the engine says of a *query* into our errors; the rest is ours and passes.

    Raises:
        QueryError: The query is not SPARQL, or the engine gives up on it.
    """
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(str(error), query) from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _syntax_error(message: str, query: str) -> QueryError:
    """Say in one line what the engine's *message* says in many, and near which words."""
    place = _SYNTAX_ERROR.search(message)
    if place is None:
        return QueryError(f"the query is not SPARQL: {' '.join(message.split())}")
    line, column = int(place[1]), int(place[2])
    # The engine's names for whole classes of characters help nobody.
    choices = [choice for choice in place[3].split(", ") if "[" not in choice]
    expected = ", ".join(choices[:_CHOICES_SHOWN]) or "something else"
    said = f"the query is not SPARQL: line {line}, column {column}: expected {expected}"
    read_so_far = [words.strip() for words in query.split("\n")[:line] if words.strip()]
    near = f", near {read_so_far[-1][:_EXCERPT]!r}" if read_so_far else ""
    return QueryError(f"{said}{near}", line, column)


def read(file: Path) -> Query:
    """Read one query file, by the base that is set (:func:`teixit.namespaces.rebased`).

    Raises:
        KnowledgeError: The header has an unknown key, or lacks a title in one of the languages.
    """
    text = rebased(file.read_bytes()).decode("utf-8")
    texts: dict[str, dict[str, str]] = {key: {} for key in _TEXTS}
    words: dict[str, list[str]] = {key: [] for key in _WORDS}
    told: dict[str, dict[str, str]] = {key: {} for key in _OF_PARAMETERS}
    header = takewhile(lambda line: line.startswith("#+"), text.splitlines())
    for number, line in enumerate(header, 1):
        match = _HEADER.match(line)
        if match and match["key"] in _TEXTS and match["language"]:
            texts[match["key"]][match["language"]] = match["value"]
        elif match and match["key"] in _WORDS:
            words[match["key"]].append(match["value"])
        elif match and match["key"] in _OF_PARAMETERS:
            name, _, word = match["value"].partition(" ")
            told[match["key"]][name] = word
        else:
            raise KnowledgeError(f"{file}:{number}: expected `#+ title@ca: …` or `#+ about: …`")
    if texts["title"].keys() != set(LANGUAGES):
        raise KnowledgeError(f"{file}: expected a title in each of {', '.join(LANGUAGES)}")
    return Query(
        file.stem,
        text,
        texts["title"],
        texts["description"],
        frozenset(words["parameter"]),
        tuple(words["about"]),
        told["choices"],
        told["type"],
        told["example"],
    )


def catalogue(folder: Path = paths.QUESTIONS) -> Iterator[Query]:
    """Yield the queries of *folder*, in the order of their file names.

    Raises:
        KnowledgeError: The folder has no query, or one of them has a wrong header.
    """
    files = sorted(folder.glob("*.rq"))
    if not files:
        raise KnowledgeError(f"{folder}: no query; is the installation complete?")
    return map(read, files)


def named(name: str, folder: Path = paths.QUESTIONS) -> Query:
    """Find the query called *name*, its file name without the extension.

    Raises:
        KnowledgeError: There is none; the message lists those that come near.
    """
    names = {file.stem: file for file in sorted(folder.glob("*.rq"))}
    if name in names:
        return read(names[name])
    near = [other for other in names if name in other] or list(names)
    raise KnowledgeError(f"no question {name!r}; there are: {', '.join(near)}")


def serialise(results: Found, format_: str) -> str:
    """Write *results* in one of :data:`ROW_FORMATS`, or as Turtle where they are triples.

    CSV has the line ends of this system, not those of RFC 4180, so that the answers can be
    kept in files and compared.

    Raises:
        QueryError: The engine gives up on the query that these are the results of.
    """
    stream = BytesIO()
    with client_to_blame():
        if not isinstance(results, QuerySolutions | QueryBoolean):
            write_triples(results, stream, RdfFormat.TURTLE)
            return stream.getvalue().decode()
        results.serialize(stream, format=ROW_FORMATS[format_])
    text = stream.getvalue().decode()
    if format_ == "csv":
        rows, lines = csv.reader(StringIO(text, newline="")), StringIO(newline="")
        csv.writer(lines, lineterminator="\n").writerows(rows)
        text = lines.getvalue()
    return text if text.endswith("\n") else f"{text}\n"


def write_triples(triples: Iterable[Triple], stream: sinks.Sink, format_: RdfFormat) -> None:
    """Write *triples* in *format_* into *stream*, piece by piece, with prefixes of ours.

    Formats without prefixes are left to the engine alone, which is faster.

    Raises:
        OSError: The engine gives up on the query that these are the results of; and all that
            *stream* raises.
    """
    if isinstance(triples, QueryTriples) and format_ in _WITHOUT_PREFIXES:
        triples.serialize(cast(IO[bytes], stream), format_)
        return
    following = iter(triples)
    first = list(islice(following, _SMALL))
    lines = "\n".join(map(str, first))
    used = {
        prefix: iri
        for prefix, iri in PREFIXES.items()
        if len(first) == _SMALL or f"<{iri}" in lines
    }
    sink = sinks.SortedHead(stream, len(used)) if format_ in _WITH_LINES_OF_PREFIXES else stream
    write_rdf(chain(first, following), cast(IO[bytes], sink), format_, prefixes=used)
