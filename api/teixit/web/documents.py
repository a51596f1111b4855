"""Our things and the documents about them: which is where, and in which form it is given.

A thing, ``/id/X``, is no document: who asks for it is sent on to the one about it, ``/doc/X``, with
303 (Cool URIs for the Semantic Web, section 4.3). A document, and likewise ``/def`` and ``/shapes``
with their versions, is given in the form that the client likes best, and in a certain one where
its address ends so: ``/doc/X.ttl``, ``/doc/X.ca.html``. Who likes nothing more than anything gets
Turtle; HTML is for those who name it, as browsers do.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from teixit import documents, namespaces, negotiation, queries
from teixit.errors import NotAcceptableError, NotFoundError
from teixit.languages import DEFAULT, LANGUAGES
from teixit.web import document_pages, headers
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.formats import DOCUMENTS, FORMATS, PAGE
from teixit.web.pages import Pages
from teixit.web.problems import Problem
from teixit.web.sparql import Endpoint
from teixit.workers import Job

THINGS: Final = "/id/"
ABOUT: Final = document_pages.ABOUT
#: Documents whose fragments are our terms and our shapes.
OF_FRAGMENTS: Final = ("/def", "/shapes")

_PAGES: Final = {"html": None, **{f"{tag}.html": tag for tag in LANGUAGES}}
_ENDING: Final = re.compile(rf"\.({'|'.join(map(re.escape, (*list(_PAGES)[::-1], *DOCUMENTS)))})\Z")
#: What no IRI has (RFC 3987, section 2.2), and so no thing is called.
_IN_NO_IRI: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')

Rows: TypeAlias = Sequence[Mapping[str, Any]]
MakePage: TypeAlias = Callable[[Incoming], Awaitable[Reply]]


@dataclass(frozen=True)
class _Asked:
    """What is asked for: the document, and how its address ends, if it names a form.

    Args:
        iri: What the document is about, or that it is about itself.
        address: Of the document, without the ending, as the path of an address is written.
        ending: A key of the formats or of the pages; None to negotiate.
    """

    iri: str
    address: str
    ending: str | None

    @property
    def links(self) -> str:
        """All forms of the document, as the Link header has them (RFC 8288)."""
        files = [
            f'<{self.address}.{ending}>; rel="alternate"; type="{type_}"'
            for ending, type_ in DOCUMENTS.items()
        ]
        pages = [
            f'<{self.address}.{tag}.html>; rel="alternate"; type="{PAGE}"; hreflang="{tag}"'
            for tag in LANGUAGES
        ]
        told = [f'<{self.address}.ttl>; rel="describedby"; type="{DOCUMENTS["ttl"]}"']
        if self.address.startswith(ABOUT):
            thing = f"{namespaces.THING}{self.address.removeprefix(ABOUT)}"
            told.append(f'<{thing}>; rel="describes"')  # RFC 6892
        return ", ".join([*told, *files, *pages])

    @property
    def canonical(self) -> str:
        """The name of the document, for files; a page says for itself where it is found."""
        return f'<{namespaces.BASE}{self.address[1:]}>; rel="canonical"'


class Documents:
    """Answers for things and documents.

    Args:
        asking: Who answers queries.
        endpoint: Who writes answers for machines.
        pages: Who makes pages.
    """

    def __init__(self, asking: Asking, endpoint: Endpoint, pages: Pages) -> None:
        self._asking = asking
        self._endpoint = endpoint
        self._pages = pages

    async def thing(self, incoming: Incoming) -> Reply:
        """Send on to the document about a thing.

        Raises:
            RequestError: There is no such thing.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        name = await _name(incoming, THINGS)
        await self._state(f"{namespaces.THING}{name}", incoming)
        address = document_pages.path(ABOUT, name)
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
        name, ending = _split(await _name(incoming, ABOUT))
        asked = _Asked(f"{namespaces.THING}{name}", document_pages.path(ABOUT, name), ending)
        state = await self._state(asked.iri, incoming)
        reply = await self._reply(asked, incoming, partial(self._page, asked))
        if "withdrawn" in state and reply.status == HTTPStatus.OK:
            return replace(reply, status=HTTPStatus.GONE, etag=None)
        return reply

    async def of_fragments(self, incoming: Incoming) -> Reply:
        """Give the ontology or the shapes, or the version of them that the graph is of.

        Raises:
            RequestError: There is no such document.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        name, ending = _split(await _name(incoming, "/"))
        asked = _Asked(f"{namespaces.BASE}{name}", document_pages.path("/", name), ending)
        own = next(path for path in OF_FRAGMENTS if asked.address.startswith(path))
        return await self._reply(asked, incoming, partial(self._own_page, asked, own))

    async def _reply(self, asked: _Asked, incoming: Incoming, page: MakePage) -> Reply:
        """Give a document in one of its forms, and say which others there are."""
        try:
            ending = asked.ending or _chosen(incoming.headers.get("accept"))
        except NotAcceptableError as error:
            told = Problem.of(error).reply()
            return replace(told, headers={**told.headers, "link": asked.links})
        links = asked.links
        if ending in DOCUMENTS:
            links = f"{asked.canonical}, {links}"
            reply = await self._endpoint.reply(incoming, _job(asked, incoming, DOCUMENTS[ending]))
        else:
            incoming.language = _PAGES[ending] or _language(incoming)
            ending = f"{incoming.language}.html"
            reply = await page(incoming)
        told_besides = {"content-location": f"{asked.address}.{ending}", "link": links}
        since = self._asking.since()
        if since is not None:
            told_besides["last-modified"] = since
        return replace(reply, headers={**reply.headers, **told_besides})

    async def _page(self, asked: _Asked, incoming: Incoming) -> Reply:
        """Have a page made about a thing."""
        found = {
            name: await self._rows(name, incoming, thing=asked.iri)
            for name in document_pages.QUERIES
        }
        edition = await self._rows(
            "edition",
            incoming,
            dataset=documents.dataset("graph").value,
            ontology=namespaces.ONTOLOGY,
        )
        given = partial(
            document_pages.thing, asked.iri, asked.address, found, edition[0] if edition else {}
        )
        return await self._pages.answer(incoming, given)

    async def _own_page(self, asked: _Asked, own: str, incoming: Incoming) -> Reply:
        """Have the page of the ontology or of the shapes made, if this version is there."""
        job = _job(asked, incoming, DOCUMENTS["nt"])
        await self._asking.found(job, incoming)
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


def _job(asked: _Asked, incoming: Incoming, type_: str) -> Job:
    gzip = negotiation.gzip(incoming.headers.get("accept-encoding"))
    return Job("document", asked.iri, (None, None, type_), gzip=gzip)


async def _name(incoming: Incoming, folder: str) -> str:
    """Read what is asked for: all that stands after the *folder* in the address."""
    await headers.only_read(incoming)
    return incoming.path.removeprefix(folder)


def _split(name: str) -> tuple[str, str | None]:
    """Take off the ending that names a form; no name of ours has one."""
    found = _ENDING.search(name)
    return (name[: found.start()], found[1]) if found else (name, None)


def _chosen(accept: str | None) -> str:
    """Choose a form by the Accept header, and give its ending."""
    types = {type_: ending for ending, type_ in DOCUMENTS.items()}
    return {**types, PAGE: "html"}[negotiation.choose(accept, (*types, PAGE), {PAGE})]


def _language(incoming: Incoming) -> str:
    """Choose the reader's language (RFC 9110, section 12.5.4)."""
    wanted = parse_accept_header(incoming.headers.get("accept-language"), LanguageAccept)
    return wanted.best_match(LANGUAGES) or DEFAULT
