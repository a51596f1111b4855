"""Releases: all of them listed, each as a document in every form, and with its files.

A release that is kept never changes, and says so. Which one was the current at some time is told
by Memento (RFC 7089); the time gate of the graph is ``/releases/latest``.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Final
from xml.etree import ElementTree as ET

from pyoxigraph import Triple

from teixit import answers, protocol
from teixit.catalogue import editions
from teixit.catalogue.model import Release
from teixit.errors import NotFoundError
from teixit.exporting import MANIFEST
from teixit.namespaces import BASE, thing
from teixit.web import forms, headers, memento, release_files, release_pages
from teixit.web.exchange import Incoming, Reply
from teixit.web.exported import Exports
from teixit.web.pages import Pages
from teixit.web.past import Past

FOLDER: Final = "/releases/"
LATEST: Final = "/releases/latest"
FEED: Final = "/feed.atom"
#: What is answered here: addresses, and what others begin with.
ROUTES: Final = (FEED, FOLDER.removesuffix("/"))
FOLDERS: Final = (FOLDER, "/releases.")

_JSON: Final = forms.WITH_JSON["json"]
_ATOM: Final = "http://www.w3.org/2005/Atom"
#: The list; a release; and either with an ending that names a form.
_DOCUMENT: Final = re.compile(r"/releases(?:/(\d+\.\d+\.\d+))?")
_LINKS: Final = memento.links(thing("dataset", "graph"), LATEST, memento.MAPS)


class Releases:
    """Answers at :data:`ROUTES` and below :data:`FOLDERS`.

    Args:
        exports: The releases.
        pages: Who makes pages.
        past: Who knows how our documents were.
    """

    def __init__(self, exports: Exports, pages: Pages, past: Past) -> None:
        self._exports = exports
        self._pages = pages
        self._past = past
        self._own: Mapping[str, Callable[[Incoming], Reply]] = {
            LATEST: self._of_time,
            memento.MAPS: self._timemap,
            FEED: self._feed,
        }

    async def answer(self, incoming: Incoming) -> Reply:
        """Give a document, a file, or the address of the release of some time.

        Raises:
            RequestError: There is no such release or file, or not yet, or no form is accepted.
            HTTPException: The method would change something, or there is no such part.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        path = incoming.path
        if path in self._own:
            await self._exports.settle(incoming)
            return self._own[path](incoming)
        if path.startswith(f"{memento.MAPS}/"):
            return await self._past.map(path.removeprefix(memento.MAPS), incoming)
        whole, ending = forms.split(path.removesuffix("/"), forms.WITH_JSON)
        found = _DOCUMENT.fullmatch(whole)
        if found and not (ending and path.endswith("/")):
            return await self._document(found[1], ending, incoming)
        version, _, name = path.removeprefix(FOLDER).partition("/")
        if name.startswith("doc/"):
            return await self._past.about(version, name.removeprefix("doc/"), incoming)
        release = await self._exports.find(version, incoming)
        return release_files.reply(release, name, _LINKS, incoming)

    async def _document(self, version: str | None, ending: str | None, incoming: Incoming) -> Reply:
        """Give a release, or the list of all, in one of its forms.

        The files of a release are named relative to its folder: who leaves out the slash is sent
        on.
        """
        if ending is None and not incoming.path.endswith("/"):
            return Reply(HTTPStatus.PERMANENT_REDIRECT, {"location": f"{incoming.path}/"})
        if version:
            return await self._release(version, ending, incoming)
        await self._exports.settle(incoming)
        found = self._all()
        document = forms.Document(
            "/releases", ending, f"{BASE}releases/", (_LINKS,), forms.WITH_JSON
        )
        write = partial(_written, lambda: editions.of_all(found), [*map(_described, found)])
        page = partial(self._page, partial(release_pages.all_of, found))
        return await document.reply(incoming, write, page)

    async def _release(self, version: str, ending: str | None, incoming: Incoming) -> Reply:
        release = await self._exports.find(version, incoming)
        found = next(each for each in self._all() if each.contents == release.contents)
        address = f"/releases/{version}"
        document = forms.Document(address, ending, found.iri, (_LINKS,), forms.WITH_JSON)
        write = partial(_written, lambda: editions.of_one(found), _described(found))
        page = partial(self._page, partial(release_pages.one, found, kept=release.kept))
        reply = await document.reply(incoming, write, page)
        return headers.added(reply, {"memento-datetime": memento.date(release)})

    async def _page(self, given: Callable[[], str], incoming: Incoming) -> Reply:
        return await self._pages.answer(incoming, given)

    def _all(self) -> list[Release]:
        """Give all releases, the oldest first, each with the numbers of those before."""
        shelf = self._exports.shelf
        return [
            Release(each.contents, shelf.before(each.version)) for each in shelf.releases.values()
        ]

    def _mementos(self) -> list[memento.Memento]:
        return [
            (f"{FOLDER}{each.version}/", each) for each in self._exports.shelf.releases.values()
        ]

    def _of_time(self, incoming: Incoming) -> Reply:
        """Send on to the release of the time that is asked for (RFC 7089, section 4.1)."""
        when, found = memento.wanted(incoming), self._mementos()
        if not found:
            self._exports.require_settled()
            raise NotFoundError("there is no release")
        return memento.sent_on(memento.nearest(found, when), _LINKS)

    def _timemap(self, _: Incoming) -> Reply:
        """List all releases with their times (RFC 7089, section 5)."""
        found = [(f"{BASE}{address[1:]}", each) for address, each in self._mementos()]
        return memento.listed(_LINKS, memento.MAPS, found)

    def _feed(self, _: Incoming) -> Reply:
        """Give an entry for each release, the newest first (RFC 4287)."""
        feed = ET.Element("feed", xmlns=_ATOM)
        _put(feed, "Teixit", f"{BASE}feed.atom", self._newest_day())
        ET.SubElement(ET.SubElement(feed, "author"), "name").text = "Teixit"
        ET.SubElement(feed, "link", rel="self", href=f"{BASE}feed.atom")
        for release in reversed(self._all()):
            entry, contents = ET.SubElement(feed, "entry"), release.contents
            _put(entry, f"Teixit {contents.version}", release.iri, contents.modified)
            ET.SubElement(entry, "link", href=release.iri)
            said = f"{contents.statements} statements; RDFC-1.0 {contents.rdfc10}"
            ET.SubElement(entry, "summary").text = said
        text = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        told = {"content-type": "application/atom+xml; charset=utf-8", "cache-control": "no-cache"}
        return Reply(200, told, text)

    def _newest_day(self) -> str:
        newest = self._exports.shelf.newest
        return newest.contents.modified if newest else "1970-01-01"


