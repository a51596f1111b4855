"""What each request must say of itself, and what each answer says to browsers and caches."""

import re
from typing import Final

from flask import Response, request

from teixit.errors import RequestError
from teixit.web.sparql import PATH

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")

#: No script at all, and nothing from elsewhere (Content Security Policy Level 3).
_SAFE: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
#: Any page of the web may ask, and none with the reader's credentials (Fetch, section 3.2).
_OPEN: Final = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Max-Age": "86400",
}


def require_one_host() -> None:
    """Refuse a request without exactly one well-formed Host (RFC 9112, section 3.2).

    Raises:
        RequestError: There is none, there are several or it is no host.
    """
    host = request.environ.get("HTTP_HOST")
    if host is None and request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return
    if not _HOST.fullmatch(host or ""):
        raise RequestError("expected one Host header with the name of this server")


def protect(response: Response) -> Response:
    """Add to *response* the headers that keep readers safe and caches right."""
    response.headers.update(_SAFE)
    response.vary.update(("Accept", "Accept-Language"))
    if request.path == PATH:
        response.headers.update(_OPEN)
    return response
