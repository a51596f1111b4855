"""Requests that are none, made by a seed: the same number gives the same bytes everywhere."""

import random
from collections.abc import Iterator

HOST = b"Host: 127.0.0.1\r\n"
ASK = b"/sparql?query=ASK%20%7B%7D"

METHODS = (
    b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT", b"PATCH", b"get",
    b"G\x00T", b"", b"GET ", b"PROPFIND", b"A" * 5_000, b"\xff", b"GET\t", b"PRI", b"QUERY",
)  # fmt: skip
TARGETS = (
    ASK, b"/", b"*", b"", b"//", b"/sparql", b"/graphs", b"/health", b"http://evil.example/sparql",
    b"http://", b"evil.example:443", b"/\x00", b"/%", b"/%zz", b"/%00", b"/%ff%fe", b"/..%2f..%2f",
    b"/sparql?query=%ED%A0%80", b"/sparql?query=%", b"/sparql?query", b"/sparql?" + b"&" * 3_000,
    b"/sparql?query=ASK{}&query=ASK{}", b"/sparql?default-graph-uri=%00&query=ASK%7B%7D",
    b"/sparql?query=" + b"%2B" * 9_000, b"/graphs?graph=", b"/graphs?default&graph=urn:x",
    b"/graphs?graph=%0d%0aX:%20y", b"/sparql#frag", b"/sparql;x=y", b"\\\\evil.example\\x",
    b"/\xe9",
    b"/sparql?download=%0d%0aSet-Cookie:%20a=b&query=ASK%7B%7D", b"/sparql?language=../../x",
    b"/" + b"a/" * 4_000, b"file:///etc/passwd", b"javascript:alert(1)", b"?query=ASK{}",
)  # fmt: skip
VERSIONS = (
    b"HTTP/1.1", b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.9", b"HTTP/11", b"http/1.1", b"",
    b"HTTP/1.1 x", b"HTTP/\xff", b"HTTP/1.", b"ICY",
)  # fmt: skip
HEADERS = (
    b"Connection: close", b"Connection: keep-alive, close, x", b"Content-Length: 6",
    b"Content-Length: -1", b"Content-Length: 6, 6", b"Content-Length: 0x6", b"Content-Length: +6",
    b"Content-Length: 18446744073709551616", b"Content-Length: 6 6", b"Content-Length:",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding: identity",
    b"Content-Type: application/sparql-query", b"Content-Type: application/x-www-form-urlencoded",
    b"Content-Type: multipart/form-data; boundary=" + b"-" * 900, b"Content-Type: \xff/\xfe",
    b"Content-Type: application/sparql-query; charset=utf-7",
    b"Content-Type: text/html;" + b"a" * 99,
    b"Content-Encoding: gzip", b"Content-Encoding: br, deflate, gzip", b"Expect: 100-continue",
    b"Expect: x", b"Accept: */*;q=\xff", b"Accept: " + b"a/b;q=0.1," * 800, b"Accept: ;;;,,,",
    b"Accept: text/html;q=1e9, */*;q=-1", b"Accept: " + b"\x7f" * 50, b"Accept-Encoding: gzip;q=x",
    b"Accept-Language: " + b"ca-" * 3_000, b"Range: bytes=0-0,1-1,2-2", b"Range: bytes=-1",
    b"Range: bytes=9999999999999999999-", b"If-None-Match: *", b'If-None-Match: W/"' + b"x" * 9_000,
    b"If-Modified-Since: x", b"Host: evil.example", b"Host: ", b"Host: a b", b"Host: [::1",
    b"Host:\xff",
    b"Host: 127.0.0.1:99999", b"X-Forwarded-For: " + b"1.2.3.4," * 500,
    b"X-Forwarded-Host: evil.example",
    b"Forwarded: for=\x00", b"Upgrade: h2c", b"Upgrade: websocket", b"HTTP2-Settings: AAA",
    b": x", b"x",
    b"x y: z", b"X: a\x00b", b"X: a\rb", b"X: a\n b", b" X: a", b"\xff: \xff",
    b"X:" + b"y" * 60_000,
    b"Cookie: " + b"a=b;" * 5_000, b"Authorization: Basic \xff", b"TE: trailers", b"Trailer: Host",
    b"Origin: null", b"Access-Control-Request-Method: X", b"Proxy: http://127.0.0.1:9/",
    b"Via: " + b"1.1 x," * 900,
)  # fmt: skip
KINDS = (b"sparql-query", b"x-www-form-urlencoded", b"json")
BODIES = (
    b"", b"ASK {}", b"query=ASK%7B%7D", b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n", b"0\r\n\r\n",
    b"ZZ\r\n\r\n",
    b"FFFFFFFFFFFFFFFFF\r\nx", b"-1\r\nx\r\n", b"6;x=" + b"y" * 9_000 + b"\r\nASK {}\r\n0\r\n\r\n",
    b"6\r\nASK {}\r\n0\r\nHost: x\r\nX: y\r\n\r\n", b"6\nASK {}\n0\n\n", b"\x1f\x8b\x08\x00",
    b"\xff" * 500,
    b"query=%", b"query=ASK%7B%7D&" * 200, b"=&=&=", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3,
    b"query=\xff\xfe&query=%ED%A0%80", b'{"query": 1}', b"\x00" * 2_000,
)  # fmt: skip


