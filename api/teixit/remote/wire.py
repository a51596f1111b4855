"""Requests to the server that holds the graph, and what can go wrong with them."""

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import IO, Any, Final, cast
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithPriorAuth,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from SPARQLWrapper import POST, SPARQLWrapper

from teixit.errors import LimitError, QueryError, UpstreamError, UpstreamTimeoutError
from teixit.remote.credentials import PASSWORD, USER, Credentials, address

#: Seconds for one request, from its first byte to the last byte of the answer.
TIMEOUT: Final = 9.0
#: How long an answer may be, in bytes.
LONGEST: Final = 128 * 1024 * 1024

_AGENT: Final = "Teixit"
_CHUNK: Final = 1 << 16
#: How much of what the server says of an error is read, in bytes, and repeated, in characters.
_SAID: Final = 4096
_REPEATED: Final = 200


@dataclass(frozen=True)
class Reply:
    """What the server answered, whole: its headers and its body."""

    headers: Message
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type of the body, without parameters, in small letters."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()


class Refusal(Exception):  # noqa: N818 - what the server says; the callers know what it means
    """The server answered with the *status* of an error, and *said* one line in words or none."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(status, said)
        self.status = status
        self.said = said


class _NoRedirects(HTTPRedirectHandler):
    """The address is what the operator says; no server sends us, or our password, elsewhere."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing: the redirect is then an error like others."""


class _Basic(HTTPBasicAuthHandler):
    """Basic authentication (RFC 7617), and silence where another is asked for."""

    def http_error_401(self, *error: Any) -> Any:
        """Say who we are where the server takes it so."""
        return super().http_error_401(*error) if _asks("basic", *error) else None


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication (RFC 7616), and silence where another is asked for."""

    def http_error_401(self, *error: Any) -> Any:
        """Say who we are where the server takes it so."""
        return super().http_error_401(*error) if _asks("digest", *error) else None


def _asks(scheme: str, _: Request, response: IO[bytes], *error: Any) -> bool:
    """Tell whether the server asks who we are by that *scheme*; then nobody reads this answer."""
    said = error[-1].get_all("WWW-Authenticate", [])
    asked = any(challenge.lower().startswith(scheme) for challenge in said)
    if asked:
        response.close()
    return asked


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper's requests, sent by an opener of our own.

    Its own goes through one for the whole process, follows redirects, knows no fraction of a
    second and, for digest authentication, leaves the password in that opener for all.
    """

    def request(self) -> Request:
        """Write the request."""
        return self._createRequest()


@dataclass
class Wire:
    """A way to one server.

    Args:
        url: The address that queries go to.
        credentials: Who we are, if the server asks. They are sent only once it has, so that
            a password is never sent in clear to a server that wants a digest.
        timeout: Seconds for one request.
        longest: How long an answer may be, in bytes.
    """

    url: str
    credentials: Credentials | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    longest: int = LONGEST

    def __post_init__(self) -> None:
        parts = address(self.url)
        self._opener = _opener(f"{parts.scheme}://{parts.netloc}/", self.credentials)

    def ask(
        self, text: str, form: str, accept: str, fields: Iterable[tuple[str, str]] = ()
    ) -> Reply:
        """Send a query (SPARQL 1.1 Protocol, section 2.1.2): by POST, since it may be long.

        Raises:
            Refusal: The server answered with an error.
            UpstreamError: It did not answer, or not as HTTP has it.
            LimitError: The answer is too long.
        """
        return self._send(self._wrapped(text, form, accept, fields))

    def update(self, text: str, url: str) -> Reply:
        """Send an update (section 2.2.1) to *url*, with the errors of :meth:`ask`."""
        wrapper = self._wrapper("INSERT", text)
        wrapper.updateEndpoint = url
        wrapper.addCustomHttpHeader("Accept", "*/*")
        return self._send(wrapper.request())

    def send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """Send any other request, with the errors of :meth:`ask`."""
        named = {"User-Agent": _AGENT, "Accept": "*/*", **headers}
        return self._send(Request(url, body, named, method=method))  # noqa: S310 - http, by Wire

    def _wrapped(
        self, text: str, form: str, accept: str, fields: Iterable[tuple[str, str]]
    ) -> Request:
        wrapper = self._wrapper(form, text)
        for name, value in fields:
            wrapper.addParameter(name, value)
        wrapper.addCustomHttpHeader("Accept", accept)
        return wrapper.request()

    def _wrapper(self, form: str, text: str) -> _Wrapper:
        wrapper = _Wrapper(self.url, agent=_AGENT)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        # Not by setQuery(), which guesses the form with a search that a text can make endless,
        # and takes a query for an update where an update's word stands first.
        wrapper.queryString, wrapper.queryType = text, form
        return wrapper

    def _send(self, request: Request) -> Reply:
        end = monotonic() + self.timeout
        with _server_to_blame():
            try:
                response = cast(HTTPResponse, self._opener.open(request, timeout=self.timeout))
            except HTTPError as error:
                with closing(error):
                    raise Refusal(error.code, _line(error.read(_SAID))) from None
            with closing(response):
                return Reply(response.headers, self._body(response, end))

    def _body(self, response: HTTPResponse, end: float) -> bytes:
        pieces = []
        length = 0
        # One read of the socket at a time: more would wait for a server that drips.
        while piece := response.read1(_CHUNK):
            length += len(piece)
            if length > self.longest:
                raise LimitError(f"the answer is longer than {self.longest} bytes", "answer")
            if monotonic() > end:
                raise UpstreamTimeoutError(_LATE)
            pieces.append(piece)
        if response.length:
            raise UpstreamError("the server that holds the graph broke off in its answer")
        return b"".join(pieces)


