"""A client that asks as harvesters do: it follows what it is told to, keeps nothing it was not sent.

Addresses under the base IRI are asked of the server that is checked, by their path alone, as
w3id.org's redirects would lead to it.
"""

import gzip
import hashlib
import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import quote, urljoin, urlsplit

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

REDIRECTS = frozenset({301, 302, 303, 307, 308})
HOPS = 6


class ElsewhereError(Exception):
    """The address is not one of ours."""


@dataclass(frozen=True)
class Answer:
    """What was sent back."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def plain(self) -> bytes:
        """The body, out of its encoding."""
        zipped = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if zipped else self.body

    @property
    def text(self) -> str:
        return self.plain.decode("utf-8")

    @cached_property
    def rdf(self) -> Dataset:
        """The statements; an error of the parser is a SyntaxError."""
        base = self.address if "://" in self.address else f"https://server.invalid{self.address}"
        return dataset(self.plain, self.type, base)

    @property
    def vary(self) -> set[str]:
        return {part.strip().lower() for part in self.headers.get("vary", "").split(",")}


def dataset(body: bytes, media_type: str, base: str) -> Dataset:
    """Parse what the media type says; of unknown types it is a SyntaxError."""
    format_ = RdfFormat.from_media_type(media_type)
    if format_ is None:
        raise SyntaxError(f"{media_type!r} is no type of RDF")
    return Dataset(parse(body, format=format_, base_iri=base, rename_blank_nodes=True))


def canonical(found: Dataset, *, merged: bool = False) -> str:
    """SHA-256 of the sorted N-Quads of RDFC-1.0; *merged* leaves the names of graphs out."""
    quads = Dataset(found)
    if merged:
        from pyoxigraph import Quad  # noqa: PLC0415 - the only use

        quads = Dataset(Quad(q.subject, q.predicate, q.object) for q in found)
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in quads)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


class Client:
    """Asks the server at *url*, on whose other names, *base* and *public*, it answers too."""

    def __init__(self, url: str, base: str, public: str = "", timeout: float = 120) -> None:
        self.url = url.rstrip("/")
        self.names = tuple(name.rstrip("/") for name in dict.fromkeys((base, public, url)) if name)
        self._where = urlsplit(self.url)
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None
        self._known: dict[tuple[Any, ...], Answer] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def path(self, address: str) -> str:
        """The path at the server; ElsewhereError where the address is not under a name of ours."""
        if address.startswith("/"):
            return address
        for name in self.names:
            rest = address.removeprefix(name)
            if rest != address and rest[:1] in {"", "/", "?", "#"}:
                return rest.partition("#")[0] or "/"
        raise ElsewhereError(address)

    def ours(self, address: str) -> bool:
        try:
            return bool(self.path(address))
        except ElsewhereError:
            return False

    def ask(
        self, address: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """One request; nothing is followed. Names of headers have _ where HTTP has -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        target = self._where.path + quote(self.path(address), safe="/?&=:;,+%~!*'()@$-._")
        begun = time.perf_counter()
        response, sent = self._exchange(method, target, body, named)
        told: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            told[key] = f"{told[key]}, {value}" if key in told else value
        return Answer(address, response.status, told, sent, time.perf_counter() - begun)

    def _exchange(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        for attempt in (1, 2):  # a kept connection may have been closed meanwhile
            if self._connection is None:
                self._connection = self._open()
            try:
                self._connection.putrequest(method, target, skip_accept_encoding=True)
                for name, value in headers.items():
                    self._connection.putheader(name, value)
                if body is not None:
                    self._connection.putheader("Content-Length", str(len(body)))
                self._connection.endheaders(body)
                response = self._connection.getresponse()
                return response, response.read()
            except (http.client.HTTPException, ConnectionError):
                self._connection.close()
                self._connection = None
                if attempt == 2:
                    raise
        raise AssertionError

    def _open(self) -> http.client.HTTPConnection:
        kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        place = self._where.hostname or ""
        return kind[self._where.scheme](place, self._where.port, timeout=self._timeout)

    def get(self, address: str, accept: str | None = None, **headers: str) -> Answer:
        """A GET without following, remembered."""
        named = {**({"Accept": accept} if accept else {}), **headers}
        key = (self.path(address), *sorted(named.items()))
        if key not in self._known:
            self._known[key] = self.ask(address, **named)
        return self._known[key]

    def chain(self, address: str, accept: str | None = None, **headers: str) -> list[Answer]:
        """A GET and all redirects after it, the last answer last; what leads elsewhere ends it."""
        found = [self.get(address, accept, **headers)]
        while found[-1].status in REDIRECTS and len(found) <= HOPS:
            # What begins with a slash is of the host that has answered, wherever it stands.
            where = found[-1].headers.get("location", "")
            following = where if where[:1] == "/" else urljoin(found[-1].address, where)
            if not self.ours(following):
                break
            found.append(self.get(following, accept, **headers))
        return found

    def final(self, address: str, accept: str | None = None, **headers: str) -> Answer:
        return self.chain(address, accept, **headers)[-1]

    def head(self, address: str, **headers: str) -> Answer:
        return self.ask(address, "HEAD", **headers)
