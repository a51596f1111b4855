"""A service on a port: from the first worker to the last answer."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from teixit.errors import ServeError
from teixit.web.exchange import Receive, Scope, Send

#: Idle and slow clients cost a socket, and a header or a pause may take so long, in milliseconds.
_CONNECTIONS: Final = 4096
_BACKLOG: Final = 2048
_PATIENCE: Final = 20_000
#: A request line and its headers, in bytes.
_LONGEST_HEAD: Final = 128 * 1024
#: At the end, answers that are on their way have so long, in seconds.
_GRACE: Final = 5.0

Application = Callable[[Scope, Receive, Send], object]


@dataclass(frozen=True)
class Place:
    """Where the service is reached."""

    host: str
    port: int

    @property
    def address(self) -> str:
        """The address, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


@contextlib.contextmanager
def claim(host: str, port: int) -> Iterator[Place]:
    """Hold *port* of *host*, so that nobody else takes it; port 0 is any free one.

    The HTTP server opens a socket of its own, beside ours, as SO_REUSEPORT allows; whether the
    port was free can only be seen without that option.

    Raises:
        ServeError: The port is taken or forbidden, or there is no such host.
    """
    with contextlib.ExitStack() as held:
        try:
            family, *_, name = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.create_server(name[:2], family=family) as free:
                place = Place(*free.getsockname()[:2])
            holder = held.enter_context(socket.socket(family))
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            holder.bind((place.host, place.port))
        except (OSError, UnicodeError) as error:
            reason, _, _ = (getattr(error, "strerror", None) or str(error)).partition(" (")
            raise ServeError(f"cannot listen on {host}, port {port}: {reason}") from error
        yield place


@contextlib.asynccontextmanager
async def listening(app: Application, place: Place) -> AsyncIterator["asyncio.Task[None]"]:
    """Answer requests at *place* by *app*; at the end, let those finish that are being answered.

    What it gives is done when nobody listens any more.

    Raises:
        ServeError: The port cannot be opened.
    """
    server = Server(
        app,
        address=place.host,
        port=place.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        backlog=_BACKLOG,
        backpressure=_CONNECTIONS,
        runtime_threads=1,
        http1_settings=HTTP1Settings(header_read_timeout=_PATIENCE, max_buffer_size=_LONGEST_HEAD),
    )
    serving = asyncio.create_task(server.serve())
    try:
        await _until_open(serving, place)
        yield serving
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # granian's
        await asyncio.wait((serving,), timeout=_GRACE)


async def until_told(reload: Callable[[], object], serving: "asyncio.Task[None]") -> None:
    """Wait until the process is interrupted or told to end; at SIGHUP, *reload*.

    Raises:
        ServeError: Nobody listens any more, so that a supervisor can begin anew.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    serving.add_done_callback(lambda _: told.set())
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        loop.add_signal_handler(number, told.set)
    loop.add_signal_handler(signal.SIGHUP, reload)
    try:
        await told.wait()
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
        loop.remove_signal_handler(signal.SIGHUP)
    if serving.done():
        raise ServeError("the HTTP server has ended by itself") from serving.exception()


async def _until_open(serving: "asyncio.Task[None]", place: Place) -> None:
    """Wait until a client can connect.

    Raises:
        ServeError: Nobody ever can.
    """
    while not serving.done():
        try:
            _, writer = await asyncio.open_connection(place.host, place.port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            if not serving.done():  # else it was somebody else who answered
                return
    raise ServeError(f"cannot listen on {place.host}, port {place.port}") from serving.exception()
