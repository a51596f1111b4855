"""The front of the service: what is known is answered at once, the rest goes where it belongs."""

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

from werkzeug.exceptions import HTTPException, InternalServerError

from teixit.errors import RequestError
from teixit.web import (
    asked,
    bench,
    catalogue,
    citing,
    described,
    differences,
    documents,
    graphs,
    headers,
    health,
    memento,
    pictured,
    releases,
    sending,
    sparql,
    stream,
    syntax,
)
from teixit.web.asking import Asking, Files
from teixit.web.cache import Kept, Message
from teixit.web.clients import Clients
from teixit.web.exchange import GoneError, Incoming, Receive, Reply, Scope, Send
from teixit.web.exported import Exports
from teixit.web.log import Line, Log
from teixit.web.pages import Pages
from teixit.web.past import OF_FRAGMENTS, Past
from teixit.web.problems import Problem, wants_page

Answer: TypeAlias = Callable[[Incoming], Awaitable[Reply]]

_READING: Final = frozenset({"GET", "HEAD"})
#: What the log says of clients that left; no server sends it.
_LEFT: Final = 499


def _answering(
    asking: Asking, pages: Pages, address: str, exports: Exports, past: Past
) -> tuple[Mapping[str, Answer], Mapping[str, Answer]]:
    """Say who answers at an address, and who all that begins with one."""
    endpoint = sparql.Endpoint(asking, pages, address)
    about = documents.Documents(asking, endpoint, pages, past)
    harvested = catalogue.Catalogue(asking, endpoint, exports)
    questions = asked.Questions(asking, pages, endpoint, address)
    filed, streamed = releases.Releases(exports, pages, past), stream.Stream(exports)
    routes: Mapping[str, Answer] = {
        sparql.PATH: endpoint.answer,
        graphs.PATH: graphs.GraphStore(endpoint, address).answer,
        health.PATH: health.Health(asking).answer,
        asked.DESCRIPTION: questions.describe,
        syntax.PATH: syntax.Syntax(asking, address).answer,
        **dict.fromkeys(bench.PATHS, bench.Bench(asking, pages, endpoint).answer),
        **dict.fromkeys(pictured.PATHS, pictured.Pictures(asking, endpoint, address).answer),
        **dict.fromkeys(OF_FRAGMENTS, about.of_fragments),
        **citing.Citing(asking, pages, exports).routes,
        **dict.fromkeys(catalogue.VOID, harvested.void),
        **dict.fromkeys((catalogue.CATALOGUE, *catalogue.FILES), harvested.file),
        **dict.fromkeys(releases.ROUTES, filed.answer),
        stream.PATH: streamed.answer,
    }
    folders: Mapping[str, Answer] = {
        documents.THINGS: about.thing,
        documents.ABOUT: about.about,
        asked.FOLDER: questions.answer,
        **dict.fromkeys(releases.FOLDERS, filed.answer),
        differences.FOLDER: differences.Differences(exports, pages).answer,
        **dict.fromkeys(stream.FOLDERS, streamed.answer),
        **{f"{path}{end}": about.of_fragments for path in OF_FRAGMENTS for end in "./"},
    }
    return routes, folders


