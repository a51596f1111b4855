"""The SPARQL endpoint: SPARQL 1.1 Protocol over HTTP, read-only."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Final

from werkzeug.exceptions import MethodNotAllowed

from teixit import negotiation, protocol
from teixit.errors import LimitError, MediaTypeError, QueryError
from teixit.negotiation import Wishes
from teixit.web import formats, headers, sparql_pages
from teixit.web.answering import answered
from teixit.web.asking import Asking, Found
from teixit.web.exchange import Again, Incoming, Reply
from teixit.web.formats import BY_NAME, FORMATS, PAGE
from teixit.web.pages import Pages
from teixit.web.results import MOST_ROWS
from teixit.workers import Job

PATH: Final = "/sparql"
METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")

#: Parameters of this website, which SPARQL Protocol does not know.
_OURS: Final = frozenset({"download", "language"})
_OFFERS: Final = (
    (*formats.TABLES, PAGE),
    (*formats.BOOLEANS, PAGE),
    (*formats.GRAPHS, PAGE),
)
#: A page is made of no more than this, in bytes, and then of so many rows only.
_MOST_OF_A_PAGE: Final = 4 << 20
_FEW_ROWS: Final = 20


@dataclass(frozen=True)
class _Asked:
    """A request, read: its query, if it has one, and how the answer is wanted."""

    operation: protocol.Operation | None
    download: str | None
    accept: str | None
    gzip: bool


class Endpoint:
    """Answers at :data:`PATH`.

    Args:
        asking: Who answers.
        pages: Who writes for people.
        address: Of this endpoint, as the world knows it.
    """

    def __init__(self, asking: Asking, pages: Pages, address: str) -> None:
        self._asking = asking
        self._pages = pages
        self._address = address

    async def answer(self, incoming: Incoming) -> Reply:
        """Answer a query, or without one describe the service (SPARQL 1.1 Protocol, section 2).

        Raises:
            RequestError: What is asked cannot be given.
            HTTPException: It is no request of this protocol.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(METHODS)
        if incoming.method not in METHODS:
            raise MethodNotAllowed(METHODS)
        asked = _read(incoming, await incoming.body())
        if asked.operation is None:
            return await self._description(incoming, asked)
        return await self._result(incoming, asked, asked.operation)

    async def _description(self, incoming: Incoming, asked: _Asked) -> Reply:
        """Describe the service: in RDF to machines, on a page to people."""
        chosen = negotiation.choose(asked.accept, (*formats.GRAPHS, PAGE))
        if chosen == PAGE:
            return await self._pages.answer(incoming, sparql_pages.service)
        job = Job("description", accept=(None, None, chosen), base=self._address, gzip=asked.gzip)
        return await self.reply(incoming, job, asked.download)

    async def _result(
        self, incoming: Incoming, asked: _Asked, operation: protocol.Operation
    ) -> Reply:
        wishes = negotiation.wishes(asked.accept, _OFFERS, BY_NAME)
        job = self._job(operation, wishes, gzip=asked.gzip)
        if PAGE not in wishes:
            return await self.reply(incoming, job, asked.download)
        language = incoming.headers.get("accept-language"), incoming.language
        etag = self._asking.etag(job, PAGE, language)
        if _is_known(incoming, etag):
            return not_modified(etag)
        found = await self.for_page(job, incoming)
        if not _is_page(found, wishes):
            return written(found, asked.download, etag)
        told = await answered(self._asking, operation, found, incoming)
        made = await self._pages.answer(incoming, partial(sparql_pages.answer, told))
        lasts = found.cacheable and told.whole
        kept = {"cache-control": "no-cache" if lasts else "no-store"}
        return replace(made, headers={**made.headers, **kept}, etag=etag if lasts else None)

    async def reply(self, incoming: Incoming, job: Job, download: str | None = None) -> Reply:
        """Answer *job* for a machine, or say that it has the answer already (RFC 9110, 13.1.2).

        Raises:
            RequestError: What is asked cannot be given.
            GoneError: The client left.
        """
        etag = self._asking.etag(job, download)
        if _is_known(incoming, etag):
            return not_modified(etag)
        return written(await self._asking.found(job, incoming), download, etag)

    def job_of_page(self, operation: protocol.Operation) -> Job:
        """Give the job that finds what a page shows of the answer to *operation*."""
        return self._job(operation, negotiation.wishes(PAGE, _OFFERS, BY_NAME), gzip=False)

    async def for_page(self, job: Job, incoming: Incoming) -> Found:
        """Find so much of the answer as a page can show.

        Raises:
            RequestError: There is no answer, or its rows are too long for a page.
            GoneError: The client left.
        """
        found = await self._asking.found(job, incoming)
        if found.table_total is not None and found.length > _MOST_OF_A_PAGE:
            found = await self._asking.found(replace(job, table_rows=_FEW_ROWS), incoming)
            if found.length > _MOST_OF_A_PAGE:
                raise LimitError("the rows are too long for a page; ask for a file", "answer")
        return found

    def _job(self, asked: protocol.Operation, wishes: Wishes, *, gzip: bool) -> Job:
        default, named = asked.default_graphs, asked.named_graphs
        return Job(
            "query",
            asked.query,
            (
                protocol_type(wishes.table),
                protocol_type(wishes.boolean),
                FORMATS["ttl"] if wishes.graph == PAGE else wishes.graph,
            ),
            None if default is None else tuple(sorted({graph.value for graph in default})),
            None if named is None else tuple(sorted({graph.value for graph in named})),
            base=self._address,
            gzip=gzip and PAGE not in wishes,
            table_rows=MOST_ROWS if wishes.table == PAGE else None,
        )


