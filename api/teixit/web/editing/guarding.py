"""That nobody but the reader's own browser, on a page of ours, is answered.

The form is on the loopback address, which any page of the web can make a browser ask. So

* the ``Host`` has to be ours: a name of others that leads here (DNS rebinding) is refused;
* what changes something has to come from a page of ours: by ``Origin`` (or ``Referer``), by
  ``Sec-Fetch-Site`` where the browser sends it, and by a token that no other page can read;
* no other page may frame, embed or read anything.
"""

import hmac
import secrets
from hashlib import sha256
from types import MappingProxyType
from typing import Final, cast

from flask import Flask, Response, abort, g, request

from teixit.web.headers import ALONE, SAFE

#: As on the public site, with our one script besides, which may ask us.
_POLICY: Final = SAFE["content-security-policy"] + "; script-src 'self'"
_HEADERS: Final = MappingProxyType(
    {
        **SAFE,
        **ALONE,
        "content-security-policy": _POLICY,
        # Without a referrer a browser hides from us too where a form comes from.
        "referrer-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }
)


def guard(app: Flask, port: int) -> None:
    """Guard all that *app* answers on *port*."""
    secret = secrets.token_bytes(32)
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    cookie = f"teixit-edit-{port}"

    def require_ours() -> None:
        host = request.headers.get("Host", "").lower()
        if host not in hosts:
            abort(421)
        g.session = request.cookies.get(cookie) or secrets.token_urlsafe(32)
        g.token = hmac.new(secret, g.session.encode(), sha256).hexdigest()
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not _is_from(f"http://{host}"):
            abort(403)

    def sealed(response: Response) -> Response:
        response.headers.update(_HEADERS)
        if "session" in g:
            response.set_cookie(cookie, g.session, httponly=True, samesite="Strict")
        return response

    app.before_request(require_ours)
    app.after_request(sealed)


def token() -> str:
    """Give what a form has to send back; nothing where nobody is answered."""
    return cast(str, g.get("token", ""))


def is_genuine() -> bool:
    """Say whether the form that was sent is one that we gave to this browser."""
    return hmac.compare_digest(request.form.get("token", "").encode(), token().encode())


def _is_from(ours: str) -> bool:
    """Say whether a page of *ours* sends this, as far as the browser says."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Referer", "").startswith(f"{ours}/")
    return origin == ours
