"""The stream of releases (:mod:`teixit.exporting.events`), page by page.

``/ldes`` is its first page and ``/ldes/N`` that of the N-th release; an ending, ``/ldes/1.trig``,
names a format. The pages of members have named graphs, so Turtle is for the first page alone.
"""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Sequence
from typing import Final

from pyoxigraph import Quad

from teixit import negotiation, protocol
from teixit.errors import NotFoundError
from teixit.exporting import Shelf, events, forms
from teixit.web import headers
from teixit.web.cache import Level
from teixit.web.exchange import Incoming, Reply
from teixit.web.exported import Exports

PATH: Final = "/ldes"
#: What the addresses of the other pages, and of forms of the first, begin with.
FOLDERS: Final = ("/ldes/", "/ldes.")

_ADDRESS: Final = re.compile(r"/ldes(?:/([1-9]\d{0,5}))?(?:\.([a-z]+))?")
#: The formats of the first page and of the others, the best first.
_FIRST: Final = ("ttl", "trig", "jsonld", "nq", "rdf")
_OTHERS: Final = ("trig", "jsonld", "nq")
#: As much memory as pages may be kept in, in bytes.
_BOUND: Final = 32 << 20


class Stream:
    """Answers at :data:`PATH` and below.

    Args:
        exports: The releases.
    """

    def __init__(self, exports: Exports) -> None:
        self._exports = exports
        self._written: Level[bytes] = Level(_BOUND)

    async def answer(self, incoming: Incoming) -> Reply:
        """Give a page of the stream.

        Raises:
            RequestError: There is no such page, or not yet, or not in a format that is accepted.
            HTTPException: The method would change something.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        found = _ADDRESS.fullmatch(incoming.path)
        if found is None:
            raise NotFoundError("the stream has no such page; it begins at /ldes")
        await self._exports.settle(incoming)
        self._exports.require_settled()
        shelf, number = self._exports.shelf, int(found[1] or 0)
        if number > len(shelf.releases):
            raise NotFoundError(f"the stream has {len(shelf.releases)} pages; it begins at /ldes")
        ending = _ending(found[2], _OTHERS if number else _FIRST, incoming)
        zipped = negotiation.gzip(incoming.headers.get("accept-encoding"))
        body = await self._body(shelf, number, ending, zipped=zipped)
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        return Reply(200, _told(shelf, number, ending, zipped=zipped), body, etag=etag)

    async def _body(self, shelf: Shelf, number: int, ending: str, *, zipped: bool) -> bytes:
        """Write a page, or give it as it was written before: it is made of whole dumps."""
        said = [each.contents for each in shelf.releases.values()]
        of = tuple((each.version, each.modified, each.rdfc10) for each in said)
        key = of, number, ending, zipped
        kept = self._written.get(key)
        if kept is not None:
            return kept
        body = await asyncio.to_thread(_body, shelf, number, ending, zipped=zipped)
        self._written.keep(key, body, len(body))
        return body


def _ending(named: str | None, offered: Sequence[str], incoming: Incoming) -> str:
    """Choose the format: that of the address, or the one that the client likes best.

    Raises:
        RequestError: The page is not given in that format, or in none that is accepted.
    """
    if named is None:
        types = {forms.FORMATS[ending].media_type: ending for ending in offered}
        return types[negotiation.choose(incoming.headers.get("accept"), [*types])]
    if named not in offered:
        raise NotFoundError(f"this page is given as {', '.join(offered)}")
    return named


def _body(shelf: Shelf, number: int, ending: str, *, zipped: bool) -> bytes:
    quads: list[Quad] = events.page(shelf, number) if number else events.first_page(shelf)
    written = forms.written(quads, forms.FORMATS[ending])
    return gzip.compress(written, 6, mtime=0) if zipped else written


def _told(shelf: Shelf, number: int, ending: str, *, zipped: bool) -> dict[str, str]:
    """Say what the page is. It never changes if its release and the one before are kept."""
    of = [*shelf.releases.values()][max(number - 2, 0) : number]
    address = f"{PATH}/{number}" if number else PATH
    told = {
        "cache-control": headers.lasting(kept=bool(of) and all(each.kept for each in of)),
        "content-location": f"{address}.{ending}",
        "content-type": protocol.content_type(forms.FORMATS[ending].media_type),
        "link": '</datasets/graph>; rel="collection"',
    }
    return {**told, "content-encoding": "gzip"} if zipped else told
