"""Citing an answer, and answers at the addresses that they were cited by.

``/LANGUAGE/cite?query=…`` says how an answer is cited. ``/answers?…`` (:mod:`teixit.citing`) asks
again, and gives the answer that was cited or says why it does not: to people on a page, to
programs as a file with its links (``cite-as`` of RFC 8574), and what differs as JSON at
``/answers/check?…``.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeAlias

from teixit import negotiation, protocol
from teixit.citing import Cited
from teixit.citing.addresses import PATH
from teixit.citing.references import BIBTEX, CSL, Reference
from teixit.errors import NotAcceptableError, NotFoundError, QueryError
from teixit.languages import LANGUAGES
from teixit.web import citing_pages, formats, headers, memento, sparql
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.exported import Exports
from teixit.web.formats import BY_NAME, FORMATS, PAGE
from teixit.web.former import Former
from teixit.web.forms import language_of
from teixit.web.pages import Pages
from teixit.web.verifying import Verifying
from teixit.workers import Job

Fields: TypeAlias = Sequence[tuple[str, str]]

#: Where answers are cited, by the path of the page: its language.
CITE: Final = {f"/{tag}/cite": tag for tag in LANGUAGES}
CHECK: Final = f"{PATH}/check"
#: Where answers are.
ANSWERS: Final = (PATH, CHECK)
#: References for programs, by the values of ``download``.
REFERENCES: Final = {"bib": BIBTEX, "csl": CSL}

#: So many rows a page shows.
_ROWS: Final = 20
_OFFERS: Final = (
    (*formats.TABLES, PAGE),
    (*formats.BOOLEANS, PAGE),
    (*formats.GRAPHS, PAGE),
)
_EVERY: Final = tuple(dict.fromkeys(type_ for offers in _OFFERS for type_ in offers))
#: What the answer on a page is made from.
_FOR_PAGE: Final = Job(
    accept=(FORMATS["json"], FORMATS["json"], FORMATS["ttl"]), table_rows=_ROWS, settled=True
)
_OF_PROTOCOL: Final = frozenset({"query", "default-graph-uri", "named-graph-uri"})


class Citing:
    """Answers at :data:`CITE` and :data:`ANSWERS`.

    Args:
        asking: Who answers.
        pages: Who writes for people.
        exports: The releases.
    """

    def __init__(self, asking: Asking, pages: Pages, exports: Exports) -> None:
        self._pages = pages
        # What is cited must not depend on where a service listens: relative IRIs would.
        endpoint = f"{pages.site.address}{sparql.PATH}"
        self._verifying = Verifying(asking, exports, Former(pages.site.limits), endpoint)

    @property
    def routes(self) -> Mapping[str, Callable[[Incoming], Awaitable[Reply]]]:
        """Who answers at each address."""
        return {**dict.fromkeys(CITE, self.cite), **dict.fromkeys(ANSWERS, self.answer)}

    async def cite(self, incoming: Incoming) -> Reply:
        """Say how the answer to a query is cited; without a query, ask for one.

        Raises:
            RequestError: What is asked cannot be given, or has another answer each time.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        incoming.language = CITE[incoming.path]
        fields = protocol.parameters(incoming.query)
        if not any(name == "query" for name, _ in fields):
            return await self._pages.answer(incoming, citing_pages.invitation)
        asked = _operation(fields)
        form = _reference_form(fields, incoming)
        served = await self._verifying.served(incoming)
        found = await self._verifying.found(self._verifying.job(asked, _FOR_PAGE), incoming)
        cited = Cited(
            asked.query,
            served.release,
            served.data,
            datetime.now(UTC).date().isoformat(),
            str(found.sha256),
            tuple(graph.value for graph in asked.default_graphs or ()),
            tuple(graph.value for graph in asked.named_graphs or ()),
        )
        reference = citing_pages.reference(cited, served, self._pages.site, incoming.language)
        if form is not None:
            return _written(reference, form)
        given = partial(citing_pages.citation, reference, found)
        made = await self._pages.answer(incoming, given)
        # It names the day, and is not kept until the next.
        return replace(headers.added(made, {"cache-control": "no-store"}), etag=None)

    async def answer(self, incoming: Incoming) -> Reply:
        """Give the answer that was cited by this address.

        Raises:
            RequestError: The address is none, or the answer cannot be given any more.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        fields = protocol.parameters(incoming.query)
        incoming.language = dict(fields).get("language")
        cited = Cited.read(fields)
        asked = _operation(cited.asked)
        form = _reference_form(fields, incoming)
        if form is not None:
            served = await self._verifying.served(incoming)
            language = language_of(incoming)
            return _written(citing_pages.reference(cited, served, self._pages.site, language), form)
        download = sparql.download_of(fields)
        wanted = FORMATS[download] if download else incoming.headers.get("accept")
        wishes = negotiation.wishes(wanted, _OFFERS, BY_NAME)
        if incoming.path == CHECK or PAGE in wishes:
            reply = await self._told(cited, asked, incoming)
        else:
            gzip = negotiation.gzip(incoming.headers.get("accept-encoding"))
            job = self._verifying.job(asked, Job(accept=wishes, gzip=gzip))
            reply = await self._file(cited, job, download, incoming)
        return headers.added(reply, {"link": self._links(cited)})

    async def _file(
        self, cited: Cited, job: Job, download: str | None, incoming: Incoming
    ) -> Reply:
        """Give the answer that was cited, and say of when it is if that is another time.

        Raises:
            NotFoundError: It cannot be given.
        """
        found = await self._verifying.found(job, incoming)
        told = {}
        if found.sha256 != cited.sha256:  # only then it matters what is served
            verdict = await self._verifying.verdict(cited, job, incoming)
            if verdict.found is None or verdict.release is None:
                raise NotFoundError(citing_pages.refusal(cited, verdict))
            found = verdict.found
            told["memento-datetime"] = memento.date(verdict.release)
        etag = f'W/"{cited.sha256[:24]}-{found.media_type}"'
        return headers.added(sparql.written(found, download, etag), told)

    async def _told(self, cited: Cited, asked: protocol.Operation, incoming: Incoming) -> Reply:
        """Say what has become of the answer: on a page, or as JSON."""
        job = self._verifying.job(asked, _FOR_PAGE)
        verdict = await self._verifying.verdict(cited, job, incoming)
        difference = await self._verifying.difference(verdict, job, incoming)
        if incoming.path == PATH:
            given = partial(citing_pages.answer, cited, verdict, difference)
            return await self._pages.answer(incoming, given)
        told = citing_pages.report(cited, verdict, difference)
        body = f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()
        return Reply(200, {"content-type": "application/json", "cache-control": "no-cache"}, body)

    def _links(self, cited: Cited) -> str:
        """Say what to cite (RFC 8574), and what tells whether it is still the same."""
        address = f"{self._pages.site.address}{cited.address}"
        check = cited.address.replace(PATH, CHECK, 1)
        return f'<{address}>; rel="cite-as", <{check}>; rel="describedby"; type="application/json"'


def _operation(fields: Fields) -> protocol.Operation:
    asked = [(name, value) for name, value in fields if name in _OF_PROTOCOL]
    return protocol.operation(protocol.Request("GET", asked))


def _reference_form(fields: Fields, incoming: Incoming) -> str | None:
    """Give the media type of the reference for programs that is asked for, if one is.

    Raises:
        QueryError: More is asked for than one file.
    """
    wanted = [value for name, value in fields if name == "download"]
    if len(wanted) > 1:
        raise QueryError("download: expected one format")
    if wanted:
        return REFERENCES.get(wanted[0])
    offers = (*_EVERY, BIBTEX, CSL)
    try:
        chosen = negotiation.choose(incoming.headers.get("accept"), offers, {BIBTEX, CSL, *BY_NAME})
    except NotAcceptableError:
        return None
    return chosen if chosen in REFERENCES.values() else None


def _written(reference: Reference, form: str) -> Reply:
    """Write *reference* for programs."""
    is_bibtex = form == BIBTEX
    text = reference.bibtex() if is_bibtex else reference.csl()
    name = f"{reference.key}.{'bib' if is_bibtex else 'json'}"
    told = {
        "content-type": f"{form}; charset=utf-8" if is_bibtex else form,
        "content-disposition": f"attachment; filename={name}",
        "cache-control": "no-store",
        "link": f'<{reference.address}>; rel="cite-as"',
    }
    return Reply(200, told, text.encode())
