"""What harvesters ask for: the catalogue by profile, VoID, and what portals read of their own.

Each file has an address of its own, for harvesters that accept anything and send HEAD first. The
catalogue is made once for each release, in a thread; VoID is a graph of the data, and is asked for.
"""

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from teixit import namespaces, negotiation, paths, queries
from teixit.catalogue import serving
from teixit.catalogue.model import Facts, Release
from teixit.errors import NotFoundError
from teixit.web import headers
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.exported import Exports
from teixit.web.formats import FORMATS
from teixit.web.sparql import Endpoint
from teixit.workers import Job

#: Addresses of the VoID description, each with its form; None to negotiate.
VOID: Final = {
    "/.well-known/void": None,
    "/void": None,
    **{f"/void.{ending}": form.media_type for ending, form in serving.FORMS.items()},
}
#: Addresses of what is made of a release.
CATALOGUE: Final = "/catalog"
FILES: Final = (
    *(f"{CATALOGUE}.{ending}" for ending in serving.FORMS),
    "/catalog.dcat-ap-2.1.1.ttl",
    "/federador.rdf",
    "/ckan/package.json",
    "/lod-cloud.json",
    "/data.json",
)

_TYPES: Final = {form.media_type: ending for ending, form in serving.FORMS.items()}
_RECORD: Final = namespaces.thing("record", "void")


@dataclass(frozen=True)
class _File:
    media_type: str
    plain: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, media_type: str, content: bytes) -> "_File":
        packed = gzip.compress(content, mtime=0)
        return cls(media_type, content, packed, blake2b(content, digest_size=12).hexdigest())


class Catalogue:
    """Answers at :data:`VOID`, :data:`CATALOGUE` and :data:`FILES`.

    Args:
        asking: Who answers queries.
        endpoint: Who writes answers for machines.
        exports: The releases.
    """

    def __init__(self, asking: Asking, endpoint: Endpoint, exports: Exports) -> None:
        self._asking = asking
        self._endpoint = endpoint
        self._exports = exports
        self._made: tuple[object, asyncio.Task[Mapping[str, _File]]] | None = None

    async def void(self, incoming: Incoming) -> Reply:
        """Give the VoID description, which is a graph of the data.

        Raises:
            RequestError: There is none, or no form of it is accepted.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        type_ = VOID[incoming.path] or _chosen(incoming)
        compress = negotiation.gzip(incoming.headers.get("accept-encoding"))
        job = Job("graph", _RECORD, (None, None, type_), gzip=compress)
        reply = await self._endpoint.reply(incoming, job)
        return _described(reply, f"/void.{_TYPES[type_]}", incoming)

    async def file(self, incoming: Incoming) -> Reply:
        """Give a file about the release.

        Raises:
            RequestError: There is no release, or no form of the catalogue is accepted.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        address = incoming.path
        if address == CATALOGUE:
            address = f"{CATALOGUE}.{_TYPES[_chosen(incoming)]}"
        file = (await self._files(incoming))[address[1:]]
        compress = negotiation.gzip(incoming.headers.get("accept-encoding"))
        told = {"content-type": file.media_type, "cache-control": "no-cache"}
        if file.media_type.startswith("text/"):
            told["content-type"] += "; charset=utf-8"
        if compress:
            told["content-encoding"] = "gzip"
        etag = f'"{file.etag}{"-gzip" if compress else ""}"'
        reply = Reply(200, told, file.packed if compress else file.plain, etag=etag)
        return _described(reply, address, incoming)

    async def _files(self, incoming: Incoming) -> Mapping[str, _File]:
        """Give the files of the release that is served; they are made when first asked for."""
        facts = await self._facts(incoming)
        await self._exports.settle(incoming)
        release = self._exports.release()
        if release is None:
            raise NotFoundError("what is served cannot be had as files")
        key = self._asking.pool.version, release
        if self._made is None or self._made[0] != key:
            making = asyncio.to_thread(_make, release, facts)
            self._made = key, asyncio.create_task(making)
        return await asyncio.shield(self._made[1])

    async def _facts(self, incoming: Incoming) -> Facts:
        """Ask the graph what it says of itself.

        Raises:
            NotFoundError: It says nothing: it is not one of ours.
        """
        text = queries.named("facts", paths.QUERIES / "catalogue").text
        job = Job("query", text, (FORMATS["json"], None, None))
        found = await self._asking.found(job, incoming)
        bindings = json.loads(found.first(found.length))["results"]["bindings"]
        facts = Facts.of([{name: term["value"] for name, term in row.items()} for row in bindings])
        if facts is None:
            raise NotFoundError("the graph that is served has no description of itself")
        return facts


def _make(release: Release, facts: Facts) -> Mapping[str, _File]:
    made = serving.files(release, facts)
    return {name: _File.of(type_, content) for name, (type_, content) in made.items()}


def _chosen(incoming: Incoming) -> str:
    return negotiation.choose(incoming.headers.get("accept"), tuple(_TYPES))


def _described(reply: Reply, address: str, incoming: Incoming) -> Reply:
    """Say which of the addresses it is that was negotiated."""
    if incoming.path == address:
        return reply
    told = {**reply.headers, "content-location": address}
    return Reply(reply.status, told, reply.body, reply.spool, reply.etag, reply.reason)
