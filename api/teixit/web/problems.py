"""What is answered when something is wrong: a page for people, a problem for machines."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from flask import Response, g, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from teixit import negotiation
from teixit.errors import NotAcceptableError, QueryError, RequestError

PROBLEM: Final = "application/problem+json"
PAGE: Final = "text/html"

_TITLES: Final = {
    400: "problem.bad_request",
    403: "problem.refused",
    404: "problem.not_found",
    405: "problem.method",
    406: "problem.not_acceptable",
    413: "problem.too_large",
    415: "problem.media_type",
    500: "problem.server",
}
_MENDS: Final = {
    400: "problem.mend_bad_request",
    403: "problem.mend_refused",
    404: "problem.mend_not_found",
    405: "problem.mend_method",
    406: "problem.mend_not_acceptable",
    413: "problem.mend_too_large",
    415: "problem.mend_media_type",
    500: "problem.mend_server",
}
_MEND_SYNTAX: Final = "problem.mend_syntax"


def of_request(error: RequestError) -> Response:
    """Answer an error of the client that we found."""
    place = {}
    if isinstance(error, QueryError) and error.line is not None:
        place = {"line": error.line, "column": error.column}
    if _wants_page():
        return _page(error.status, place, str(error))
    return _problem(error.status, place, str(error))


def of_http(error: HTTPException) -> Response:
    """Answer an error of HTTP itself, with the headers that belong to it, such as Allow.

    Its description is English and says no more than our text does in the reader's language,
    so that only machines get it.
    """
    status = HTTPStatus(error.code or InternalServerError.code)
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    if _wants_page():
        methods = sorted(headers.get("Allow", "").split(", "))  # the header has them in any order
        response = _page(status, {"allow": ", ".join(methods)})
    else:
        response = _problem(status, {}, error.description or status.phrase)
    response.headers.update(headers)
    return response


def _page(status: HTTPStatus, gaps: Mapping[str, object], detail: str | None = None) -> Response:
    """Write a page; *gaps* are filled in its text."""
    page = render_template(
        "problems/problem.html",
        title=_TITLES.get(status, _TITLES[400]),
        mend=_MEND_SYNTAX if "line" in gaps else _MENDS.get(status, _MENDS[400]),
        gaps=gaps,
        detail=detail,
        query=g.get("query"),
        graphs=g.get("graphs"),
    )
    return Response(page, status, content_type="text/html; charset=utf-8")


def _problem(status: HTTPStatus, place: Mapping[str, int | None], detail: str) -> Response:
    # RFC 9457, section 4.2.1: without a type of its own, the title is that of the status.
    problem = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return Response(json.dumps({**problem, **place}), status, content_type=PROBLEM)


def _wants_page() -> bool:
    """Say whether the client would rather read HTML than a problem (RFC 9457, section 3)."""
    try:
        offers = (PROBLEM, "application/json", PAGE)
        return negotiation.choose(request.headers.get("Accept"), offers) == PAGE
    except NotAcceptableError:
        return False
