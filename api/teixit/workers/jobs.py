"""What is asked of a worker and what comes back.

A job and an answer cross the pipe as one frame: a fixed prefix, a header in JSON and a body.
Nothing from the pipe is ever unpickled, since a query may have broken the worker.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from teixit import errors
from teixit.errors import LimitError, QueryError, RequestError

Kind: TypeAlias = Literal["query", "graph", "description", "document", "syntax", "picture"]
#: The media type wanted for a table, for a yes or no, and for a graph; None where the client
#: accepts no format of that form.
Accept: TypeAlias = tuple[str | None, str | None, str | None]

#: Answers up to this size cross the pipe as bytes, longer ones as a file; in bytes.
INLINE: Final = 256 * 1024

_JSON: Final = "application/sparql-results+json"
#: A frame: its mark, the length of its header, the length of its body.
_PREFIX: Final = struct.Struct("!4sII")
_MARK: Final = b"TXT1"
#: No header is longer: a query of the greatest length, with every character escaped; in bytes.
_HEADER: Final = 4 << 20
_encode: Final = json.JSONEncoder(separators=(",", ":")).encode
#: What may come back from a worker as an error.
_ERRORS: Final = {
    found.__name__: found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, RequestError)
}


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to ask of the graph.

    Args:
        kind: ``query``; ``graph``, all of one graph (Graph Store Protocol); ``description``, the
            service description; ``document``, what there is to know of one thing of ours;
            ``syntax``, whether a query may be asked: nothing if so, or else the error;
            ``picture``, what is drawn of an answer.
        query: The text of a query; for ``graph`` the IRI of the graph, empty for the default one;
            for ``document`` the IRI of the thing; for ``picture`` what
            :class:`teixit.pictures.wanted.Wanted` writes.
        accept: The media types to answer in, by the form that the result turns out to have.
        default_graphs: ``default-graph-uri`` of the request; None to leave it to the query.
        named_graphs: ``named-graph-uri`` of the request; None to leave it to the query.
        values: What variables of the query are bound to, as pairs of a name and an N-Triples term.
        base: The address of the endpoint; None for the one that the project has.
        gzip: Whether the answer is compressed where that pays.
        table_rows: For pages: the rows of a table to give at most, as SPARQL JSON, with their
            number in all; None for the whole table.
        settled: Whether the answer is to be in its one form, and hashed (:mod:`teixit.citing`).
    """

    kind: Kind = "query"
    query: str = ""
    accept: Accept = (_JSON, _JSON, "text/turtle")
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    values: tuple[tuple[str, str], ...] = ()
    base: str | None = None
    gzip: bool = False
    table_rows: int | None = None
    settled: bool = False

    @property
    def key(self) -> int:
        """What tells how heavy the job is: the same for every format of the answer."""
        return hash((self.kind, self.query, self.default_graphs, self.named_graphs, self.values))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A complete answer.

    Args:
        media_type: Of the answer, without parameters.
        encoding: ``gzip`` or None.
        body: The answer; None where it is in a file.
        file: Descriptor of the unlinked file that holds the answer; whoever has the outcome
            closes it. None where the answer is in the body.
        length: Of the body or the file, in bytes.
        cacheable: Whether the same job has the same answer again, on the same data.
        table_total: The number of rows in all, where a part of them was asked for.
        version: Of the data that was asked: during a change it need not be the pool's.
        sha256: Of the one form of the answer, where that was asked for.
    """

    media_type: str
    encoding: str | None
    body: bytes | None
    file: int | None
    length: int
    cacheable: bool
    table_total: int | None
    version: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker said.

    Args:
        result: The answer, or why there is none.
        retire: Whether the worker has ended itself after this.
        detail: For the log: what is behind a fault.
    """

    result: Outcome | RequestError
    retire: bool = False
    detail: str = ""


class Frames:
    """Puts together the frames that come in pieces through one pipe, one at a time."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, piece: bytes) -> tuple[Any, bytes] | None:
        """Give the header and the body of the frame that *piece* completes; None if it does not.

        Raises:
            ValueError: This is no frame.
        """
        held = self._held + piece if self._held else piece
        self._held = held
        if len(held) < _PREFIX.size:
            return None
        mark, header, body = _PREFIX.unpack_from(held)
        whole = _PREFIX.size + header + body
        if mark != _MARK or header > _HEADER or body > INLINE or len(held) > whole:
            raise ValueError("garbage on the pipe")
        if len(held) < whole:
            return None
        self._held = b""
        head = held[_PREFIX.size : whole - body].decode("ascii")
        return json.loads(head), held[whole - body :]


def frame(header: Sequence[object], body: bytes = b"") -> bytes:
    """Write one frame."""
    head = _encode(header).encode()
    return _PREFIX.pack(_MARK, len(head), len(body)) + head + body


def write_job(job: Job, deadline: float) -> bytes:
    """Write *job* as a frame; *deadline* is a time of the monotonic clock, in seconds."""
    fields = (job.kind, job.query, job.accept, job.default_graphs, job.named_graphs, job.values)
    return frame([deadline, *fields, job.base, job.gzip, job.table_rows, job.settled])


def read_job(header: Sequence[Any]) -> tuple[Job, float]:
    """Read what :func:`write_job` wrote: the job and its deadline."""
    deadline, kind, query, accept, default, named, values, *how = header
    pairs = tuple((name, term) for name, term in values)
    return Job(kind, query, tuple(accept), _names(default), _names(named), pairs, *how), deadline


def _names(found: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if found is None else tuple(found)


def write_answer(outcome: Outcome, *, retire: bool) -> bytes:
    """Write an answer as a frame; its file goes beside it."""
    described = (outcome.media_type, outcome.encoding, outcome.length, outcome.cacheable)
    told = (outcome.table_total, outcome.sha256, retire)
    return frame(["answer", *described, *told], outcome.body or b"")


def write_error(error: RequestError, detail: str = "", *, retire: bool) -> bytes:
    """Write an error as a frame."""
    told: tuple[object, ...] = ()
    if isinstance(error, QueryError):
        told = (error.line, error.column)
    elif isinstance(error, LimitError):
        told = (error.reason, error.retry_after)
    return frame(["error", type(error).__name__, [str(error), *told], detail, retire])


def read_reply(header: object, body: bytes, file: int | None, version: str) -> Reply:
    """Read what :func:`write_answer` or :func:`write_error` wrote.

    Raises:
        ValueError: It is neither.
    """
    match header:
        case [
            "answer",
            str(media),
            str() | None as encoding,
            int(length),
            bool(same),
            int() | None as total,
            str() | None as sha256,
            end,
        ]:
            found = None if file is not None else body
            outcome = Outcome(media, encoding, found, file, length, same, total, version, sha256)
            return Reply(outcome, bool(end))
        case ["error", str(name), [str(), *_] as told, str(detail), end] if name in _ERRORS:
            return Reply(_ERRORS[name](*told), bool(end), detail)
    raise ValueError("neither an answer nor an error")
