"""What is asked: typical queries, new each time or repeated, and a public's mixture of them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from string import Template
from typing import Final
from urllib.parse import quote, urlencode

from benchmarks import economy
from benchmarks.economy import Economy

QUERIES: Final = Path(__file__).parent / "queries"

JSON: Final = "application/sparql-results+json"
CSV: Final = "text/csv"
TURTLE: Final = "text/turtle"

#: What each query asks for; cheap ones first.
_ACCEPTED: Final = {
    "lookup": JSON,
    "describe": TURTLE,
    "chain": JSON,
    "join": JSON,
    "language": JSON,
    "path": JSON,
    "optional": JSON,
    "construct": TURTLE,
    "contains": JSON,
    "regex": JSON,
    "group": JSON,
    "order": JSON,
    "count": JSON,
    "export-csv": CSV,
    "export-json": JSON,
}
_LANGUAGES: Final = ("ca", "es", "en")
_WORDS: Final = ("suport", "mutu", "horta", "cura", "xarxa", "jove", "llavor", "local", "just")
#: Coprime with every number of things there may be: one step visits all of them, out of order.
_STRIDE: Final = 7_919_999


@dataclass(frozen=True)
class Query:
    """One typical query.

    Attributes:
        name: What it is called in tables.
        template: Its text; `$name` is a parameter (SPARQL's own variables are written `?name`).
        accept: The media type it asks for.
    """

    name: str
    template: str
    accept: str

    def text(self, number: int, graph: Economy) -> str:
        """Give the *number*-th variant for the generated *graph*; no two are the same text.

        What changes is the thing asked for and, so that even whole-graph queries differ, the name
        of a variable in the answer: nobody can give one from a cache and be right.
        """
        return Template(self.template).substitute(_parameters(number, graph))

    def lines(self, first: int, many: int, graph: Economy) -> Iterator[str]:
        """Write *many* new variants as the load generator reads them (see `line`)."""
        # Quoted once: a hundred thousand of them are needed for a few seconds.
        template = Template(quote(self.template, safe="$/") + f"\t{self.accept}\n")
        for number in range(first, first + many):
            yield template.substitute(
                {name: quote(str(value)) for name, value in _parameters(number, graph).items()}
            )


def line(query: Query, text: str) -> str:
    """Write one request for the load generator: the query, a tab, what is accepted."""
    return f"{quote(text)}\t{query.accept}\n"


def prefix(endpoint: str, extra: dict[str, str]) -> str:
    """Write what stands before the query in the target of a request."""
    return f"{endpoint}?{urlencode({**extra, 'query': ''})}"


def typical() -> tuple[Query, ...]:
    """Give the typical queries, cheap ones first."""
    return tuple(
        Query(name, _read(name.partition("-")[0]), accept) for name, accept in _ACCEPTED.items()
    )


def _read(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text("utf-8")


def _parameters(number: int, graph: Economy) -> dict[str, str | int]:
    kinds = (
        ("organisation", graph.organisations),
        ("project", graph.projects),
        ("action", graph.actions),
    )
    kind, many = kinds[number % 3]
    scattered = number * _STRIDE
    return {
        "thing": economy.iri(kind, scattered // 3 % many),
        "organisation": economy.iri("organisation", scattered % graph.organisations),
        "federation": economy.iri("organisation", 1 + number % min(60, graph.organisations)),
        "neighbourhood": economy.iri("neighbourhood", number % economy.NEIGHBOURHOODS),
        "year": economy.iri("year", economy.YEARS[number % len(economy.YEARS)]),
        "language": _LANGUAGES[number % 3],
        "words": f"{_WORDS[number % 9]} {_WORDS[(number // 9 + number % 9 + 1) % 9]}",
        "digits": number % 100,
        "serial": number + 1,
    }


def public(graph: Economy, many: int, *, different: int = 200) -> Iterator[tuple[Query, str]]:
    """Give *many* questions of a public: *different* queries, some of which everybody asks.

    The n-th most popular is asked 1/n times as often as the first (Zipf). Of a hundred queries,
    37 are look-ups, 20 descriptions, 7 each of chains, joins, names in a language, paths and
    optional parts, and one to two each of the rest (no exports). Which of them are popular is
    drawn once.
    """
    draw = Random(economy.SEED)  # noqa: S311  (nothing to hide)
    asked = list(mixture(graph, different))
    asked.sort(key=lambda _: draw.random())
    weights = list(accumulate(1 / rank for rank in range(1, different + 1)))
    for _ in range(many):
        yield asked[_rank(weights, draw.random() * weights[-1])]


def mixture(graph: Economy, different: int) -> Iterator[tuple[Query, str]]:
    """Give *different* queries in the shares of a public's interest."""
    shares = {
        "lookup": 37, "describe": 20, "chain": 7, "join": 7, "language": 7, "path": 7,
        "optional": 7, "construct": 2, "contains": 2, "regex": 1, "group": 1, "order": 1,
        "count": 1,
    }  # fmt: skip
    by_name = {query.name: query for query in typical()}
    for name, share in shares.items():
        for number in range(math.ceil(share * different / 100)):
            yield by_name[name], by_name[name].text(number, graph)


def _rank(weights: list[float], point: float) -> int:
    low, high = 0, len(weights) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if weights[middle] > point else (middle + 1, high)
    return low
