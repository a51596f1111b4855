"""What is answered when something is wrong: a page for people, a problem for machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Self, TypeAlias

from flask import Response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from teixit import negotiation
from teixit.errors import ChoiceError, LimitError, NotAcceptableError, QueryError, RequestError
from teixit.web.exchange import Again, Reply
from teixit.web.site import site

PROBLEM: Final = "application/problem+json"
PAGE: Final = "text/html"

Wrong: TypeAlias = RequestError | HTTPException

#: The texts by status, and for 503 by reason. A status that is not here is told as 400.
_TITLES: Final[Mapping[int | str, str]] = {
    400: "problem.bad_request",
    403: "problem.refused",
    404: "problem.not_found",
    405: "problem.method",
    406: "problem.not_acceptable",
    408: "problem.slow",
    413: "problem.too_large",
    415: "problem.media_type",
    500: "problem.server",
    502: "problem.upstream",
    504: "problem.upstream_time",
    "time": "problem.time",
    "memory": "problem.memory",
    "answer": "problem.answer",
    "busy": "problem.busy",
    "fault": "problem.fault",
    "index": "problem.index",
}
_MENDS: Final[Mapping[int | str, str]] = {
    400: "problem.mend_bad_request",
    403: "problem.mend_refused",
    404: "problem.mend_not_found",
    405: "problem.mend_method",
    406: "problem.mend_not_acceptable",
    408: "problem.mend_slow",
    413: "problem.mend_too_large",
    415: "problem.mend_media_type",
    500: "problem.mend_server",
    502: "problem.mend_upstream",
    504: "problem.mend_upstream_time",
    "time": "problem.mend_time",
    "memory": "problem.mend_memory",
    "answer": "problem.mend_answer",
    "busy": "problem.mend_busy",
    "fault": "problem.mend_fault",
    "index": "problem.mend_index",
}
_MEND_SYNTAX: Final = "problem.mend_syntax"


@dataclass(frozen=True)
class Problem:
    """What is wrong, whoever found it.

    Args:
        status: Of HTTP.
        detail: What the program says, in English.
        own: Whether these are our words. Those of HTTP itself say no more than our text does in
            the reader's language, so that only machines get them.
        place: Line and column of the query, where they are known.
        reason: Of a 503: the limit.
        headers: Those that belong to it.
        translated: Whether the detail is in the reader's language, and says all.
    """

    status: HTTPStatus
    detail: str
    own: bool
    place: Mapping[str, int | None]
    reason: str | None
    headers: Mapping[str, str]
    translated: bool = False

    @classmethod
    def of(cls, error: Wrong) -> Self:
        """Read what *error* says."""
        headers = {"cache-control": "no-store"}
        if isinstance(error, HTTPException):
            status = HTTPStatus(error.code or InternalServerError.code)
            told = {name.lower(): value for name, value in error.get_headers()}
            if "allow" in told:
                headers["allow"] = ", ".join(sorted(told["allow"].split(", ")))
            return cls(status, error.description or status.phrase, False, {}, None, headers)  # noqa: FBT003
        place, reason = {}, None
        if isinstance(error, QueryError) and error.line is not None:
            place = {"line": error.line, "column": error.column}
        if isinstance(error, LimitError):
            reason = error.reason
            headers["retry-after"] = str(error.retry_after)
        translated = isinstance(error, ChoiceError)
        return cls(error.status, str(error), True, place, reason, headers, translated)  # noqa: FBT003

    def reply(self) -> Reply:
        """Write it for machines (RFC 9457)."""
        # Section 4.2.1: without a type of its own, the title is that of the status.
        problem = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status,
            "detail": self.detail,
            **self.place,
        }
        if self.reason:
            problem["reason"] = self.reason
        headers = {"content-type": PROBLEM, **self.headers}
        reason = self.reason or self.status.name.lower()
        return Reply(self.status, headers, json.dumps(problem).encode(), reason=reason)

    def page(self, again: Again | None = None) -> Response:
        """Write it for people, within a request of Flask."""
        return self.response(render_template("problems/problem.html", again=again, **self.told()))

    def told(self) -> dict[str, Any]:
        """Give what a page tells of it, within a request of Flask."""
        key = self.reason or self.status.value
        limits = site().limits
        return {
            "title": _TITLES.get(key, _TITLES[400]),
            "mend": _MEND_SYNTAX if self.place else _MENDS.get(key, _MENDS[400]),
            "gaps": {
                **self.place,
                "allow": self.headers.get("allow"),
                "seconds": round(limits.seconds),
                "memory": limits.memory >> 20,
                "answer": limits.answer >> 20,
            },
            "detail": self.detail if self.own else None,
            "translated": self.translated,
        }

    def response(self, page: str) -> Response:
        """Send a *page* that tells of it."""
        return Response(page, self.status, self.headers, content_type="text/html; charset=utf-8")


def of_error(error: Wrong) -> Response:
    """Answer an *error* of a page, for ``Flask.register_error_handler``."""
    problem = Problem.of(error)
    if wants_page(request.headers.get("Accept")):
        return problem.page()
    reply = problem.reply()
    return Response(reply.body, reply.status, dict(reply.headers))


def wants_page(accept: str | None) -> bool:
    """Say whether the client would rather read HTML than a problem (RFC 9457, section 3)."""
    try:
        return negotiation.choose(accept, (PROBLEM, "application/json", PAGE)) == PAGE
    except NotAcceptableError:
        return False
