"""The address of an answer: written, and read with suspicion.

A query whose address would be longer than :data:`LONG` characters is compressed, by raw deflate
(RFC 1951) and base64url without padding (RFC 4648, section 5): what is printed, or sent by mail,
must stay whole. No more is unpacked than a query may be long.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from urllib.parse import quote, urlencode

from teixit.errors import QueryError

#: Of a site, what answers are at.
PATH: Final = "/answers"
#: Addresses of up to so many characters go into a sentence, and show their query.
LONG: Final = 500
#: The longest query that is unpacked, in bytes; it is that which a query may have.
LONGEST_QUERY: Final = 256 * 1024
#: So many digits of the hash of the data are said.
DIGITS: Final = 16

_RELEASE: Final = re.compile(r"\d{1,9}(?:\.\d{1,9}){2}")
_DATA: Final = re.compile(rf"[0-9a-f]{{{DIGITS}}}|")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Cited:
    """A citation of an answer.

    Args:
        query: The text of the query.
        release: The number of the release that answered.
        data: The first digits of the hash of its data; empty where nothing vouches for them.
        day: When it was cited, as an ISO 8601 date.
        sha256: Of the answer, in its one form.
        default_graphs: ``default-graph-uri`` of what was asked.
        named_graphs: ``named-graph-uri`` of what was asked.
    """

    query: str
    release: str
    data: str
    day: str
    sha256: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The fields of the address that ask, as SPARQL Protocol has them."""
        return [
            ("query", self.query),
            *(("default-graph-uri", graph) for graph in self.default_graphs),
            *(("named-graph-uri", graph) for graph in self.named_graphs),
        ]

    @property
    def vouched(self) -> list[tuple[str, str]]:
        """The fields that tell whether an answer is this one."""
        return [
            ("release", self.release),
            ("data", self.data),
            ("date", self.day),
            ("sha256", self.sha256),
        ]

    @property
    def address(self) -> str:
        """The address below a site, from its first slash on: the shorter form, if it is long."""
        told = self.vouched
        plain = _written([*self.asked, *told])
        if len(plain) <= LONG:
            return plain
        short = _written([("q", packed(self.query)), *self.asked[1:], *told])
        return min(plain, short, key=len)

    @classmethod
    def read(cls, fields: Sequence[tuple[str, str]]) -> Self:
        """Read the *fields* of an address; those that it does not have are left out of account.

        Raises:
            QueryError: One is missing, twice there or not what it should be.
        """
        return cls(
            query=_query(fields),
            release=_one(fields, "release", _RELEASE, "X.Y.Z"),
            data=_one(fields, "data", _DATA, f"{DIGITS} hexadecimal digits, or nothing"),
            day=_day(fields),
            sha256=_one(fields, "sha256", _SHA256, "64 hexadecimal digits"),
            default_graphs=_all(fields, "default-graph-uri"),
            named_graphs=_all(fields, "named-graph-uri"),
        )


def packed(query: str) -> str:
    """Compress a *query*."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = compressor.compress(query.encode()) + compressor.flush()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unpacked(text: str) -> str:
    """Give the query that :func:`packed` has made *text* of.

    Raises:
        QueryError: It is none, or is longer than :data:`LONGEST_QUERY`.
    """
    try:
        data = base64.b64decode(f"{text}{'=' * (-len(text) % 4)}", b"-_", validate=True)
        reader = zlib.decompressobj(-zlib.MAX_WBITS)
        found = reader.decompress(data, LONGEST_QUERY)
        if not reader.eof or reader.unused_data:
            said = f"q: cut off, or a query of more than {LONGEST_QUERY >> 10} kB"
            raise QueryError(f"{said}; take the address as it was cited")
        return found.decode()
    except (ValueError, binascii.Error, zlib.error) as error:
        raise QueryError("q: no compressed query; take the address as it was cited") from error


def _written(fields: Sequence[tuple[str, str]]) -> str:
    return f"{PATH}?{urlencode(fields, quote_via=quote)}"


def _query(fields: Sequence[tuple[str, str]]) -> str:
    plain, compressed = _all(fields, "query"), _all(fields, "q")
    if len(plain) + len(compressed) != 1:
        raise QueryError("expected one query, as query or, compressed, as q")
    text = plain[0] if plain else unpacked(compressed[0])
    if not text.strip():
        raise QueryError("expected one query, found none")
    return text


def _all(fields: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)


def _one(fields: Sequence[tuple[str, str]], name: str, form: re.Pattern[str], expected: str) -> str:
    found = _all(fields, name)
    if len(found) != 1 or not form.fullmatch(found[0]):
        raise QueryError(f"{name}: expected {expected}, once; take the address as it was cited")
    return found[0]


def _day(fields: Sequence[tuple[str, str]]) -> str:
    day = _one(fields, "date", _DATE, "a day, YYYY-MM-DD")
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise QueryError(f"date: there is no day {day}") from error
    return day