_LATE: Final = "the server that holds the graph did not answer in time; ask for less, or later"


def blame(refusal: Refusal) -> Exception:
    """Say whose fault the refusal of a query is.

    Returns:
        A :class:`QueryError` where the server says that the query is wrong, an
        :class:`UpstreamTimeoutError` where it says that it was too slow, or an
        :class:`UpstreamError`.
    """
    holder, status, said = "the server that holds the graph", refusal.status, refusal.said
    told = f": {said}" if said else ""
    match status:
        case HTTPStatus.BAD_REQUEST:
            return QueryError(f"{holder} does not take this query{told}")
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return UpstreamError(
                f"{holder} refuses us ({status}); the operator sets {USER} and {PASSWORD}"
            )
        case HTTPStatus.REQUEST_TIMEOUT | HTTPStatus.GATEWAY_TIMEOUT:
            return UpstreamTimeoutError(_LATE)
        case _ if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return UpstreamError(f"{holder} has moved ({status}); the operator names its address")
    return UpstreamError(f"{holder} failed ({status}){told}")


def _opener(root: str, credentials: Credentials | None) -> OpenerDirector:
    opener = build_opener(_NoRedirects())
    if credentials is not None:
        passwords = HTTPPasswordMgrWithPriorAuth()
        passwords.add_password(None, root, credentials.user, credentials.password)
        opener.add_handler(_Basic(passwords))
        # The library hashes nothing but ASCII.
        if f"{credentials.user}{credentials.password}".isascii():
            opener.add_handler(_Digest(passwords))
    return opener


@contextmanager
def _server_to_blame() -> Iterator[None]:
    """Turn what the network says into our errors, in one line that names no address."""
    holder = "the server that holds the graph"
    try:
        yield
    except URLError as error:
        reason = error.reason
        if isinstance(reason, TimeoutError):
            raise UpstreamTimeoutError(_LATE) from None
        if isinstance(reason, ssl.SSLError):
            raise UpstreamError(f"{holder} cannot be trusted: {_tls(reason)}") from None
        why = getattr(reason, "strerror", None) or str(reason)
        raise UpstreamError(f"{holder} cannot be reached: {why}") from None
    except TimeoutError:
        raise UpstreamTimeoutError(_LATE) from None
    except ConnectionError:
        raise UpstreamError(f"{holder} broke off") from None
    except (HTTPException, OSError, ValueError) as error:
        raise UpstreamError(f"{holder} does not speak HTTP: {type(error).__name__}") from None


def _tls(error: ssl.SSLError) -> str:
    return getattr(error, "verify_message", "") or error.reason or "TLS failed"


def _line(said: bytes) -> str:
    """Give the first line of what a server says, where it is text and no page."""
    text = said.decode("utf-8", "replace").strip()
    if text.startswith("<"):
        return ""
    line = "".join(mark for mark in text.partition("\n")[0].strip() if mark.isprintable())
    return line if len(line) <= _REPEATED else f"{line[:_REPEATED]}…"
