"""Who we are to the server that holds the graph: never part of an address, a log or an error."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from teixit.errors import KnowledgeError

USER: Final = "TEIXIT_STORE_USER"
PASSWORD: Final = "TEIXIT_STORE_PASSWORD"  # noqa: S105 - the name of a variable


@dataclass(frozen=True)
class Credentials:
    """A name and its password. The password is not shown where this is printed."""

    user: str
    password: str = field(repr=False)


def address(url: str) -> SplitResult:
    """Read the address of a server.

    Raises:
        KnowledgeError: It is not an HTTP address, or it has a password in it, which would be
            seen in the list of processes and in logs.
    """
    try:
        parts = urlsplit(url)
        hidden = parts.username is not None or "@" in parts.netloc
        fit = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        hidden, fit = "@" in url, False
    if hidden:
        raise KnowledgeError(
            f"the address has a name or password in it; leave them out and set {USER} and "
            f"{PASSWORD} in the environment, or name the machine in a netrc file"
        )
    if not fit or any(mark.isspace() for mark in url) or "#" in url:
        raise KnowledgeError(f"{url}: not the address of a server; expected http://… or https://…")
    return parts


def find(url: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """Find what to say to the server at *url*: in the environment, or else in a netrc file.

    The netrc file is the one that ``NETRC`` names, or ``~/.netrc``. Its entry for any machine
    (``default``) is not used: a password is for one server.

    Raises:
        KnowledgeError: There is half of it, or the netrc file cannot be read.
    """
    user, password = environment.get(USER), environment.get(PASSWORD)
    if user and password:
        return Credentials(user, password)
    if user or password:
        raise KnowledgeError(f"set both {USER} and {PASSWORD}, or none of them")
    named = environment.get("NETRC")
    file = Path(named) if named else Path(environment.get("HOME", "/nonexistent")) / ".netrc"
    if not named and not file.is_file():
        return None
    return _from_netrc(file, address(url).hostname or "")


def _from_netrc(file: Path, host: str) -> Credentials | None:
    try:
        found = netrc(file).hosts.get(host)
    except NetrcParseError as error:
        # What it says may be a piece of a password.
        raise KnowledgeError(f"{file}:{error.lineno}: not a netrc file") from None
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise KnowledgeError(f"{file}: cannot be read: {reason}") from None
    if found is None:
        return None
    user, _, password = found
    if not user or not password:
        raise KnowledgeError(f"{file}: {host} has no login or no password")
    return Credentials(user, password)
