"""A graph put on another server: beside what is there, checked, and then in its place."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from secrets import token_hex
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from teixit import namespaces
from teixit.errors import KnowledgeError, TeixitError, UpstreamError
from teixit.remote import batches, comparing, places, wire
from teixit.remote.asking import DEFAULT_GRAPH, DESCRIPTION, NAMED_GRAPH, VERSION, RemoteStore
from teixit.remote.credentials import Credentials

#: The name of the default graph on a server, where others may have theirs.
MERGED: Final = NamedNode(f"{namespaces.THING}published-default")
#: Each question names all graphs, so there is a number above which that is too long.
MOST_GRAPHS: Final = 1000
#: Seconds for one request: a piece of a graph, or the switch.
TIMEOUT: Final = 600.0

_STAGING: Final = f"{namespaces.THING}staging-"


@dataclass(frozen=True)
class Report:
    """What a publication did.

    Attributes:
        version: The hash of what is there now.
        graphs: How many named graphs.
        statements: How many statements in them, together.
        way: How they were loaded: ``Graph Store Protocol`` or ``SPARQL Update``.
        unsure: What could not be guaranteed, a sentence each.
    """

    version: str
    graphs: int
    statements: int
    way: str
    unsure: tuple[str, ...]


def publish(  # noqa: PLR0913 - what is sent, where, and as whom
    url: str,
    store: Store,
    version: str,
    credentials: Credentials | None = None,
    *,
    update: str | None = None,
    graphs: str | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Report:
    """Put the graph *store* on the SPARQL 1.1 server whose queries go to *url*.

    It is loaded beside what is there, counted, compared and moved into place by one update
    request. What is there of an earlier publication goes; what others have there stays.

    Args:
        url: The address for queries.
        store: The graph.
        version: The hash of the graph, which is told to those who ask.
        credentials: Who we are, if the server asks.
        update: The address for updates, if it cannot be found.
        graphs: The address of the Graph Store Protocol, if it cannot be found.
        say: Is told of each step.

    Raises:
        KnowledgeError: The graph cannot be put on a server.
        UpstreamError: The server failed, takes no updates, or holds something else than was
            sent. The message says whether its readers see the old graph still.
    """
    prefix = f"{_STAGING}{token_hex(8)}-"
    parts = _parts(store, version, prefix)
    line = wire.Wire(url, credentials, TIMEOUT)
    found = places.find(line, NamedNode(f"{prefix}probe"), update, graphs)
    if found.update is None:
        raise UpstreamError(
            "no address for updates found beside that for queries; name it, or say who you are"
        )
    publication = _Publication(line, found.update, found.graphs, parts, say)
    unsure = publication.run(comparing.is_merge(store))
    if shared := comparing.shared_blank_nodes(store):
        unsure.append(f"{shared} blank nodes are shared by graphs, and are two on the server")
    named = [part for part in parts if part.name not in {MERGED, DESCRIPTION}]
    way = "Graph Store Protocol" if found.graphs else "SPARQL Update"
    return Report(version, len(named), sum(part.size for part in named), way, tuple(unsure))


@dataclass(frozen=True)
class _Part:
    """One graph: its name on the server, its name until the switch, and what is in it."""

    name: NamedNode
    staged: NamedNode
    quads: Callable[[], Iterable[Quad]]
    size: int


def _parts(store: Store, version: str, prefix: str) -> list[_Part]:
    """Name all that is sent: the graphs, their default graph, and what tells of them, the last.

    Raises:
        KnowledgeError: The graphs are too many, or one has no name.
    """
    graphs: dict[NamedNode, NamedNode | DefaultGraph] = {}
    for name in store.named_graphs():
        if not isinstance(name, NamedNode):
            raise KnowledgeError("a graph is named by a blank node; give it an IRI")
        graphs[name] = name
    if len(graphs) > MOST_GRAPHS:
        raise KnowledgeError(
            f"{len(graphs)} named graphs; a server that others use can be given {MOST_GRAPHS}"
        )
    said = list(_description(list(graphs), version))
    graphs[MERGED] = DefaultGraph()
    parts = []
    for number, (name, graph) in enumerate(graphs.items()):
        size = sum(1 for _ in comparing.statements(store, graph))
        staged = NamedNode(f"{prefix}{number}")
        parts.append(_Part(name, staged, partial(comparing.statements, store, graph), size))
    parts.append(_Part(DESCRIPTION, NamedNode(f"{prefix}description"), lambda: said, len(said)))
    return parts


def _description(graphs: Iterable[NamedNode], version: str) -> Iterator[Quad]:
    yield Quad(DESCRIPTION, DEFAULT_GRAPH, MERGED)
    yield Quad(DESCRIPTION, VERSION, NamedNode(f"urn:sha256:{version}"))
    for graph in graphs:
        yield Quad(DESCRIPTION, NAMED_GRAPH, graph)


class _Publication:
    """One publication, from the first byte that is sent to the last check."""

    def __init__(
        self,
        line: wire.Wire,
        update: str,
        graphs: str | None,
        parts: list[_Part],
        say: Callable[[str], None],
    ) -> None:
        self._wire, self._update, self._graphs = line, update, graphs
        self._parts, self._say = parts, say
        self._remote = RemoteStore(line.url, line.credentials, line.timeout)

    def run(self, merge: bool) -> list[str]:  # noqa: FBT001 - how the data is
        """Load, check and switch; give what could not be guaranteed.

        Raises:
            UpstreamError: As :func:`publish`.
        """
        with _told("the graph that was there is still served"), self._cleaning():
            self._load(merge)
            unsure = self._check()
        with _told("the graph that is served may be neither the old one nor the new one"):
            self._switch()
            self._remote.forget()
            sent = {part.name: part.size for part in self._parts}
            comparing.require(sent, comparing.counts(self._remote, sent))
        self._say("switched, and counted again")
        if not self._remote.atomic:
            unsure.append("whether a reader can see the switch half done: this server is not known")
        return unsure

    def _load(self, merge: bool) -> None:  # noqa: FBT001 - how the data is
        """Load all into graphs that nobody asks, and have the server make the merge if it can."""
        for part in self._parts:
            if not (merge and part.name == MERGED):
                for piece in batches.cut(part.quads()):
                    self._send(part.staged, piece)
        if merge:
            # Made there, so that its blank nodes are those of the named graphs.
            target = next(part.staged for part in self._parts if part.name == MERGED)
            others = [part for part in self._parts if part.size and part.name not in _OURS]
            self._change(f"ADD GRAPH {part.staged} TO GRAPH {target}" for part in others)
        self._say(f"loaded {len(self._parts)} graphs beside those that are served")

    def _send(self, graph: NamedNode, piece: bytes) -> None:
        if self._graphs:
            url = places.graph_url(self._graphs, graph)
            self._wire.send("POST", url, piece, {"Content-Type": "application/n-triples"})
        else:
            self._change([f"INSERT DATA {{ GRAPH {graph} {{ {piece.decode()} }} }}"])

    def _change(self, operations: Iterable[str]) -> None:
        self._wire.update(" ;\n".join(operations), self._update)

    def _check(self) -> list[str]:
        """Count what is there now, and compare what is small enough.

        Raises:
            UpstreamError: There is more or less than was sent.
        """
        sent = {part.staged: part.size for part in self._parts}
        comparing.require(sent, comparing.counts(self._remote, sent))
        small = [part for part in self._parts if part.size <= comparing.COMPARED]
        other = [
            part.name.value
            for part in small
            if not comparing.same(self._remote, part.staged, part.quads())
        ]
        self._say(f"counted all, and compared {len(small)} graphs to the letter")
        unsure = [f"{name}: the server writes some of its terms otherwise" for name in other]
        if len(small) < len(self._parts):
            unsure.append(f"graphs of more than {comparing.COMPARED} statements are counted alone")
        return unsure

    def _switch(self) -> None:
        """Put all in place by one request, what tells of it last."""
        before = self._remote.published()
        gone = {*before.default, *before.named} if before else set()
        gone -= {part.name for part in self._parts if part.size}
        operations = [f"DROP SILENT GRAPH {graph}" for graph in gone]
        operations += [
            f"MOVE GRAPH {part.staged} TO GRAPH {part.name}" for part in self._parts if part.size
        ]
        self._change(operations)

    @contextmanager
    def _cleaning(self) -> Iterator[None]:
        """Take away what was loaded where it is not used."""
        try:
            yield
        except (TeixitError, wire.Refusal):
            with suppress(TeixitError, wire.Refusal):
                self._change(f"DROP SILENT GRAPH {part.staged}" for part in self._parts)
            raise


_OURS: Final = (MERGED, DESCRIPTION)


@contextmanager
def _told(what_is_served: str) -> Iterator[None]:
    """Say with each error what readers see now."""
    try:
        yield
    except wire.Refusal as refusal:
        raise UpstreamError(f"{wire.blame(refusal)}; {what_is_served}") from None
    except TeixitError as error:
        raise UpstreamError(f"{error}; {what_is_served}") from error
