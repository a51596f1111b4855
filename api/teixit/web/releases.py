"""Releases as files: all of them listed, each with its files, by parts and by date.

A release that is kept never changes, and says so. Which one was the current at some time is told
by Memento (RFC 7089), pattern 1.2: the time gate is ``/releases/latest``.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final
from xml.etree import ElementTree as ET

from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_if_range_header, parse_range_header

from teixit.errors import NotFoundError, QueryError
from teixit.exporting import MANIFEST, Exported, ExportedFile
from teixit.namespaces import BASE, thing
from teixit.web import headers
from teixit.web.exchange import Incoming, Reply, Spool
from teixit.web.exported import Exports

FOLDER: Final = "/releases/"
LATEST: Final = "/releases/latest"
FEED: Final = "/feed.atom"

_TIMEMAP: Final = "/releases/timemap"
_JSON: Final = "application/json"
#: RFC 8246: it never changes.
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_PARTIAL: Final = 206


class Part(Spool):
    """A part of a file.

    Args:
        descriptor: Of the file; it belongs to the part from now on.
        start: Where in the file it begins.
        length: In bytes.
    """

    def __init__(self, descriptor: int, start: int, length: int) -> None:
        super().__init__(descriptor, length)
        self._start = start

    def read(self, offset: int, length: int) -> bytes:
        """Read *length* bytes from *offset* of the part, or as many as there are."""
        return super().read(self._start + offset, min(length, self.length - offset))


class Releases:
    """Answers below :data:`FOLDER`, and at :data:`FEED`.

    Args:
        exports: The releases.
    """

    def __init__(self, exports: Exports) -> None:
        self._exports = exports
        self._own: Mapping[str, Callable[[Incoming], Reply]] = {
            FOLDER: self._list,
            LATEST: self._of_time,
            _TIMEMAP: self._timemap,
            FEED: self._feed,
        }

    async def answer(self, incoming: Incoming) -> Reply:
        """Give a list, a file, or the address of the release of some time.

        Raises:
            RequestError: There is no such release or file, or not yet.
            HTTPException: The method would change something, or there is no such part.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        if incoming.path in self._own:
            await self._exports.settle(incoming)
            return self._own[incoming.path](incoming)
        version, _, name = incoming.path.removeprefix(FOLDER).partition("/")
        release = await self._exports.find(version, incoming)
        return _file(release, name, incoming) if name else _listed(_described(release))

    def _list(self, _: Incoming) -> Reply:
        return _listed([_described(each) for each in self._all()])

    def _all(self) -> list[Exported]:
        return [*self._exports.shelf.releases.values()]

    def _of_time(self, incoming: Incoming) -> Reply:
        """Send on to the release of the time that is asked for (RFC 7089, section 4.1)."""
        releases = self._all()
        if not releases:
            raise NotFoundError("there is no release")
        wanted = _time_of(incoming.headers.get("accept-datetime"))
        before = [each for each in releases if wanted is None or _made(each) <= wanted]
        release = before[-1] if before else releases[0]
        told = {
            "location": f"{FOLDER}{release.version}/",
            "link": _links(LATEST),
            "vary": f"Accept-Datetime, {headers.SAFE['vary']}",
            "cache-control": "no-cache",
        }
        return Reply(302, told)

    def _timemap(self, _: Incoming) -> Reply:
        """List all releases with their times (RFC 7089, section 5)."""
        lines = [
            f'<{BASE}releases/{each.version}/>; rel="memento"; datetime="{_date(each)}"'
            for each in self._all()
        ]
        said = ",\n".join([_links(_TIMEMAP), *lines])
        told = {"content-type": "application/link-format", "cache-control": "no-cache"}
        return Reply(200, told, f"{said}\n".encode())

    def _feed(self, _: Incoming) -> Reply:
        """Give an entry for each release, the newest first (RFC 4287)."""
        feed = ET.Element("feed", xmlns=_ATOM)
        _put(feed, "Teixit", f"{BASE}feed.atom", self._newest_day())
        ET.SubElement(ET.SubElement(feed, "author"), "name").text = "Teixit"
        ET.SubElement(feed, "link", rel="self", href=f"{BASE}feed.atom")
        for release in reversed(self._all()):
            entry, address = ET.SubElement(feed, "entry"), f"{BASE}releases/{release.version}/"
            _put(entry, f"Teixit {release.version}", address, release.contents.modified)
            ET.SubElement(entry, "link", href=address)
            said = f"{release.contents.statements} statements; RDFC-1.0 {release.contents.rdfc10}"
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


