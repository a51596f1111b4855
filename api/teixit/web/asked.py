"""The questions at addresses for programs: an answer as a file, with parameters, and OpenAPI."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from teixit import negotiation, parameters, paths, protocol, queries
from teixit.errors import NotFoundError, QueryError
from teixit.parameters import Parameter, Row
from teixit.queries import Query
from teixit.web import formats, headers, openapi, sparql
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.pages import Pages
from teixit.workers import Job

#: What all these addresses begin with: ``/questions/NAME.csv?district=district-03``.
FOLDER: Final = "/questions/"
#: What says which addresses there are, and what they take (OpenAPI 3.1).
DESCRIPTION: Final = "/openapi.json"

_JSON: Final = formats.FORMATS["json"]
_DESCRIBED: Final = {"link": f'<{DESCRIPTION}>; rel="service-desc"; type="application/json"'}


class Questions:
    """Answers below :data:`FOLDER` and at :data:`DESCRIPTION`.

    Args:
        asking: Who answers queries.
        pages: Who leads people to the page about a question.
        endpoint: Whose queries these are.
        address: Of the SPARQL endpoint, as the world knows it.
    """

    def __init__(
        self, asking: Asking, pages: Pages, endpoint: sparql.Endpoint, address: str
    ) -> None:
        self._asking, self._pages, self._endpoint = asking, pages, endpoint
        self._address = address
        self._questions = {query.name: query for query in queries.catalogue(paths.QUESTIONS)}

    async def answer(self, incoming: Incoming) -> Reply:
        """Answer a question as the file that the end of its address names.

        Raises:
            RequestError: There is no such question or file, or its parameters are wrong.
            HTTPException: The method is not one that only reads.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        wanted = incoming.path.removeprefix(FOLDER)
        if wanted in self._questions:
            return await self._pages.answer(incoming)
        query, media_type = self._named(wanted)
        given = parameters.values(await self._parameters(query, incoming), _texts(incoming))
        job = Job(
            "query",
            query.text,
            (media_type, media_type, None),
            values=tuple((name, str(term)) for name, term in given.items()),
            base=self._address,
            gzip=negotiation.gzip(incoming.headers.get("accept-encoding")),
        )
        return headers.added(await self._endpoint.reply(incoming, job), _DESCRIBED)

    async def describe(self, incoming: Incoming) -> Reply:
        """Describe these addresses, with what the graph lists for the parameters.

        Raises:
            RequestError: The workers cannot say what it lists.
            HTTPException: The method is not one that only reads.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        asked = [
            openapi.Asked(query, await self._parameters(query, incoming), tuple(offered(query)))
            for query in self._questions.values()
        ]
        host = self._address.removesuffix(sparql.PATH)
        body = json.dumps(openapi.document(host, asked), ensure_ascii=False, indent=1)
        told = {"content-type": "application/json", "cache-control": "no-cache"}
        return Reply(200, told, body.encode(), etag=self._asking.etag(DESCRIPTION, body))

    def _named(self, wanted: str) -> tuple[Query, str]:
        """Find the question, and the type of the file, that an address ends with."""
        name, _, ending = wanted.rpartition(".")
        query = self._questions.get(name)
        if query is None:
            raise NotFoundError(f"no such question; {DESCRIPTION} lists them")
        offers = offered(query)
        if ending not in offers:
            raise NotFoundError(f"{name} cannot be had so; expected one of {', '.join(offers)}")
        return query, offers[ending]

    async def _parameters(self, query: Query, incoming: Incoming) -> Sequence[Parameter]:
        listed = parameters.lists(query)
        return [
            Parameter.of(
                query, name, await self._rows(listed[name], incoming) if name in listed else ()
            )
            for name in parameters.names(query)
        ]

    async def _rows(self, query: Query, incoming: Incoming) -> Iterator[Row]:
        """Give the rows of a list, which are kept as all answers are."""
        found = await self._asking.found(Job("query", query.text, (_JSON, None, None)), incoming)
        incoming.kept = None  # what the log tells is of the answer itself
        return _rows(found.first(found.length))


def offered(query: Query) -> Mapping[str, str]:
    """Give the types of the files that the answer to *query* can be had as, by their ends."""
    if openapi.is_yes_or_no(query):
        return formats.named(protocol.BOOLEANS)
    return formats.of_rows(places=False)


def _rows(body: bytes) -> Iterator[Row]:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - a list is a SELECT
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name] for name in names if row[name] is not None}


def _texts(incoming: Incoming) -> Mapping[str, str]:
    """Read the parameters of an address.

    Raises:
        QueryError: One stands there twice, or they cannot be read.
    """
    pairs = protocol.parameters(incoming.query)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise QueryError("a parameter stands there twice: expected one value for each")
    return found