def _put(node: ET.Element, title: str, name: str, day: str) -> None:
    ET.SubElement(node, "title").text = title
    ET.SubElement(node, "id").text = name
    ET.SubElement(node, "updated").text = f"{day}T00:00:00Z"


async def _written(describe: Callable[[], Sequence[Triple]], told: object, type_: str) -> Reply:
    """Give what is *told* as JSON, or what describes it as RDF of a media type."""
    if type_ == _JSON:
        body = f"{json.dumps(told, indent=1)}\n".encode()
    else:
        body = await asyncio.to_thread(_rdf, describe, type_)
    named = {"content-type": protocol.content_type(type_), "cache-control": "no-cache"}
    return Reply(200, named, body, etag=f'"{hashlib.sha256(body).hexdigest()}"')


def _rdf(describe: Callable[[], Sequence[Triple]], type_: str) -> bytes:
    return answers.Answer(describe()).response(type_).body


def _described(release: Release) -> dict[str, object]:
    """Say of a release what its manifest says, and where its files are."""
    said = json.loads(release.contents.written())
    files = [{**file, "address": f"{release.iri}{file['name']}"} for file in said["files"]]
    manifest = f"{release.iri}{MANIFEST}"
    return {**said, "address": release.iri, "manifest": manifest, "files": files}
