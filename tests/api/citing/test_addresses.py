import base64
import zlib
from dataclasses import replace
from urllib.parse import parse_qsl, quote

import pytest

from teixit import guard
from teixit.citing import Cited, addresses
from teixit.errors import QueryError
from teixit.queries import catalogue

SHORT = "SELECT ?s { ?s ?p 'è &=+%\n' }"
CITED = Cited(SHORT, "0.1.0", "0123456789abcdef", "2026-11-28", "ab" * 32)


def read(address: str) -> Cited:
    return Cited.read(parse_qsl(address.partition("?")[2], keep_blank_values=True))


@pytest.mark.parametrize(
    "cited",
    [
        CITED,
        replace(CITED, data="", default_graphs=("urn:a", "urn:b"), named_graphs=("urn:c",)),
        replace(CITED, query=SHORT * 50),
        replace(CITED, query="x" * addresses.LONGEST_QUERY),
    ],
)
def test_what_is_written_is_read(cited: Cited) -> None:
    assert read(cited.address) == cited
    assert cited.address.isascii()
    assert cited.address.isprintable()


def test_a_short_query_can_be_read_and_a_long_one_is_packed() -> None:
    assert CITED.address.startswith(f"/answers?query={quote(SHORT)}&release=0.1.0&data=0123")
    assert "?q=" in replace(CITED, query=SHORT * 50).address
    random = "".join(map(chr, range(0x100, 0x400)))
    assert len(replace(CITED, query=random).address) < len(quote(random))


def test_the_addresses_of_our_questions_stay_usable() -> None:
    lengths = [len(replace(CITED, query=query.text).address) for query in catalogue()]
    assert max(lengths) < 1500
    assert addresses.LONGEST_QUERY == guard.BYTES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("release=0.1.0", "release=one", "release: expected X.Y.Z"),
        ("release=0.1.0", "", "release: expected X.Y.Z, once"),
        ("data=", "data=x", "data: expected 16 hexadecimal digits, or nothing"),
        ("2026-11-28", "2026-02-30", "there is no day 2026-02-30"),
        ("2026-11-28", "today", "date: expected a day, YYYY-MM-DD"),
        ("2026-11-28", "2026-11-28&date=2026-11-28", "date: expected"),
        ("sha256=ab", "sha256=AB", "sha256: expected 64 hexadecimal digits"),
        ("query=", "query=%20&x=", "expected one query, found none"),
        ("query=", "query=a&query=", "expected one query, as query or, compressed, as q"),
        ("query=", "q=a&query=", "expected one query, as query or"),
        ("query=", "q=____&x=", "q: no compressed query"),
        ("query=", "q=ä&x=", "q: no compressed query"),
        ("query=", "q=abcde&x=", "q: no compressed query"),
        ("query=", f"q={addresses.packed('xyz' * 9)[:-4]}&x=", "q: "),
        ("query=", f"q={addresses.packed('x')}AAAA&x=", "q: cut off"),
    ],
)
def test_an_address_that_is_none_says_what_is_wrong(old: str, new: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        read(CITED.address.replace(old, new, 1))


def test_a_bomb_is_not_unpacked() -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = compressor.compress(bytes(64 << 20)) + compressor.flush()
    with pytest.raises(QueryError, match="a query of more than 256 kB"):
        addresses.unpacked(base64.urlsafe_b64encode(data).decode().rstrip("="))
    with pytest.raises(QueryError, match="no compressed query"):
        addresses.unpacked(base64.urlsafe_b64encode(b"\x03\x00").decode() + "!")
    not_text = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = not_text.compress(b"\xff") + not_text.flush()
    with pytest.raises(QueryError, match="no compressed query"):
        addresses.unpacked(base64.urlsafe_b64encode(data).decode().rstrip("="))
