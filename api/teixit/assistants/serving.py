"""Serving assistants: over standard input and output, or over HTTP."""

import asyncio
import contextlib
import json
import logging
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from teixit.assistants.asking import CLIENT
from teixit.assistants.tools import served
from teixit.errors import KnowledgeError, ServeError
from teixit.languages import DEFAULT
from teixit.library import Graph
from teixit.workers import Limits, Pool, Source
from teixit.workers.through import Through

#: Where it is reached at a host.
PATH: Final = "/mcp"
#: A request has so many bytes at most.
_LONGEST: Final = 1 << 20
#: So many connections are answered at a time; others are told 503.
_AT_ONCE: Final = 256


def over_pipes(source: Source, limits: Limits) -> None:
    """Serve one assistant over standard input and output, until its end of them is closed.

    Raises:
        KnowledgeError: The graph cannot be loaded.
    """

    async def serve() -> None:
        async with _server(source, limits) as server:
            await server.run_stdio_async()

    asyncio.run(serve())


def over_http(
    source: Source,
    limits: Limits,
    place: tuple[str, int],
    address: str | None = None,
    announce: Callable[[str], None] = lambda _address: None,
) -> None:
    """Serve assistants over HTTP (MCP's Streamable HTTP) until the process is told to end.

    A request has to name the service as we know it in ``Host``, and to come from its own pages or
    none (``Origin``): else a page of others could ask in the name of whoever looks at it.

    Args:
        source: The graph.
        limits: Of one query.
        place: The host and the port to listen on; port 0 is any free one.
        address: Where the world reaches this server, if not where it listens.
        announce: Called once with the address, when it listens.

    Raises:
        ServeError: The port cannot be opened.
        KnowledgeError: The graph cannot be loaded.
    """
    with _listening(*place) as listener:
        host, port = listener.getsockname()[:2]
        own = f"http://{f'[{host}]' if ':' in host else host}:{port}"

        async def serve() -> None:
            async with _server(source, limits) as server:
                app = server.streamable_http_app(
                    streamable_http_path=PATH,
                    json_response=True,
                    stateless_http=True,
                    max_request_body_size=_LONGEST,
                    transport_security=_trusted(port, own, address),
                )
                config = uvicorn.Config(
                    app, log_level="warning", access_log=False, limit_concurrency=_AT_ONCE
                )
                web = uvicorn.Server(config)
                with _told_to_end(web):
                    announce(f"{address or own}{PATH}")
                    await web.serve([listener])

        asyncio.run(serve())


@contextlib.asynccontextmanager
async def _server(source: Source, limits: Limits) -> AsyncIterator[MCPServer]:
    """Have workers over the graph while the block runs."""
    # What goes wrong is told on standard error, plainly; what is asked is nobody's business.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    pool = await Pool.start(source, limits)
    try:
        graph = Graph(
            Through(pool, lambda: CLIENT), DEFAULT, list, lambda file: indexed(source, limits, file)
        )
        yield served(pool, graph)
    finally:
        await pool.close()


def indexed(source: Source, limits: Limits, file: Path) -> None:
    """Have a process of its own write what searches are answered from.

    Raises:
        KnowledgeError: It cannot.
    """
    told = (json.dumps(part) for part in (source.written(), limits.written()))
    command = [sys.executable, "-m", "teixit.workers.indexing", str(file), *told]
    done = subprocess.run(  # noqa: S603 - it is ourselves
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise KnowledgeError(f"nothing can be searched: {done.stderr.strip()}")


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Hold a port.

    Raises:
        ServeError: It is taken or forbidden, or there is no such host.
    """
    try:
        family, *_, name = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(name[:2], family=family)
    except (OSError, UnicodeError) as error:
        reason, _, _ = (getattr(error, "strerror", None) or str(error)).partition(" (")
        raise ServeError(f"cannot listen on {host}, port {port}: {reason}") from error
    with listener:
        yield listener


@contextlib.contextmanager
def _told_to_end(web: uvicorn.Server) -> Iterator[None]:
    """Let a signal end the server in order, also one that comes before uvicorn listens to them.

    When it has ended, uvicorn raises the signal once more, which changes nothing then.
    """

    def end(*_: object) -> None:
        web.should_exit = True

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _trusted(port: int, own: str, address: str | None) -> TransportSecuritySettings:
    """Say by which names the server may be asked, and by the pages of which servers."""
    local = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    names = {*local, urlsplit(own).netloc}
    origins = {f"http://{name}" for name in names}
    if address:
        names.add(urlsplit(address).netloc)
        origins.add(address)
    return TransportSecuritySettings(allowed_hosts=sorted(names), allowed_origins=sorted(origins))
