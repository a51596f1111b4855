"""A request as it came in, and an answer as it goes out."""

import asyncio
import os
import weakref
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeAlias, TypeVar

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestTimeout

Scope: TypeAlias = Mapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]
Send: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers: TypeAlias = Mapping[str, str]
T = TypeVar("T")

#: The longest request body that is read, in bytes.
LONGEST_BODY: Final = 1 << 20
#: Up to here a body that is too long is taken in and forgotten: who still sends does not
#: listen, and would never see why it was refused.
_LONGEST_REFUSED: Final = 64 << 20
#: A body that takes longer to arrive is not waited for, in seconds.
_PATIENCE: Final = 20
#: After so many seconds we look whether the client is still there.
_GLANCE: Final = 0.02


class GoneError(Exception):
    """The client has left; nobody waits for the answer."""


class Spool:
    """An answer in a file, which is closed when nothing refers to it any more.

    Args:
        descriptor: Of the file, which has no name; it belongs to the spool from now on.
        length: In bytes.
    """

    def __init__(self, descriptor: int, length: int) -> None:
        self.length = length
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)

    def read(self, offset: int, length: int) -> bytes:
        """Read *length* bytes from *offset*, or as many as there are."""
        return os.pread(self._descriptor, length, offset)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the client gets: a status, headers, and a body or a file.

    Args:
        status: The status of HTTP.
        headers: By their names in small letters; the length is added by whoever sends it.
        body: Whole, unless it is in the *spool*.
        spool: A body that is too long to be held in memory.
        etag: What the answer is known by (RFC 9110, section 8.8.3), where it may be kept.
        reason: For the log: why there is no other answer.
    """

    status: int
    headers: Headers
    body: bytes = b""
    spool: Spool | None = None
    etag: str | None = None
    reason: str | None = None

    @property
    def length(self) -> int:
        """Of the body, in bytes."""
        return len(self.body) if self.spool is None else self.spool.length


@dataclass(frozen=True, slots=True)
class Again:
    """What was asked, for the form on the page that answers it.

    Args:
        query: The text of the query.
        graphs: The fields of the form that say which graphs are asked.
    """

    query: str
    graphs: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Incoming:
    """One request.

    Attributes:
        method: As it was sent.
        path: Decoded.
        query: All after the question mark, as it was sent.
        headers: By their names in small letters; several of a name are joined by commas.
        client: Whom its work is counted for.
        language: That of the reader, where a form or the address names it.
        again: What was asked, as soon as that is known.
        asked: For the log: the hash of the query.
        kept: For the log: where the answer was found, if it was there already.
    """

    method: str
    path: str
    query: bytes
    version: str
    headers: Headers
    client: str
    receive: Receive
    language: str | None = None
    again: Again | None = None
    asked: str | None = None
    kept: str | None = None
    _body: bytes | None = None
    _left: "asyncio.Future[None] | None" = field(default=None, repr=False)

    @classmethod
    def of(cls, scope: Scope, receive: Receive, client: str) -> Self:
        """Read what ASGI says of a request (ASGI HTTP 2.3, connection scope)."""
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        path, query = scope["path"], scope["query_string"]
        return cls(scope["method"], path, query, scope["http_version"], headers, client, receive)

    async def body(self) -> bytes:
        """Give the body, whole.

        Raises:
            HTTPException: It is too long (413), too slow (408) or ends too soon (400).
            GoneError: The client left before it was sent.
        """
        if self._body is None and not self._sends_one:
            self._body = b""
        if self._body is None:
            try:
                async with asyncio.timeout(_PATIENCE):
                    self._body = await self._read()
            except TimeoutError as error:
                raise RequestTimeout(f"the body took longer than {_PATIENCE} seconds") from error
        return self._body

    async def while_there(self, work: "asyncio.Future[T]") -> T:
        """Wait for *work*, which must be after the body, for as long as the client does.

        Raises:
            GoneError: The client has left. Whether the work goes on is up to the caller.
        """
        if not work.done():
            await asyncio.wait((work,), timeout=_GLANCE)
        if not work.done():
            left = self.left()
            await asyncio.wait((work, left), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise GoneError
        return work.result()

    def left(self) -> "asyncio.Future[None]":
        """Give what is done when the client has left; the body must have been read."""
        if self._left is None:
            self._left = asyncio.ensure_future(self._leave())
        return self._left

    def close(self) -> None:
        """Forget the client."""
        if self._left is not None:
            self._left.cancel()

    @property
    def _sends_one(self) -> bool:
        """Whether there is a body to wait for (RFC 9112, section 6.3)."""
        return "content-length" in self.headers or "transfer-encoding" in self.headers

    async def _leave(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def _read(self) -> bytes:
        pieces: list[bytes] = []
        length, more = 0, True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                # Left, or sent what is no body; who is still there is told so.
                raise BadRequest("the body ends before its length, or is not well chunked")
            piece = message.get("body", b"")
            length, more = length + len(piece), message.get("more_body", False)
            if length <= LONGEST_BODY:
                pieces.append(piece)
            elif length > _LONGEST_REFUSED:
                more = False
        if length > LONGEST_BODY:
            raise RequestEntityTooLarge(f"the body is longer than {LONGEST_BODY} bytes")
        return b"".join(pieces)
