"""A website on a port."""

import signal
import socket
from types import FrameType
from typing import Final, NoReturn

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from teixit.errors import ServeError

#: The longest request body that is read, in bytes.
LONGEST_BODY: Final = 1 << 20
#: Up to here the server takes in a body that the website will refuse: the website does it
#: with a page or a problem and its headers, the server with a line of plain text.
_LONGEST_REFUSED: Final = 8 * LONGEST_BODY

_THREADS: Final = 8
#: Idle and slow clients cost a socket, not a thread; so many, for so many seconds.
_CONNECTIONS: Final = 2000
_PATIENCE: Final = 20


def listen(host: str, port: int) -> socket.socket:
    """Open *port* of *host*; port 0 is any free one.

    Raises:
        ServeError: The port is taken or forbidden, or there is no such host.
    """
    try:
        family, *_, name = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(name[:2], family=family)
    except (OSError, UnicodeError) as error:
        reason, _, _ = (getattr(error, "strerror", None) or str(error)).partition(" (")
        raise ServeError(f"cannot listen on {host}, port {port}: {reason}") from error


def address(listener: socket.socket) -> str:
    """Give the address of what is served on *listener*, without a slash at the end."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: Flask, listener: socket.socket) -> None:
    """Answer requests by *app* until the process is interrupted or told to end."""
    sockets: dict[int, object] = {}
    server = create_server(
        app,
        map=sockets,
        sockets=[listener],
        threads=_THREADS,
        connection_limit=_CONNECTIONS,
        channel_timeout=_PATIENCE,
        cleanup_interval=_PATIENCE // 4,
        max_request_body_size=_LONGEST_REFUSED,
        asyncore_use_poll=True,  # select() ends at 1,024 sockets
        ident=None,
    )
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    finally:
        signal.signal(signal.SIGTERM, before)
        wasyncore.close_all(sockets)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit
