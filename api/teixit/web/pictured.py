"""The picture of an answer as a file: SVG that says what it shows, of what, and whence."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from teixit import paths, protocol, queries
from teixit.errors import LimitError, NotFoundError, QueryError
from teixit.languages import LANGUAGES
from teixit.pictures import canvas, choosing
from teixit.pictures.wanted import Wanted
from teixit.web import headers, sparql
from teixit.web.answering import Answered, answered
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.headers import SAFE
from teixit.web.naming import things_of
from teixit.web.texts import messages
from teixit.workers import Job

#: The pictures, in each language.
PATHS: Final = {f"/{tag}/query.svg": tag for tag in LANGUAGES}
#: More is not drawn, in bytes of what is sent to a worker.
_MOST: Final = 1_900_000
#: What is drawn has its colours in itself, and nothing else.
_STYLED: Final = b64encode(sha256(canvas.STYLE.encode()).digest()).decode()
_POLICY: Final = SAFE["content-security-policy"].replace(
    "style-src 'self'", f"style-src 'sha256-{_STYLED}'"
)
#: What the texts call the words of a picture.
_WORDS: Final = {
    "rows": "picture.rows",
    "filters": "picture.filters",
    "source": "picture.source",
    "release": "picture.release",
    "nothing": "picture.nothing",
    "decimal": "picture.decimal",
    "thousands": "site.thousands",
}


class Pictures:
    """Answers at :data:`PATHS`.

    Args:
        asking: Who answers queries.
        endpoint: Whose queries these are.
        address: Of the endpoint, as the world knows it.
    """

    def __init__(self, asking: Asking, endpoint: sparql.Endpoint, address: str) -> None:
        self._asking = asking
        self._endpoint = endpoint
        self._address = address
        self._questions = {
            tuple(query.text.split()): query.title for query in queries.catalogue(paths.QUESTIONS)
        }

    async def answer(self, incoming: Incoming) -> Reply:
        """Draw the answer to the query of the address, in the view that it names.

        Raises:
            RequestError: The query cannot be answered, or has no such view.
            HTTPException: It is asked for by another method.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        operation, view = _read(incoming)
        found = await self._endpoint.for_page(self._endpoint.job_of_page(operation), incoming)
        shown = await answered(self._asking, operation, found, incoming, view)
        if shown.view != view:
            ways = ", ".join(shown.views[1:]) or "none"
            raise NotFoundError(f"view={view}: this answer has no such picture; it has: {ways}")
        job = self._job(shown, PATHS[incoming.path])
        drawn = await self._asking.found(job, incoming)
        cacheable = found.cacheable and shown.whole
        etag = self._asking.etag(job, incoming.path) if cacheable else None
        reply = sparql.written(replace(drawn, cacheable=cacheable), None, etag)
        named = f'inline; filename="teixit-{view}.svg"'
        told = {"content-disposition": named, "content-security-policy": _POLICY}
        return headers.added(reply, told)

    def _job(self, shown: Answered, language: str) -> Job:
        """Say what is to be drawn.

        Raises:
            LimitError: The rows are too long.
        """
        table, texts = shown.table, messages(language)
        names = ((iri, shown.naming.name(iri, language)) for iri in things_of(table.rows))
        words = {name: texts[key] for name, key in _WORDS.items()}
        written = Wanted(
            shown.view,
            self._title(shown, language),
            shown.operation.query,
            self._address,
            table.columns,
            table.rows,
            table.total,
            {iri: name for iri, name in names if name},
            words,
        ).written()
        if len(written) > _MOST:
            raise LimitError("the rows are too long to be drawn; ask for less", "answer")
        return Job("picture", written)

    def _title(self, shown: Answered, language: str) -> str:
        """Call a picture by the question that it answers, else by what the query asks for."""
        question: Mapping[str, str] | None = self._questions.get(
            tuple(shown.operation.query.split())
        )
        if question is not None:
            return question[language]
        if shown.is_graph:
            return messages(language)["answer.title"]
        told = [name for name in shown.table.columns if name not in shown.table.shapes]
        return " · ".join(name.replace("_", " ") for name in told[:6])


def _read(incoming: Incoming) -> tuple[protocol.Operation, str]:
    """Read the address.

    Raises:
        RequestError: It has no query, or not one view that is a picture.
    """
    pairs = protocol.parameters(incoming.query)
    views = [value for name, value in pairs if name == "view"]
    if len(views) != 1 or views[0] not in choosing.VIEWS[1:]:
        raise QueryError(f"view: expected one of {', '.join(choosing.VIEWS[1:])}")
    operation = protocol.operation(protocol.Request("GET", pairs))
    incoming.asked = sparql.digest(operation)
    return operation, views[0]
