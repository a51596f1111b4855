"""The files of releases: whole, or in parts, and known by their hashes."""

import os
from typing import Final

from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_if_range_header, parse_range_header

from teixit.errors import NotFoundError
from teixit.exporting import MANIFEST, Exported, ExportedFile
from teixit.web import headers, memento
from teixit.web.exchange import Incoming, Reply, Spool

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


def reply(release: Exported, name: str, links: str, incoming: Incoming) -> Reply:
    """Give a file of a release, or a part of it (RFC 9110, section 14).

    Args:
        release: The release.
        name: Of the file.
        links: To other times.
        incoming: What is asked.

    Raises:
        NotFoundError: There is no such file.
        HTTPException: There is no such part.
    """
    file = _manifest(release) if name == MANIFEST else release.contents.file(name)
    if file is None:
        raise NotFoundError(f"release {release.version} has no file {name}")
    etag = f'"{file.sha256}"'
    told = _told(release, file, links)
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
    return ExportedFile.of(MANIFEST, ("graph", "The manifest", "application/json"), content)


def _told(release: Exported, file: ExportedFile, links: str) -> dict[str, str]:
    kind = "application/gzip" if file.compression else file.media_type
    return {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "last-modified": memento.date(release),
        "accept-ranges": "bytes",
        "cache-control": headers.lasting(kept=release.kept),
        "memento-datetime": memento.date(release),
        "link": f'</datasets/{file.dataset}>; rel="collection", '
        f'</catalog.ttl>; rel="describedby"; type="text/turtle", {links}',
    }
