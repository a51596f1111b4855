"""What each answer says to browsers and caches, and what each request must say of itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Final

from werkzeug.exceptions import MethodNotAllowed

from teixit.errors import RequestError
from teixit.web.exchange import Incoming, Reply

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")

#: No script at all, and nothing from elsewhere (Content Security Policy Level 3). What looks at a
#: page from within, as Lighthouse does, may ask for /robots.txt.
SAFE: Final = MappingProxyType(
    {
        "content-security-policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "vary": "Accept, Accept-Datetime, Accept-Encoding, Accept-Language",
    }
)
#: The same, and scripts of ours: for the one page that has an editor.
SCRIPTED: Final = MappingProxyType(
    {"content-security-policy": f"{SAFE['content-security-policy']}; script-src 'self'"}
)
#: What a page is besides: alone in its window, and without the devices of its reader (HTML,
#: section 7.1.3; Permissions Policy, section 5.1).
ALONE: Final = MappingProxyType(
    {
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
)
#: Any page of the web may ask, and none with the reader's credentials (Fetch, section 3.2).
OPEN: Final = MappingProxyType(
    {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": (
            "Content-Location, ETag, Link, Location, Memento-Datetime, Retry-After"
        ),
    }
)
#: What is said besides to a browser that asks whether it may ask (Fetch, section 3.2.3).
_PREFLIGHT: Final = MappingProxyType(
    {
        "access-control-allow-headers": (
            "Accept, Accept-Datetime, Accept-Language, Content-Type, If-None-Match"
        ),
        "access-control-max-age": "86400",
    }
)
#: What asks for an answer only if it has changed since a date (RFC 9110, section 13.1.3).
BY_DATE: Final = "if-modified-since"
#: By what methods most of what we serve may be asked for.
READ_ONLY: Final = ("GET", "HEAD", "OPTIONS")
#: What a page of ours may be asked for by.
_METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST")


def added(reply: Reply, told: Mapping[str, str]) -> Reply:
    """Add to what *reply* tells."""
    return replace(reply, headers={**reply.headers, **told})


def lasting(*, kept: bool) -> str:
    """Say whether what a release has may be kept for ever: if the release is (RFC 8246)."""
    return "public, max-age=31536000, immutable" if kept else "no-cache"


def options(methods: Sequence[str]) -> Reply:
    """Say by which *methods* an address may be asked (RFC 9110, section 9.3.7)."""
    allowed = ", ".join(methods)
    return Reply(204, {"allow": allowed, "access-control-allow-methods": allowed, **_PREFLIGHT})


async def only_read(incoming: Incoming) -> None:
    """Refuse what would change something, and take in the body, which says nothing.

    Raises:
        HTTPException: The method is not one of :data:`READ_ONLY`, or the body is bad.
        GoneError: The client left.
    """
    if incoming.method not in READ_ONLY:
        raise MethodNotAllowed(READ_ONLY)
    await incoming.body()


def require_sense(incoming: Incoming) -> None:
    """Refuse what no server of ours could answer.

    Raises:
        RequestError: There is not exactly one well-formed Host (RFC 9112, section 3.2).
        HTTPException: We are taken for a proxy (RFC 9110, section 9.3.6).
    """
    if incoming.method == "CONNECT":
        raise MethodNotAllowed(_METHODS)
    host = incoming.headers.get("host", "")
    is_old = incoming.version in {"1", "1.0"}
    if not _HOST.fullmatch(host) and not (is_old and not host):
        raise RequestError("expected one Host header with the name of this server")


def names(etags: str | None, etag: str) -> bool:
    """Say whether If-None-Match names *etag*, weakly compared (RFC 9110, section 13.1.2)."""
    if not etags:
        return False
    wanted = etag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") in {wanted, "*"} for part in etags.split(","))


def is_unchanged(modified: str | None, since: str | None) -> bool:
    """Say whether what was last *modified* then has not changed *since* (RFC 9110, 13.1.3)."""
    if modified is None or since is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # no date, or one without a zone
        return False
