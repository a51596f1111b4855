"""The bench of those who do research: a query, its form and its answer on one page."""

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from teixit import protocol
from teixit.errors import QueryError, RequestError
from teixit.languages import LANGUAGES
from teixit.web import headers, query_pages, sparql
from teixit.web.answering import Answered, answered
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.pages import Pages
from teixit.web.problems import Problem, wants_page
from teixit.web.query_pages import Asked

#: The page, in each language.
PATHS: Final = tuple(f"/{tag}/query" for tag in LANGUAGES)


@dataclass(frozen=True)
class _Outcome:
    """What became of a query: the answer, and how long that took, in seconds."""

    answered: Answered
    seconds: float | None
    etag: str | None


class Bench:
    """Answers at :data:`PATHS`.

    Args:
        asking: Who answers queries.
        pages: Who writes for people.
        endpoint: Whose queries these are: the same query is one job, wherever it is asked.
    """

    def __init__(self, asking: Asking, pages: Pages, endpoint: sparql.Endpoint) -> None:
        self._asking = asking
        self._pages = pages
        self._endpoint = endpoint

    async def answer(self, incoming: Incoming) -> Reply:
        """Answer the query of the address; without one, give the form for it.

        Raises:
            RequestError: The query cannot be answered, and the client reads no pages.
            HTTPException: It is asked for by another method.
            GoneError: The client left; if nobody else waits, the worker is freed.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        return headers.added(await self._page(incoming), headers.SCRIPTED)

    async def _page(self, incoming: Incoming) -> Reply:
        asked = Asked()
        try:
            asked = _read(incoming)
            outcome = await self._outcome(asked, incoming)
        except RequestError as error:
            if not wants_page(incoming.headers.get("accept")):
                raise
            return await self._problem(asked, Problem.of(error), incoming)
        if outcome is None:
            return await self._pages.answer(incoming, partial(query_pages.show, asked))
        shown = partial(query_pages.show, asked, outcome.answered, outcome.seconds)
        made = await self._pages.answer(incoming, shown)
        return replace(
            headers.added(made, {"cache-control": "no-cache" if outcome.etag else "no-store"}),
            etag=outcome.etag,
        )

    async def _outcome(self, asked: Asked, incoming: Incoming) -> _Outcome | None:
        """Have the query answered; None where there is none."""
        if asked.operation is None:
            return None
        job = self._endpoint.job_of_page(asked.operation)
        begun = time.perf_counter()
        found = await self._endpoint.for_page(job, incoming)
        seconds = None if incoming.kept else time.perf_counter() - begun
        told = await answered(self._asking, asked.operation, found, incoming, asked.view)
        lasts = found.cacheable and told.whole
        etag = self._asking.etag(job, incoming.path, asked.view) if lasts else None
        return _Outcome(told, seconds, etag)

    async def _problem(self, asked: Asked, problem: Problem, incoming: Incoming) -> Reply:
        """Show beside the form what is wrong."""
        given = partial(query_pages.refused, asked, problem)
        made = await self._pages.answer(incoming, given)
        return replace(made, reason=problem.reply().reason)


def _read(incoming: Incoming) -> Asked:
    """Read the address.

    Raises:
        RequestError: It cannot be read, has two queries or two views, or an update.
    """
    pairs = protocol.parameters(incoming.query)
    views = [value for name, value in pairs if name == "view"]
    if len(views) > 1:
        raise QueryError(f"expected one view, found {len(views)}")
    view = "".join(views) or None
    texts = [value for name, value in pairs if name == "query"]
    if not "".join(texts).strip() and not any(name == "update" for name, _ in pairs):
        return Asked(view=view)
    operation = protocol.operation(protocol.Request("GET", pairs))
    incoming.asked = sparql.digest(operation)
    return Asked(operation, view)
