"""The errors that Teixit raises on purpose.

* TeixitError
  x KnowledgeError             our own files are wrong or missing
    + SourceError              a page cannot be imported: says line and what was expected
  x ServeError                 the server cannot start
  x RequestError               the client is wrong; ``status`` is the HTTP status
    + QueryError          400  the query does not parse: may say line and column
    + RefusedError        403  the query asks for what this service never does
    + NotAcceptableError  406  no format on offer that the client accepts
    + MediaTypeError      415  the body is of a type that the protocol does not know

Each message is one line that says what is wrong, where, and how to mend it.
"""

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


class RefusedError(RequestError):
    """The query is well formed, and asks for what this service never does."""

    status = HTTPStatus.FORBIDDEN


class NotAcceptableError(RequestError):
    """No format on offer is one that the client accepts (RFC 9110, section 15.5.7)."""

    status = HTTPStatus.NOT_ACCEPTABLE


class MediaTypeError(RequestError):
    """The body has a media type that SPARQL Protocol does not know (RFC 9110, section 15.5.16)."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
