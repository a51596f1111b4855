"""Sending answers: whole, or piece by piece as fast as the client takes them."""

import asyncio
from typing import Final

from teixit.web.cache import Message
from teixit.web.exchange import GoneError, Incoming, Reply, Send, Spool

#: A file is sent in pieces of so many bytes, each of which must be taken within so many seconds.
_PIECE: Final = 1 << 18
_PATIENCE: Final = 30
#: What has no body, and so no length of one (RFC 9110, section 8.6).
_WITHOUT_BODY: Final = frozenset({204, 304})


def messages(reply: Reply) -> tuple[Message, Message]:
    """Write *reply* as ASGI sends it: how it begins, and its body."""
    named = [(name.encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
    if reply.status not in _WITHOUT_BODY:
        named.append((b"content-length", str(reply.length).encode()))
    start = {"type": "http.response.start", "status": int(reply.status), "headers": named}
    return start, {"type": "http.response.body", "body": reply.body}


async def in_pieces(reply: Reply, spool: Spool, incoming: Incoming, send: Send) -> None:
    """Send the *spool* of *reply*.

    Raises:
        GoneError: The client does not take it, or has left.
    """
    left, offset = incoming.left(), 0
    await send(messages(reply)[0])
    while offset < spool.length:
        piece = spool.read(offset, _PIECE)
        offset += len(piece)
        more = offset < spool.length
        message = {"type": "http.response.body", "body": piece, "more_body": more}
        try:
            async with asyncio.timeout(_PATIENCE):
                await send(message)
        except TimeoutError as error:
            raise GoneError from error
        if left.done() and more:
            raise GoneError