class Front:
    """The application, as ASGI calls it.

    Args:
        asking: Who answers queries.
        pages: Who makes pages.
        address: Of the SPARQL endpoint, as the world knows it.
        clients: Who tells clients apart.
        log: What was asked, and how it went.
        exports: The releases that can be had as files.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that there is in front of
        self,
        asking: Asking,
        pages: Pages,
        address: str,
        clients: Clients,
        log: Log,
        exports: Exports,
    ) -> None:
        past = Past(exports, pages)
        #: What answers at an address, and what all that begins with one, such as ``/doc/``.
        self._routes, self._folders = _answering(asking, pages, address, exports, past)
        self._kept = asking.cache.replies
        self._asking = asking
        self._exports = exports
        self._past = past
        self._pages = pages
        self._clients = clients
        self._log, self._files = log, Files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI HTTP 2.3)."""
        started = time.perf_counter()
        named = dict(scope["headers"])
        if len(named) != len(scope["headers"]):  # some header twice: nothing is kept of these
            await self._answer(scope, receive, send, started, None)
            return
        key = (
            scope["method"],
            scope["raw_path"],
            scope["query_string"],
            named.get(b"host"),
            named.get(b"accept"),
            named.get(b"accept-encoding"),
            named.get(b"accept-language"),
            self._asking.pool.version,
        )
        if memento.WANTED.encode() in named:  # of another time
            await self._answer(scope, receive, send, started, None)
            return
        kept = None if headers.BY_DATE.encode() in named else self._kept.get(key)
        if kept is None:
            await self._answer(scope, receive, send, started, key)
            return
        known, status, length = named.get(b"if-none-match"), 200, kept.length
        if known is not None and headers.names(known.decode("latin-1"), kept.etag):
            short = self._dressed(sparql.not_modified(kept.etag))
            start, body = sending.messages(short)
            status, length = 304, 0
        else:
            start, body = kept.start, kept.body
        await send(start)
        await send(body)
        seconds = time.perf_counter() - started
        method, path = scope["method"], scope["path"]
        self._log.note(
            Line(time.time(), method, path, status, seconds, length, kept.asked, "reply", None)
        )

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, started: float, key: object
    ) -> None:
        """Answer what is not known, keep it if it may be, and tell the log."""
        forwarded = b", ".join(
            value for name, value in scope["headers"] if name == b"x-forwarded-for"
        )
        client = self._clients.name(scope["client"][0], forwarded.decode("latin-1"))
        incoming = Incoming.of(scope, receive, client)
        version = self._asking.pool.version
        status, length, reason = _LEFT, 0, None
        try:
            reply = self._dressed(await self._reply(incoming))
            ready = sending.messages(reply)
            if key and self._may_be_kept(incoming, reply, version):
                self._keep(key, reply, ready, incoming)
            if self._is_known(reply, incoming):
                reply = self._dressed(sparql.not_modified(reply.etag))
                ready = sending.messages(reply)
            status, reason, length = reply.status, reply.reason, reply.length
            await self._send(reply, ready, incoming, send)
        except GoneError:
            reason = "left"
        finally:
            incoming.close()
            seconds = time.perf_counter() - started
            ended, method, path = time.time(), incoming.method, incoming.path
            asked, kept = incoming.asked, incoming.kept
            self._log.note(Line(ended, method, path, status, seconds, length, asked, kept, reason))

    async def _send(
        self, reply: Reply, ready: tuple[Message, Message], incoming: Incoming, send: Send
    ) -> None:
        if reply.spool is None or incoming.method == "HEAD":
            await send(ready[0])
            await send(ready[1])
            return
        self._files.take(incoming.client)
        try:
            await sending.in_pieces(reply, reply.spool, incoming, send)
        finally:
            self._files.give_back(incoming.client)

    async def _reply(self, incoming: Incoming) -> Reply:
        """Find the reply; whatever goes wrong becomes one."""
        try:
            headers.require_sense(incoming)
            reply = await self._route(incoming.path)(incoming)
            if reply.spool is not None:
                self._files.check(incoming.client)
        except (RequestError, HTTPException) as error:
            return await self._problem(incoming, Problem.of(error))
        except GoneError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours; the service goes on
            self._log.fault(error)
            return await self._problem(incoming, Problem.of(InternalServerError()))
        return reply

    def _route(self, path: str) -> Answer:
        """Choose who answers: an address of its own, a folder, or a page."""
        if path in self._routes:
            return self._routes[path]
        found = (answer for folder, answer in self._folders.items() if path.startswith(folder))
        return next(found, self._page)

    async def _page(self, incoming: Incoming) -> Reply:
        """Have a page made; one that tells of the release, when that is there."""
        if described.TELLS_OF_RELEASE.fullmatch(incoming.path):
            await incoming.body()
            await self._exports.settle(incoming)
            then = await self._past.gate(incoming.path, None, incoming)
            if then is not None:
                return then
        return await self._pages.answer(incoming)

    async def _problem(self, incoming: Incoming, problem: Problem) -> Reply:
        """Say what is wrong: on a page to people, if one can be made."""
        if not wants_page(incoming.headers.get("accept")) or incoming.method == "CONNECT":
            return problem.reply()
        try:
            given = partial(problem.page, incoming.again)
            made = await self._pages.answer(incoming, given)
        except (RequestError, HTTPException):  # too many are being made, or its body is bad
            return problem.reply()
        reason = problem.reply().reason
        return Reply(made.status, made.headers, made.body, reason=reason)

    @staticmethod
    def _dressed(reply: Reply) -> Reply:
        """Add what every answer says."""
        own = {**headers.SAFE, **headers.OPEN, **reply.headers}
        if reply.etag:
            own["etag"] = reply.etag
        return Reply(reply.status, own, reply.body, reply.spool, reply.etag, reply.reason)

    def _is_known(self, reply: Reply, incoming: Incoming) -> bool:
        """Say whether the client has the answer already (RFC 9110, section 13.1.2)."""
        known = incoming.headers.get("if-none-match")
        if reply.status != 200 or not reply.etag or incoming.method not in _READING:  # noqa: PLR2004
            return False
        if known is None:
            since = incoming.headers.get(headers.BY_DATE)
            return headers.is_unchanged(reply.headers.get("last-modified"), since)
        return headers.names(known, reply.etag)

    def _may_be_kept(self, incoming: Incoming, reply: Reply, version: str) -> bool:
        return bool(
            reply.status == 200  # noqa: PLR2004 - OK
            and reply.etag
            and reply.spool is None
            and incoming.method in _READING
            and incoming.headers.get("host")
            and version == self._asking.pool.version
            and not self._asking.changing
            # What tells of the releases may soon tell of another.
            and not (self._exports.pending and incoming.path.startswith(releases.FOLDERS))
        )

    def _keep(
        self, key: Any, reply: Reply, ready: tuple[Message, Message], incoming: Incoming
    ) -> None:
        kept = Kept(*ready, reply.etag or "", reply.length, incoming.asked)
        size = sum(len(part) for part in key if part)
        self._kept.keep(key, kept, size + len(reply.body))