def requests(count: int, seed: int) -> Iterator[bytes]:
    """*Count* requests, in part put together from what is wrong, in part broken afterwards."""
    draw = random.Random(seed)  # noqa: S311 - the same ones every time are what is wanted
    for _ in range(count):
        data = _composed(draw)
        for _ in range(draw.choice((0, 0, 0, 0, 0, 1, 1, 5))):
            data = _broken(data, draw)
        yield data


def _composed(draw: random.Random) -> bytes:
    """A request in which any part may be wrong, though most are right: what is wrong everywhere
    is refused at its first byte, and what is behind that is never tried.
    """
    body = draw.choice(BODIES) if draw.random() < 0.4 else b""
    method = _mostly(draw, 0.75, (b"POST",) if body else (b"GET", b"HEAD"), METHODS)
    target = _mostly(draw, 0.4, (ASK,), TARGETS)
    end = _mostly(draw, 0.97, (b"\r\n",), (b"\n", b"\r", b"\r\r\n", b"\n\r"))
    lines = [b" ".join((method, target, _mostly(draw, 0.95, (b"HTTP/1.1",), VERSIONS)))]
    if draw.random() < 0.97:
        lines.append(HOST.strip())
    lines += draw.choices(HEADERS, k=draw.choice((0, 0, 1, 1, 1, 2, 4)))
    if body and draw.random() < 0.8:
        lines.append(b"Content-Length: %d" % len(body))
        lines.append(b"Content-Type: application/" + draw.choice(KINDS))
    if draw.random() < 0.7:
        lines.append(b"Connection: close")
    return end.join(lines) + end * 2 + body


def _mostly(
    draw: random.Random, part: float, right: tuple[bytes, ...], wrong: tuple[bytes, ...]
) -> bytes:
    return draw.choice(right if draw.random() < part else wrong)


def _broken(data: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(len(data) + 1)
    match draw.randrange(6):
        case 0:
            return data[:place]
        case 1:
            return data[:place] + draw.randbytes(draw.choice((1, 2, 40))) + data[place:]
        case 2:
            return data[:place] + data[place + draw.choice((1, 2, 9)) :]
        case 3:
            return data[:place] + data[place : place + 30] * draw.choice((2, 9)) + data[place:]
        case 4:
            other = _composed(draw)
            return data[:place] + other[draw.randrange(len(other)) :]
        case _:
            return (
                data[:place]
                + draw.choice((b"\r\n", b"\x00", b"\r\n\r\n", b" ", b"\n"))
                + data[place:]
            )
