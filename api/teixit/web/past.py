"""Our documents as they were, from the dumps of the releases that are there.

Asked with Accept-Datetime, a document sends on to the one of the release of that time (RFC 7089):
``/doc/X`` to ``/releases/1.0.0/doc/X``, ``/def`` to ``/def/1.0.0``, a dataset to its release. One
dump is read at a time, in a thread, and the last few stay in memory.
"""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Final, TypeVar

from teixit import namespaces, negotiation, protocol
from teixit.discovery.records import NAMES
from teixit.errors import LimitError, NotFoundError
from teixit.exporting import Exported, dumps
from teixit.web import document_pages, dumped, forms, headers, memento, shapes, vocabulary
from teixit.web.exchange import Incoming, Reply
from teixit.web.exported import Exports
from teixit.web.memento import Memento
from teixit.web.pages import Pages
from teixit.web.terms import Vocabulary

#: Documents whose fragments are our terms and our shapes.
_ONTOLOGY: Final = "/def"
_SHAPES: Final = "/shapes"
OF_FRAGMENTS: Final = (_ONTOLOGY, _SHAPES)

_ABOUT: Final = document_pages.ABOUT
_DATASETS: Final = "/datasets/"
_VERSION: Final = re.compile(r"(/def|/shapes)/(\d+\.\d+\.\d+)")
#: So many may wait for their turn.
_WAITING: Final = 64
#: Shorter bodies grow when they are compressed.
_WORTHWHILE: Final = 1000

T = TypeVar("T")


