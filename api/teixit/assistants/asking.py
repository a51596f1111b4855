"""Asking the workers, and turning what they give into answers that fit."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from mcp.server.mcpserver.exceptions import MCPServerError, ToolError

from teixit.assistants.told import LONGEST, Answer, cut, fitting
from teixit.errors import TeixitError, TooLargeError
from teixit.workers import Job, Pool
from teixit.workers.through import body_of

_JSON: Final = "application/sparql-results+json"
_TURTLE: Final = "text/turtle"
#: Whom the workers take all assistants for.
CLIENT: Final = "assistant"


@contextmanager
def explained(kind: type[MCPServerError] = ToolError) -> Iterator[None]:
    """Tell the assistant what it has asked in vain, in the words that everybody else is told.

    Raises:
        ToolError: Or another *kind*, in place of an error of ours.
    """
    try:
        yield
    except TeixitError as error:
        raise kind(str(error)) from error


async def answered(pool: Pool, text: str, most: int) -> Answer:
    """Answer the query *text*, in *most* rows.

    Raises:
        RequestError: As the pool raises it.
        TooLargeError: It gives a graph that does not fit.
    """
    job = Job("query", text, (_JSON, _JSON, _TURTLE), table_rows=most)
    outcome = await pool.run(job, CLIENT)
    body, version = body_of(outcome), outcome.version
    if outcome.media_type == _TURTLE:
        return Answer((), (), 0, None, _whole(body.decode()), text, version)
    found = json.loads(body)
    if "boolean" in found:
        return Answer((), (), 0, found["boolean"], None, text, version)
    rows = fitting(map(_row, found["results"]["bindings"]), most)
    left_out = (outcome.table_total or 0) - len(rows)
    return Answer(found["head"]["vars"], rows, left_out, None, None, text, version)


def _whole(turtle: str) -> str:
    if len(turtle) > LONGEST:
        said = f"the graph has {len(turtle)} characters, and no more than {LONGEST} are given"
        raise TooLargeError(f"{said}; ask for less, or for rows with LIMIT")
    return turtle


def _row(bindings: Mapping[str, Mapping[str, Any]]) -> Mapping[str, str]:
    return {name: cut(term["value"]) for name, term in bindings.items()}
