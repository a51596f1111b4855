"""The forms of a document: which is asked for, by its address or by Accept, and what links them.

``/doc/X.ttl`` and ``/doc/X.ca.html`` are forms of ``/doc/X``. Who likes nothing more than anything
gets the first form; HTML is for those who name it, as browsers do.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from teixit import negotiation
from teixit.errors import NotAcceptableError
from teixit.languages import DEFAULT, LANGUAGES
from teixit.web.exchange import Incoming, Reply
from teixit.web.formats import DOCUMENTS, PAGE
from teixit.web.problems import Problem

#: The endings of pages, with the language that each names.
PAGES: Final = {"html": None, **{f"{tag}.html": tag for tag in LANGUAGES}}
#: JSON first, for what programs have always had as JSON.
WITH_JSON: Final = {"json": "application/json", **DOCUMENTS}

#: Gives a file of a media type; gives a page.
Write: TypeAlias = Callable[[str], Awaitable[Reply]]
MakePage: TypeAlias = Callable[[Incoming], Awaitable[Reply]]


@dataclass(frozen=True)
class Document:
    """A document, and in which form it is asked for.

    Args:
        address: Of the document, without an ending, as the path of an address is written.
        ending: How its address ends, if it names a form; None to negotiate.
        name: The IRI of the document, which files link as the canonical one; a page says for
            itself where it is found.
        relations: What is linked beside its forms, as the Link header has it.
        offered: The media types of its forms beside pages, by their endings.
    """

    address: str
    ending: str | None
    name: str
    relations: tuple[str, ...] = ()
    offered: Mapping[str, str] = field(default_factory=lambda: DOCUMENTS)

    @property
    def links(self) -> str:
        """All forms of the document, and what else is linked (RFC 8288)."""
        files = [
            f'<{self.address}.{ending}>; rel="alternate"; type="{type_}"'
            for ending, type_ in self.offered.items()
        ]
        pages = [
            f'<{self.address}.{tag}.html>; rel="alternate"; type="{PAGE}"; hreflang="{tag}"'
            for tag in LANGUAGES
        ]
        described = f'<{self.address}.ttl>; rel="describedby"; type="{DOCUMENTS["ttl"]}"'
        return ", ".join([described, *self.relations, *files, *pages])

    async def reply(self, incoming: Incoming, write: Write, page: MakePage) -> Reply:
        """Give the document in one of its forms, and say which others there are.

        Args:
            incoming: What is asked; its language becomes that of the page.
            write: Gives a file of a media type.
            page: Gives the page.
        """
        try:
            ending = self.ending or _chosen(incoming.headers.get("accept"), self.offered)
        except NotAcceptableError as error:
            told = Problem.of(error).reply()
            return replace(told, headers={**told.headers, "link": self.links})
        links = self.links
        if ending in self.offered:
            links = f'<{self.name}>; rel="canonical", {links}'
            reply = await write(self.offered[ending])
        else:
            incoming.language = PAGES[ending] or language_of(incoming)
            ending = f"{incoming.language}.html"
            reply = await page(incoming)
        told_besides = {"content-location": f"{self.address}.{ending}", "link": links}
        return replace(reply, headers={**reply.headers, **told_besides})


def split(name: str, offered: Mapping[str, str] = DOCUMENTS) -> tuple[str, str | None]:
    """Take off the ending that names a form; no name of ours has one.

    Args:
        name: Of a document, or its address.
        offered: The media types of its forms beside pages, by their endings.
    """
    for ending in (*list(PAGES)[::-1], *offered):
        if name.endswith(f".{ending}"):
            return name.removesuffix(f".{ending}"), ending
    return name, None


def _chosen(accept: str | None, offered: Mapping[str, str]) -> str:
    """Choose a form by the Accept header, and give its ending."""
    types = {type_: ending for ending, type_ in offered.items()}
    return {**types, PAGE: "html"}[negotiation.choose(accept, (*types, PAGE), {PAGE})]


def language_of(incoming: Incoming) -> str:
    """Give the reader's language: that which is named, or one that is accepted (12.5.4)."""
    if incoming.language in LANGUAGES:
        return str(incoming.language)
    wanted = parse_accept_header(incoming.headers.get("accept-language"), LanguageAccept)
    return wanted.best_match(LANGUAGES) or DEFAULT
