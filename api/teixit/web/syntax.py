"""What is wrong with a query while it is written."""

import json
from typing import Any, Final

from werkzeug.exceptions import MethodNotAllowed

from teixit import protocol
from teixit.errors import QueryError, RefusedError, TooLargeError
from teixit.languages import DEFAULT, LANGUAGES
from teixit.web import headers
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply
from teixit.web.texts import messages
from teixit.workers import Job

PATH: Final = "/syntax"
_METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")
_NO_PREFIX: Final = "Prefix not found"


class Syntax:
    """Answers at :data:`PATH`.

    Args:
        asking: Whose workers read the query: no query of others is read in this process.
        address: Of the endpoint, as the world knows it.
    """

    def __init__(self, asking: Asking, address: str) -> None:
        self._asking = asking
        self._address = address

    async def answer(self, incoming: Incoming) -> Reply:
        """Tell the errors of the query, of which a parser finds no more than the first.

        The query comes as SPARQL Protocol has it; ``language`` says in which one they are told.

        Raises:
            RequestError: There is no query, or no worker has the time to read it.
            HTTPException: It is no request of this kind.
            GoneError: The client left; its worker is freed.
        """
        if incoming.method == "OPTIONS":
            return headers.options(_METHODS)
        if incoming.method not in _METHODS:
            raise MethodNotAllowed(_METHODS)
        query, language = _read(incoming, await incoming.body())
        errors = []
        try:
            await self._asking.found(Job("syntax", query, base=self._address), incoming)
        except (QueryError, RefusedError, TooLargeError) as error:
            errors = [_told(error, language)]
        told = {"content-type": "application/json", "cache-control": "no-store"}
        return Reply(200, told, json.dumps({"errors": errors}).encode())


def _read(incoming: Incoming, body: bytes) -> tuple[str, str]:
    pairs = protocol.parameters(incoming.query)
    wanted = dict(pairs).get("language")
    asked = [(name, value) for name, value in pairs if name != "language"]
    method = "POST" if incoming.method == "POST" else "GET"
    content_type = incoming.headers.get("content-type")
    request = protocol.Request(method, asked, None, content_type, body)
    return protocol.operation(request).query, wanted if wanted in LANGUAGES else DEFAULT


def _told(error: QueryError | RefusedError | TooLargeError, language: str) -> dict[str, Any]:
    """Say in *language* what is wrong; what the engine expects has no language."""
    texts, said = messages(language), str(error)
    if not isinstance(error, QueryError) or error.line is None:
        key = "bench.refused" if isinstance(error, RefusedError) else "bench.wrong"
        return {"line": None, "column": None, "message": texts[key].format(detail=said)}
    if _NO_PREFIX in said:
        message = texts["bench.no_prefix"]
    else:
        expected = said.partition("expected ")[2].partition(", near ")[0]
        message = texts["bench.expected"].format(expected=expected or said)
    return {"line": error.line, "column": error.column, "message": message}
