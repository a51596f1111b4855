"""Our things and the documents about them: which is where, and in which form it is given.

A thing, ``/id/X``, is no document: who asks for it is sent on to the one about it, ``/doc/X``, with
303 (Cool URIs for the Semantic Web, section 4.3). A document, and likewise ``/def`` and ``/shapes``
with their versions, is given in the form that the client likes best (:mod:`teixit.web.forms`), and
as it was at another time to those who ask for that (:mod:`teixit.web.past`).
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from teixit import documents, namespaces, negotiation, queries
from teixit.errors import NotFoundError
from teixit.web import document_pages, forms, headers, memento
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.formats import DOCUMENTS, FORMATS
from teixit.web.pages import Pages
from teixit.web.past import OF_FRAGMENTS, Past
from teixit.web.sparql import Endpoint
from teixit.workers import Job

THINGS: Final = "/id/"
ABOUT: Final = document_pages.ABOUT
#: What no IRI has (RFC 3987, section 2.2), and so no thing is called.
_IN_NO_IRI: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')

Rows: TypeAlias = Sequence[Mapping[str, Any]]


class Documents:
    """Answers for things and documents.

    Args:
        asking: Who answers queries.
        endpoint: Who writes answers for machines.
        pages: Who makes pages.
        past: Who knows how it was before.
    """

    def __init__(self, asking: Asking, endpoint: Endpoint, pages: Pages, past: Past) -> None:
        self._asking = asking
        self._endpoint = endpoint
        self._pages = pages
        self._past = past

    async def thing(self, incoming: Incoming) -> Reply:
        """Send on to the document about a thing.

        Raises:
            RequestError: There is no such thing, nor was there at another time that is asked for.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        name = await _name(incoming, THINGS)
        address = document_pages.path(ABOUT, name)
        if not await self._past.is_known(f"{ABOUT}{name}", incoming):
            await self._state(f"{namespaces.THING}{name}", incoming)
        told = {"location": address, "link": f'<{address}>; rel="describedby"'}
        return Reply(HTTPStatus.SEE_OTHER, {**told, "cache-control": "no-cache"})

    async def about(self, incoming: Incoming) -> Reply:
        """Give the document about a thing; with 410 if the thing is withdrawn.

        Raises:
            RequestError: There is no such thing.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        name, ending = forms.split(await _name(incoming, ABOUT))
        then = await self._past.gate(f"{ABOUT}{name}", ending, incoming)
        if then is not None:
            return then
        iri, address = f"{namespaces.THING}{name}", document_pages.path(ABOUT, name)
        state = await self._state(iri, incoming)
        told = f'<{iri}>; rel="describes"'  # RFC 6892
        document = _document(address, ending, told, memento.links_of(address))
        page = partial(self._page, iri, address)
        reply = await self._reply(document, iri, incoming, page)
        if "withdrawn" in state and reply.status == HTTPStatus.OK:
            return replace(reply, status=HTTPStatus.GONE, etag=None)
        return reply

    async def of_fragments(self, incoming: Incoming) -> Reply:
        """Give the ontology or the shapes, or a version of them: that of the graph, or an old one.

        Raises:
            RequestError: There is no such document.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        name, ending = forms.split(await _name(incoming, "/"))
        then = await self._past.gate(f"/{name}", ending, incoming)
        if then is not None:
            return then
        try:
            found = await self._of_fragments(name, ending, incoming)
        except NotFoundError:
            return await self._past.version(f"/{name}", ending, incoming)
        return self._past.dated(f"/{name}", found)

    async def _of_fragments(self, name: str, ending: str | None, incoming: Incoming) -> Reply:
        """Give the ontology or the shapes that go with the graph."""
        iri, address = f"{namespaces.BASE}{name}", document_pages.path("/", name)
        own = next(path for path in OF_FRAGMENTS if address.startswith(path))
        document = _document(address, ending, memento.links_of(own))
        return await self._reply(document, iri, incoming, partial(self._own_page, iri, own))

    async def _reply(
        self, document: forms.Document, iri: str, incoming: Incoming, page: forms.MakePage
    ) -> Reply:
        async def write(type_: str) -> Reply:
            return await self._endpoint.reply(incoming, _job(iri, incoming, type_))

        reply = await document.reply(incoming, write, page)
        since = self._asking.since()
        if since is None or reply.status == HTTPStatus.NOT_ACCEPTABLE:
            return reply
        return headers.added(reply, {"last-modified": since})

    async def _page(self, iri: str, address: str, incoming: Incoming) -> Reply:
        """Have a page made about a thing."""
        graph, ontology = documents.dataset("graph").value, namespaces.ONTOLOGY
        *rows, edition = await self._each(
            *(partial(self._rows, name, incoming, thing=iri) for name in document_pages.QUERIES),
            partial(self._rows, "edition", incoming, dataset=graph, ontology=ontology),
        )
        found = dict(zip(document_pages.QUERIES, rows, strict=True))
        given = partial(document_pages.thing, iri, address, found, edition[0] if edition else {})
        return await self._pages.answer(incoming, given)

    async def _own_page(self, iri: str, own: str, incoming: Incoming) -> Reply:
        """Have the page of the ontology or of the shapes made, if this version is there."""
        await self._asking.found(_job(iri, incoming, DOCUMENTS["nt"]), incoming)
        return await self._pages.answer(replace(incoming, path=f"{own}.html"))

    async def _state(self, iri: str, incoming: Incoming) -> Mapping[str, Any]:
        """Find out whether there is such a thing, and whether it is withdrawn.

        Raises:
            NotFoundError: There is none.
        """
        found = [] if _IN_NO_IRI.search(iri) else await self._rows("state", incoming, thing=iri)
        if not found:
            raise NotFoundError("there is no such thing; check the address")
        return found[0]

    async def _each(self, *asked: Callable[[], Awaitable[Rows]]) -> list[Rows]:
        """Ask one after the other, which is quick here; another server at once, which is far."""
        if self._asking.changing:
            return await asyncio.gather(*(ask() for ask in asked))
        return [await ask() for ask in asked]

    async def _rows(self, name: str, incoming: Incoming, /, **values: str) -> Rows:
        """Ask one of the queries of documents, with IRIs for values."""
        bound = tuple((variable, f"<{iri}>") for variable, iri in values.items())
        job = Job("query", _text(name), (FORMATS["json"], None, None), values=bound)
        found = await self._asking.found(job, incoming)
        rows: Rows = json.loads(found.first(found.length))["results"]["bindings"]
        return rows


@cache
def _text(name: str) -> str:
    return queries.named(name, documents.QUERIES).text


def _document(address: str, ending: str | None, *relations: str) -> forms.Document:
    return forms.Document(address, ending, f"{namespaces.BASE}{address[1:]}", relations)


def _job(iri: str, incoming: Incoming, type_: str) -> Job:
    gzip = negotiation.gzip(incoming.headers.get("accept-encoding"))
    return Job("document", iri, (None, None, type_), gzip=gzip)


async def _name(incoming: Incoming, folder: str) -> str:
    """Read what is asked for: all that stands after the *folder* in the address."""
    await headers.only_read(incoming)
    return incoming.path.removeprefix(folder)
