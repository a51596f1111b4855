"""A graph on a SPARQL 1.1 server, asked as one of our own stores is."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from teixit import datasets, namespaces, paths, queries
from teixit.queries import Found, Term
from teixit.remote import dialects, replies, texts, wire
from teixit.remote.credentials import Credentials
from teixit.remote.dialects import Dataset

#: Says which graphs were published, where the server's default graph is all of them.
DESCRIPTION: Final = NamedNode(f"{namespaces.THING}published")
#: How it says so (SPARQL 1.1 Service Description, section 3.3), and of which version they are.
DEFAULT_GRAPH: Final = NamedNode("http://www.w3.org/ns/sparql-service-description#defaultGraph")
NAMED_GRAPH: Final = NamedNode("http://www.w3.org/ns/sparql-service-description#namedGraph")
VERSION: Final = NamedNode("http://purl.org/dc/terms/hasVersion")
#: For how many seconds what it says is believed.
BELIEVED: Final = 5.0

_ENDPOINT: Final = f"{namespaces.BASE}sparql"


class RemoteStore:
    """A graph behind the SPARQL 1.1 endpoint *url* (SPARQL 1.1 Protocol, section 2.1).

    Args:
        url: The address that queries go to, without a password in it.
        credentials: Who we are, if the server asks.
        timeout: Seconds for one answer; less than what the client is given, so that the
            client hears who was slow.
        longest: How long an answer may be, in bytes.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        timeout: float = wire.TIMEOUT,
        longest: int = wire.LONGEST,
    ) -> None:
        self.url = url
        self._wire = wire.Wire(url, credentials, timeout, longest)
        self._dialect = dialects.Standard()
        self._published: Dataset | None = None
        self._version: str | None = None
        self._looked: float | None = None

    def query(
        self,
        text: str,
        *,
        base: str = _ENDPOINT,
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        """Answer the SPARQL *text*, with *values* bound to its variables.

        Args:
            text: The query.
            base: What relative IRIs in it are relative to.
            default_graphs: The graphs of its default graph, in place of those that it names.
            named_graphs: Its named graphs, in place of those that it names.
            values: By the name of the variable.

        Raises:
            QueryError: It is not SPARQL, or the server does not take it.
            RefusedError: It would run code of the server.
            LimitError: The answer is too long, or the server cut it off.
            UpstreamError: The server failed, is not there or does not know us.
            UpstreamTimeoutError: It did not answer in time.
        """
        question = texts.read(text, base, values)
        self._look()
        if default_graphs is not None or named_graphs is not None:
            dataset = dialects.dataset(default_graphs or (), named_graphs or ())
            return self._answer(question, dataset)
        own = datasets.of_query(text, base)
        if own.default or own.named:
            return self._answer(question, dialects.dataset(own.default, own.named))
        return self._answer(question, self._published)

    @property
    def atomic(self) -> bool:
        """Whether no reader sees an update of this server half done."""
        return self._dialect.atomic

    def version(self) -> str | None:
        """Give the hash of what was published there; none if it was not published by us."""
        self._look()
        return self._version

    def published(self) -> Dataset | None:
        """Give the graphs that were published there; none if it was not by us."""
        self._look()
        return self._published

    def forget(self) -> None:
        """Ask anew which graphs were published, before the next query."""
        self._looked = None

    def _look(self) -> None:
        """Find out which server it is, and which graphs were published on it."""
        if self._looked is not None and monotonic() < self._looked + BELIEVED:
            return
        query = queries.named("published", paths.QUERIES / "remote")
        question = texts.read(query.text, _ENDPOINT, {"description": DESCRIPTION})
        rows = self._answer(question, None)
        assert isinstance(rows, QuerySolutions)  # noqa: S101 - what SELECT gives
        said: dict[object, list[NamedNode]] = {}
        for row in rows:
            said.setdefault(row["part"], []).append(row["value"])
        version = said.get(VERSION)
        self._version = version[0].value.rpartition(":")[2] if version else None
        default, named = said.get(DEFAULT_GRAPH), said.get(NAMED_GRAPH, [])
        self._published = dialects.dataset(default, named) if default else None
        self._looked = monotonic()

    def _answer(self, question: texts.Question, dataset: Dataset | None) -> Found:
        text, fields = self._dialect.put(
            question.text if self._dialect.asks else question.rows, dataset
        )
        rows = question.form in {"SELECT", "ASK"}
        accept = self._dialect.tables if rows else self._dialect.graphs
        try:
            reply = self._wire.ask(text, question.form, accept, fields)
        except wire.Refusal as refusal:
            raise wire.blame(refusal) from None
        self._dialect = dialects.of(reply.headers)
        self._dialect.whole(reply.headers)
        clean = wire.Reply(reply.headers, self._dialect.clean(reply.body))
        return replies.read(clean, question.form)