def _listed(told: object) -> Reply:
    text = f"{json.dumps(told, indent=1)}\n".encode()
    named = {"content-type": _JSON, "cache-control": "no-cache", "link": _links(LATEST)}
    return Reply(200, named, text)


def _described(release: Exported) -> dict[str, object]:
    """Say of a release what its manifest says, and where its files are."""
    said = json.loads(release.contents.written())
    address = f"{BASE}releases/{release.version}/"
    files = [{**file, "address": f"{address}{file['name']}"} for file in said["files"]]
    return {**said, "address": address, "manifest": f"{address}{MANIFEST}", "files": files}


def _file(release: Exported, name: str, incoming: Incoming) -> Reply:
    """Give a file of a release, or a part of it (RFC 9110, section 14)."""
    file = _manifest(release) if name == MANIFEST else release.contents.file(name)
    if file is None:
        raise NotFoundError(f"release {release.version} has no file {name}")
    etag = f'"{file.sha256}"'
    told = _told(release, file)
    if headers.names(incoming.headers.get("if-none-match"), etag):
        return Reply(304, told, etag=etag)
    descriptor = os.open(release.folder / name, os.O_RDONLY)
    part = _part(file.bytes, etag, incoming)
    if part is None:
        return Reply(200, told, spool=Spool(descriptor, file.bytes), etag=etag)
    start, end = part
    told["content-range"] = f"bytes {start}-{end - 1}/{file.bytes}"
    return Reply(_PARTIAL, told, spool=Part(descriptor, start, end - start), etag=etag)


def _part(length: int, etag: str, incoming: Incoming) -> tuple[int, int] | None:
    """Give the part that is asked for; None for all, as where several are.

    Raises:
        HTTPException: The file is not that long (416).
    """
    asked = parse_range_header(incoming.headers.get("range"))
    if (
        asked is None
        or asked.units != "bytes"
        or len(asked.ranges) != 1
        or incoming.method == "HEAD"
    ):
        return None
    condition = parse_if_range_header(incoming.headers.get("if-range"))
    if "if-range" in incoming.headers and condition.etag != etag.strip('"'):
        return None
    found = asked.range_for_length(length)
    if found is None:
        raise RequestedRangeNotSatisfiable(length)
    return found[0], found[1] or length


def _manifest(release: Exported) -> ExportedFile:
    content = (release.folder / MANIFEST).read_bytes()
    return ExportedFile.of(MANIFEST, ("graph", "The manifest", _JSON), content)


def _told(release: Exported, file: ExportedFile) -> dict[str, str]:
    kind = "application/gzip" if file.compression else file.media_type
    return {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "last-modified": _date(release),
        "accept-ranges": "bytes",
        "cache-control": _FOR_EVER if release.kept else "no-cache",
        "memento-datetime": _date(release),
        "link": f'</datasets/{file.dataset}>; rel="collection", '
        f'</catalog.ttl>; rel="describedby"; type="text/turtle", {_links(LATEST)}',
    }


def _links(address: str) -> str:
    """Link the time gate, the map of times and what they are of (RFC 7089, section 2.2)."""
    original = f'<{thing("dataset", "graph")}>; rel="original"'
    gate = f'<{LATEST}>; rel="timegate"'
    listed = f'<{_TIMEMAP}>; rel="timemap"; type="application/link-format"'
    own = [f'<{address}>; rel="self"'] if address == _TIMEMAP else []
    return ", ".join([original, gate, listed, *own])


def _made(release: Exported) -> datetime:
    day = datetime.fromisoformat(release.contents.modified).date()
    return datetime.combine(day, time(), UTC)


def _date(release: Exported) -> str:
    return format_datetime(_made(release), usegmt=True)


def _time_of(text: str | None) -> datetime | None:
    """Read Accept-Datetime.

    Raises:
        QueryError: It is no date of HTTP (RFC 7089, section 4.5.3).
    """
    if text is None:
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError as error:
        raise QueryError(f"Accept-Datetime: expected a date of HTTP, found {text!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
