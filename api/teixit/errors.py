"""The errors that Teixit raises on purpose.

* TeixitError
  x KnowledgeError             our own files are wrong or missing
    + SourceError              a page cannot be imported: says line and what was expected
    + FileRefusedError         a file is not read: says why, in three languages
    + ReleaseError             a release cannot be published, or none can be served
  x SettingError               a setting of the environment is wrong
  x ServeError                 the server cannot start
  x RequestError               what is asked cannot be given; ``status`` is the HTTP status
    + QueryError          400  the query does not parse: may say line and column
    + RefusedError        403  the query asks for what this service never does
    + ChoiceError         400  an address chooses what a view does not have; also 404
    + NotFoundError       404  there is no such graph
    + NotAcceptableError  406  no format on offer that the client accepts
    + TooLargeError       413  the query or the body is longer than is read
    + MediaTypeError      415  the body is of a type that the protocol does not know
    + LimitError          503  the answer would pass a limit: says which, and when to retry
    + UpstreamError       502  the server behind this one failed
      - UpstreamTimeoutError  504  it did not answer in time

Each message is one line that says what is wrong, where, and how to mend it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path


class TeixitError(Exception):
    """Something went wrong that the reader can mend."""


class KnowledgeError(TeixitError):
    """A file of the knowledge base is missing, unreadable or contradicts another."""


class SourceError(KnowledgeError):
    """A page that cannot be imported.

    Args:
        page: The file that was read.
        line: The line, counted from 1, at which reading stopped.
        found: What stands there, or what is wrong with it.
        expected: What would have been right.
    """

    def __init__(self, page: Path | str, line: int, found: str, expected: str) -> None:
        super().__init__(f"{page}, line {line}: {found}; expected {expected}")
        self.page = page
        self.line = line
        self.found = found
        self.expected = expected


class FileRefusedError(KnowledgeError):
    """A file that is not read, because of what it holds or of what reading it would take.

    Args:
        texts: What is wrong and how to mend it, by language.
        reason: The same in one word, such as ``memory`` or ``time``.
    """

    def __init__(self, texts: Mapping[str, str], reason: str) -> None:
        super().__init__(texts["en"])
        self.texts = texts
        self.reason = reason


class ReleaseError(KnowledgeError):
    """A release is damaged or cannot be published, or there is none that can be served."""


class SettingError(TeixitError):
    """A setting of the environment has a value that cannot be meant."""


class ServeError(TeixitError):
    """The server cannot start, for instance because the port is taken."""


class RequestError(TeixitError):
    """The client asked for something that cannot be given."""

    status = HTTPStatus.BAD_REQUEST


class QueryError(RequestError):
    """The query is missing, doubled or not SPARQL.

    Args:
        message: What is wrong.
        line: The line of the query, counted from 1, where it is known.
        column: The column in that line, counted from 1.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class ChoiceError(RequestError):
    """An address chooses what a view does not have.

    Args:
        message: What is wrong, in the language of the reader.
        status: Of HTTP: 400 for what there never is, 404 for what there is not now.
    """

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.status = status


class RefusedError(RequestError):
    """The query is well formed, and asks for what this service never does."""

    status = HTTPStatus.FORBIDDEN


class NotFoundError(RequestError):
    """There is no such thing here (RFC 9110, section 15.5.5)."""

    status = HTTPStatus.NOT_FOUND


class TooLargeError(RequestError):
    """The query or the body is longer than this service reads (RFC 9110, section 15.5.14)."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NotAcceptableError(RequestError):
    """No format on offer is one that the client accepts (RFC 9110, section 15.5.7)."""

    status = HTTPStatus.NOT_ACCEPTABLE


class MediaTypeError(RequestError):
    """The body has a media type that SPARQL Protocol does not know (RFC 9110, section 15.5.16)."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class LimitError(RequestError):
    """An answer that would pass a limit of the service (RFC 9110, section 15.6.4).

    Args:
        message: Which limit, and what can be done.
        reason: ``time``, ``memory``, ``answer`` (its size), ``busy`` (no room to wait),
            ``fault`` (the engine gave up) or ``index`` (there is nothing to search in yet).
        retry_after: After how many seconds another try makes sense.
        own: Whether it is the client itself that asks for too much (RFC 6585, section 4).
    """

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(
        self, message: str, reason: str, retry_after: int = 10, *, own: bool = False
    ) -> None:
        super().__init__(message)
        if own:
            self.status = HTTPStatus.TOO_MANY_REQUESTS
        self.reason = reason
        self.retry_after = retry_after


class UpstreamError(RequestError):
    """The server that holds the graph failed or is not there (RFC 9110, section 15.6.3)."""

    status = HTTPStatus.BAD_GATEWAY


class UpstreamTimeoutError(UpstreamError):
    """The server that holds the graph did not answer in time (RFC 9110, section 15.6.5)."""

    status = HTTPStatus.GATEWAY_TIMEOUT