def protocol_type(wish: str | None) -> str | None:
    """Give the type that a worker writes for a *wish*: what a page is made of is JSON."""
    return FORMATS["json"] if wish == PAGE else wish


def written(found: Found, download: str | None, etag: str | None) -> Reply:
    """Put the headers on what was *found*."""
    known = {"content-type": protocol.content_type(found.media_type)}
    known["cache-control"] = "no-cache" if found.cacheable else "no-store"
    if found.encoding:
        known["content-encoding"] = found.encoding
    if download:
        known["content-disposition"] = f"attachment; filename=teixit.{download}"
    kept = etag if found.cacheable else None
    return Reply(200, known, found.body, found.spool, kept)


def not_modified(etag: str | None) -> Reply:
    """Say that the client has the answer already (RFC 9110, section 15.4.5)."""
    return Reply(304, {"cache-control": "no-cache"}, etag=etag)


def _is_known(incoming: Incoming, etag: str | None) -> bool:
    """Say whether the client has the answer; who sends * knows none that we could compare."""
    known = incoming.headers.get("if-none-match")
    if etag is None or known is None or known.strip() == "*" or incoming.method == "POST":
        return False
    return headers.names(known, etag)


def _is_page(found: Found, wishes: Wishes) -> bool:
    """Say whether what was found, whose form is known by now, is wanted as a page."""
    if found.media_type in protocol.GRAPHS:
        return wishes.graph == PAGE
    if found.table_total is not None:
        return True
    return wishes.boolean == PAGE and found.media_type == FORMATS["json"]


def _read(incoming: Incoming, body: bytes) -> _Asked:
    """Read the request; what is learnt on the way is for the page that says what is wrong.

    Raises:
        RequestError: It is no request of the protocol.
    """
    if incoming.headers.get("content-encoding", "identity") != "identity":
        raise MediaTypeError("expected a body without Content-Encoding")
    pairs, form = protocol.parameters(incoming.query), _form(incoming, body)
    incoming.language = dict(form).get("language")
    download = download_of([*pairs, *form])
    accept = FORMATS[download] if download else incoming.headers.get("accept")
    gzip = negotiation.gzip(incoming.headers.get("accept-encoding"))
    asked = [(name, value) for name, value in pairs if name not in _OURS]
    if incoming.method != "POST" and not asked:
        return _Asked(None, download, accept, gzip)
    method = "POST" if incoming.method == "POST" else "GET"
    content_type = incoming.headers.get("content-type")
    operation = protocol.operation(protocol.Request(method, asked, accept, content_type, body))
    incoming.again = Again(operation.query, sparql_pages.graphs(operation))
    incoming.asked = digest(operation)
    return _Asked(operation, download, accept, gzip)


def digest(operation: protocol.Operation) -> str:
    """Name a query in the log, which must not tell what was asked."""
    written = operation.query.encode("utf-8", "surrogatepass")
    return sha256(written).hexdigest()[:12]


def _form(incoming: Incoming, body: bytes) -> list[tuple[str, str]]:
    """Read the form in the body, where there is one.

    If it cannot be read, the protocol, which reads it too, says what is wrong with it.
    """
    media_type = incoming.headers.get("content-type", "").partition(";")[0].strip().lower()
    if incoming.method == "POST" and media_type == protocol.FORM:
        with suppress(QueryError):
            return protocol.parameters(body)
    return []


def download_of(fields: Sequence[tuple[str, str]]) -> str | None:
    """Give the one format to download, if the *fields* of the address or the form name any.

    Raises:
        QueryError: They name several, or one that there is not.
    """
    wanted = [value for name, value in fields if name == "download"]
    if len(wanted) > 1 or not FORMATS.keys() >= set(wanted):
        raise QueryError(f"download: expected one of {', '.join(FORMATS)}")
    return wanted[0] if wanted else None
