"""What changed between two releases, as a page in the reader's language and as RDF.

``/diff/A/B`` is negotiated; an ending, ``/diff/A/B.trig`` or ``.html``, names a form.
"""

import asyncio
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from flask import render_template

from teixit import negotiation, protocol
from teixit.errors import NotFoundError
from teixit.exporting import Exported, forms
from teixit.exporting.changes import Changes, Edition, statement
from teixit.web import headers
from teixit.web.exchange import Incoming, Reply
from teixit.web.exported import Exports
from teixit.web.formats import PAGE
from teixit.web.pages import Pages
from teixit.web.texts import reader_language

FOLDER: Final = "/diff/"

_ADDRESS: Final = re.compile(r"/diff/(\d+\.\d+\.\d+)/(\d+\.\d+\.\d+)(?:\.(trig|nq|html))?")
#: So many things a page shows, and of each so many statements; the files have all.
_MOST_THINGS: Final = 200
_MOST_STATEMENTS: Final = 50
#: So many comparisons stay in memory.
_KEPT: Final = 2
#: The forms by the ends of addresses, the best first.
_TYPES: Final = {
    "trig": forms.FORMATS["trig"].media_type,
    "nq": forms.FORMATS["nq"].media_type,
    "html": PAGE,
}


class Differences:
    """Answers below :data:`FOLDER`.

    Args:
        exports: The releases.
        pages: Who makes pages.
    """

    def __init__(self, exports: Exports, pages: Pages) -> None:
        self._exports = exports
        self._pages = pages

    async def answer(self, incoming: Incoming) -> Reply:
        """Say what changed from one release to another.

        Raises:
            RequestError: There is no such release, or not yet, or no form that is accepted.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        found = _ADDRESS.fullmatch(incoming.path)
        if found is None:
            raise NotFoundError("expected two numbers of releases: /diff/X.Y.Z/X.Y.Z")
        releases = [await self._exports.find(version, incoming) for version in found.group(1, 2)]
        endings = {type_: ending for ending, type_ in _TYPES.items()}
        wanted = incoming.headers.get("accept")
        ending = found[3] or endings[negotiation.choose(wanted, [*endings], {PAGE})]
        changes = await asyncio.to_thread(_changes, *releases)
        if ending == "html":
            given = partial(_page, changes, f"{FOLDER}{found[1]}/{found[2]}")
            return await self._pages.answer(incoming, given)
        body = await asyncio.to_thread(changes.graphs, forms.FORMATS[ending])
        return Reply(
            200,
            {"content-type": protocol.content_type(_TYPES[ending]), "cache-control": "no-cache"},
            body,
        )


def _changes(before: Exported, after: Exported) -> Changes:
    return _between(before.folder, before.contents.rdfc10, after.folder, after.contents.rdfc10)


# Who turns the page, or takes the file, asks for the same again.
@lru_cache(_KEPT)
def _between(before: Path, _before: str, after: Path, _after: str) -> Changes:
    return Changes(Edition.read(before), Edition.read(after))


def _page(changes: Changes, address: str) -> str:
    things = changes.things()
    return render_template(
        "releases/changes.html",
        address=address,
        addresses=None,
        changes=changes,
        language=reader_language(),
        most=_MOST_STATEMENTS,
        statement=statement,
        things=things[:_MOST_THINGS],
        total=len(things),
    )