class Past:
    """Knows how our documents were.

    Args:
        exports: The releases.
        pages: Who makes pages.
    """

    def __init__(self, exports: Exports, pages: Pages) -> None:
        self._exports = exports
        self._pages = pages
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def is_known(self, path: str, incoming: Incoming) -> bool:
        """Say whether another time is asked for, and what is at *path* was there at any.

        Raises:
            RequestError: Too many ask for the past.
            GoneError: The client left.
        """
        if memento.WANTED not in incoming.headers:
            return False
        return bool(await self._mementos(path, incoming))

    async def gate(self, path: str, ending: str | None, incoming: Incoming) -> Reply | None:
        """Send on to what was at *path* at the time that is asked for.

        Args:
            path: Without an ending, decoded.
            ending: The form that the address names.
            incoming: What is asked.

        Returns:
            None where no time is asked for, or no release is known that has it.

        Raises:
            RequestError: That is no time, or too many ask for the past.
            GoneError: The client left.
        """
        when = memento.wanted(incoming)
        found = [] if when is None else await self._mementos(path, incoming)
        if not found:
            return None
        address, release = memento.nearest(found, when)
        form = "" if ending is None or address.endswith("/") else f".{ending}"
        told = memento.links_of(_address(path))
        return memento.sent_on((f"{address}{form}", release), told)

    async def map(self, path: str, incoming: Incoming) -> Reply:
        """List the times of what is at *path*.

        Raises:
            RequestError: That is no address of a document or dataset, or too many ask.
            GoneError: The client left.
        """
        if path not in OF_FRAGMENTS and not path.startswith((_ABOUT, _DATASETS)):
            raise NotFoundError("expected a document or a dataset, as /releases/timemap/doc/X")
        address = _address(path)
        found = await self._mementos(path, incoming)
        return memento.listed(memento.links_of(address), f"{memento.MAPS}{address}", found)

    async def about(self, version: str, name: str, incoming: Incoming) -> Reply:
        """Give the document about a thing as it was in the release *version*.

        Args:
            version: Of the release.
            name: Of the thing, and the ending of a form.
            incoming: What is asked.

        Raises:
            RequestError: There is no such release, or it says nothing of the thing.
            GoneError: The client left.
        """
        name, ending = forms.split(name)
        release = await self._release(version, incoming)
        iri, path = f"{namespaces.THING}{name}", document_pages.path(_ABOUT, name)
        if not await self._in_turn(incoming, partial(dumped.having, iri, [release])):
            raise NotFoundError(f"release {version} says nothing of {iri}")
        address = f"/releases/{version}{path}"
        document = _document(address, ending, path)
        page = partial(self._page, release, iri, address, path)
        return await self._reply(document, release, iri, incoming, page)

    async def version(self, path: str, ending: str | None, incoming: Incoming) -> Reply:
        """Give a version of the ontology or of the shapes that is no longer that of the graph.

        Raises:
            RequestError: There is none of that number.
            GoneError: The client left.
        """
        found = _VERSION.fullmatch(path)
        if found is None:
            raise NotFoundError(f"there is nothing called {namespaces.BASE}{path[1:]}")
        release = await self._release(found[2], incoming)
        document = _document(path, ending, found[1])
        page = partial(self._vocabulary if found[1] == _ONTOLOGY else self._shapes, release, path)
        iri = f"{namespaces.BASE}{path[1:]}"
        return await self._reply(document, release, iri, incoming, page)

    def dated(self, path: str, reply: Reply) -> Reply:
        """Say of the *reply* at *path* of when it is, if it is a version that is released."""
        found = _VERSION.fullmatch(path)
        release = self._exports.shelf.releases.get(found[2]) if found else None
        if release is None or reply.status != HTTPStatus.OK:
            return reply
        return headers.added(reply, {"memento-datetime": memento.date(release)})

    async def _release(self, version: str, incoming: Incoming) -> Exported:
        release = await self._exports.find(version, incoming)
        if not dumps.can_be_asked(release):
            raise NotFoundError(f"release {version} is too long to be asked; take its files")
        return release

    async def _mementos(self, path: str, incoming: Incoming) -> list[Memento]:
        """Give where that is found which was at *path*, the oldest first."""
        await self._exports.settle(incoming)
        releases = [
            each for each in self._exports.shelf.releases.values() if dumped.has_documents(each)
        ]
        if path.removeprefix(_DATASETS) in NAMES:
            return [(f"/releases/{each.version}/", each) for each in releases]
        if path == _SHAPES:
            return [(f"{path}/{each.version}", each) for each in releases]
        iri = _iri(path)
        if iri is None:
            return []
        having = await self._in_turn(incoming, partial(dumped.having, iri, releases))
        if path == _ONTOLOGY:
            return [(f"{path}/{each.version}", each) for each in having]
        return [(f"/releases/{each.version}{_address(path)}", each) for each in having]

    async def _in_turn(self, incoming: Incoming, work: Callable[[], T]) -> T:
        """Do the *work* in a thread, when nobody else of the past is being asked.

        Raises:
            LimitError: Too many wait already.
            GoneError: The client left.
        """
        if self._waiting >= _WAITING:
            raise LimitError("too many ask how it was; try again in a moment", "busy", 1)
        self._waiting += 1
        try:
            async with self._turn:
                task = asyncio.create_task(asyncio.to_thread(work))
                return await incoming.while_there(task)
        finally:
            self._waiting -= 1

    async def _reply(
        self,
        document: forms.Document,
        release: Exported,
        iri: str,
        incoming: Incoming,
        page: forms.MakePage,
    ) -> Reply:
        async def write(type_: str) -> Reply:
            body = await self._in_turn(incoming, partial(dumped.written, release, iri, type_))
            return _file(body, type_, release, incoming)

        reply = await document.reply(incoming, write, page)
        if reply.status != HTTPStatus.OK:
            return reply
        date = memento.date(release)
        return headers.added(reply, {"memento-datetime": date, "last-modified": date})

    async def _page(
        self, release: Exported, iri: str, address: str, now: str, incoming: Incoming
    ) -> Reply:
        found = await self._in_turn(incoming, partial(dumped.found, release, iri))
        (edition,) = found.pop("edition")
        past = document_pages.Past(release.version, release.contents.modified, now)
        given = partial(document_pages.thing, iri, address, found, edition, past)
        return await self._pages.answer(incoming, given)

    async def _vocabulary(self, release: Exported, address: str, incoming: Incoming) -> Reply:
        read = await self._in_turn(incoming, lambda: Vocabulary.read(partial(dumped.ask, release)))
        given = partial(vocabulary.old_ontology, read, address)
        return await self._pages.answer(incoming, given)

    async def _shapes(self, release: Exported, address: str, incoming: Incoming) -> Reply:
        file = release.folder / dumps.SHAPES
        read = await self._in_turn(incoming, lambda: shapes.read((file,)))
        return await self._pages.answer(incoming, partial(vocabulary.old_shapes, read, address))


def _document(address: str, ending: str | None, original: str) -> forms.Document:
    name = f"{namespaces.BASE}{address[1:]}"
    return forms.Document(address, ending, name, (memento.links_of(original),))


def _address(path: str) -> str:
    """Write *path* as addresses have it."""
    return document_pages.path("", path)


def _iri(path: str) -> str | None:
    """Give what the graph must speak of for a document at *path*."""
    if path == _ONTOLOGY:
        return namespaces.ONTOLOGY
    name = path.removeprefix(_ABOUT)
    return f"{namespaces.THING}{name}" if name != path else None


def _file(body: bytes, type_: str, release: Exported, incoming: Incoming) -> Reply:
    etag = hashlib.sha256(body).hexdigest()
    told = {
        "content-type": protocol.content_type(type_),
        "cache-control": headers.lasting(kept=release.kept),
    }
    accepted = negotiation.gzip(incoming.headers.get("accept-encoding"))
    if not accepted or len(body) < _WORTHWHILE:
        return Reply(200, told, body, etag=f'"{etag}"')
    told["content-encoding"] = "gzip"
    return Reply(200, told, gzip.compress(body, 6, mtime=0), etag=f'"{etag}-gzip"')
