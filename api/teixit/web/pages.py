"""The pages, which Flask makes in threads: their queries go through the workers like all others."""

import asyncio
import gzip
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from io import BytesIO
from typing import Any, Final, TypeAlias, cast

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from teixit import negotiation
from teixit.errors import LimitError
from teixit.web.exchange import Incoming, Reply
from teixit.web.headers import ALONE
from teixit.web.site import Site

#: A page that was asked for by this name in the environment is made by what stands there, not by
#: the view of its address.
_GIVEN: Final = "teixit.given"
_CLIENT: Final = "teixit.client"
_LANGUAGE: Final = "teixit.language"
#: Threads for pages that ask the workers, and for those that have all they need: these only
#: write, and more of them would take their turns from the loop.
_THREADS: Final = 8
_WRITERS: Final = 2
#: So many pages of one client are made at once; so many may wait in all, and of one client.
_AT_ONCE: Final = 4
_WAITING: Final = 512
_WAITING_OF_ONE: Final = 128
#: Shorter bodies grow when they are compressed, or save no packet.
_WORTHWHILE: Final = 1000
_COMPRESSED: Final = ("text/", "image/svg", "application/json", "application/problem")

#: What makes a page, within a request of Flask.
Given: TypeAlias = Callable[[], str | AnyResponse]


class Pages:
    """Runs the Flask application in threads of its own.

    Args:
        app: The pages.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._asking = ThreadPoolExecutor(_THREADS, "page")
        self._writing = ThreadPoolExecutor(_WRITERS, "given-page")
        self._waiting: Counter[str] = Counter()
        self._turns: dict[str, asyncio.Semaphore] = {}
        #: The pages that are being made, by all that they depend on: who asks the same meanwhile
        #: gets the same.
        self._making: dict[tuple[str, ...], asyncio.Task[Reply]] = {}

    @property
    def site(self) -> Site:
        """What all pages draw from."""
        return cast(Site, self._app.extensions["teixit"])

    async def answer(self, incoming: Incoming, given: Given | None = None) -> Reply:
        """Make the page that is asked for, or the one that is *given*.

        Raises:
            LimitError: Too many wait for a page already.
            GoneError: The client left.
        """
        environ = _environ(incoming, await incoming.body(), given)
        if given is not None or incoming.method != "GET":
            made = self._begin(incoming.client, environ)
            try:
                return await incoming.while_there(made)
            finally:
                made.cancel()
        key = tuple(value for name, value in environ.items() if isinstance(value, str))
        shared = self._making.get(key)
        if shared is None:
            shared = self._making[key] = self._begin(incoming.client, environ)
            shared.add_done_callback(lambda _: self._making.pop(key))
        return await incoming.while_there(shared)

    def close(self) -> None:
        """Let no thread begin another page."""
        for threads in (self._asking, self._writing):
            threads.shutdown(wait=False, cancel_futures=True)

    def _begin(self, client: str, environ: Mapping[str, Any]) -> "asyncio.Task[Reply]":
        waiting = self._waiting
        own = waiting[client] >= _WAITING_OF_ONE
        if own or waiting.total() >= _WAITING:
            said = "too many pages are being made; try again in a moment"
            raise LimitError(said, "busy", 1, own=own)
        waiting[client] += 1
        turn = self._turns.setdefault(client, asyncio.Semaphore(_AT_ONCE))
        made = asyncio.create_task(self._in_turn(turn, environ))
        made.add_done_callback(lambda _: self._done(client))
        return made

    async def _in_turn(self, turn: asyncio.Semaphore, environ: Mapping[str, Any]) -> Reply:
        threads = self._asking if environ[_GIVEN] is None else self._writing
        async with turn:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(threads, partial(_made, self._app, environ))

    def _done(self, client: str) -> None:
        self._waiting[client] -= 1
        if not self._waiting[client]:
            del self._waiting[client], self._turns[client]


def given_page() -> str | AnyResponse | None:
    """Make the page that was given, if one was; for ``Flask.before_request``."""
    given: Given | None = request.environ.get(_GIVEN)
    return None if given is None else given()


def is_given() -> bool:
    """Say whether this page was given, with all that it needs: it must wait for nobody."""
    return request.environ.get(_GIVEN) is not None


def client() -> str:
    """Name whom the work of this request of Flask is counted for."""
    return str(request.environ.get(_CLIENT, ""))


def named_language() -> str | None:
    """Give the language that a form named for this request of Flask."""
    return request.environ.get(_LANGUAGE)


def _environ(incoming: Incoming, body: bytes, given: Given | None) -> dict[str, Any]:
    """Write *incoming* as PEP 3333 has it; the host is left out, which anybody can write."""
    named = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in incoming.headers.items()
        if "_" not in name
    }
    return named | {
        # Of HEAD too the whole page is made: its headers are those of the page (RFC 9110, 9.3.2).
        "REQUEST_METHOD": "GET" if given or incoming.method == "HEAD" else incoming.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": incoming.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": incoming.query.decode("latin-1"),
        "CONTENT_TYPE": incoming.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        _GIVEN: given,
        _CLIENT: incoming.client,
        _LANGUAGE: incoming.language,
    }


def _made(app: Flask, environ: Mapping[str, Any]) -> Reply:
    """Run *app*, in a thread, and take its answer whole."""
    response = Response.from_app(app.wsgi_app, dict(environ), buffered=True)
    headers = {name.lower(): value for name, value in response.headers}
    headers.pop("content-length", None)
    body = response.get_data()
    etag = headers.pop("etag", None)
    may_be_kept = "set-cookie" not in headers and headers.get("cache-control") != "no-store"
    if response.status_code == 200 and may_be_kept:  # noqa: PLR2004 - OK
        etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        headers["cache-control"] = "no-cache"
    media_type = headers.get("content-type", "")
    if media_type.startswith("text/html"):
        headers |= ALONE
    is_text = media_type.startswith(_COMPRESSED)
    accepted = negotiation.gzip(environ.get("HTTP_ACCEPT_ENCODING"))
    if accepted and is_text and len(body) > _WORTHWHILE:
        body = gzip.compress(body, 6, mtime=0)
        headers["content-encoding"] = "gzip"
    return Reply(response.status_code, headers, body, etag=etag)
