"""The page about a thing: what is said of it, in which sentence, and what leads to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Self, TypeAlias
from urllib.parse import quote

from flask import render_template

from teixit.explorer import addresses
from teixit.explorer.things.kinds import KINDS
from teixit.languages import LANGUAGES, in_language
from teixit.namespaces import PREFIXES, THING, expand
from teixit.web import results, vocabulary
from teixit.web.formats import DOCUMENTS
from teixit.web.site import site
from teixit.web.texts import foreign_names, reader_language

#: The queries of :mod:`teixit.documents` that the page is made of.
QUERIES: Final = (
    "sentence",
    "statements",
    "incoming",
    "incoming-counts",
    "labels",
    "contents",
    "contents-labels",
)
#: So many statements of a graph are shown; the query gives one more, to tell that there are.
MOST_CONTENTS: Final = 100

ABOUT: Final = "/doc/"

#: What the path of an address may have as it is (RFC 3986, section 3.3).
_PLAIN: Final = "/!$&'()*+,;=:@~"

#: The kinds of things that the explorer shows on pages of their own.
SHOWN: Final = frozenset({*KINDS, *map(expand, ("esadm:Barrio", "esadm:Distrito"))})

_LABEL: Final = f"{PREFIXES['rdfs']}label"
_TYPE: Final = f"{PREFIXES['rdf']}type"
_WITHDRAWN: Final = f"{PREFIXES['prov']}invalidatedAtTime"
_SUCCESSOR: Final = f"{PREFIXES['dct']}isReplacedBy"

#: A value of SPARQL 1.1 Query Results JSON, section 3.2.2, and a row of them by variables.
Term: TypeAlias = Mapping[str, str]
Row: TypeAlias = Mapping[str, Term]
#: Rows by the names of the queries.
Found: TypeAlias = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Past:
    """Of when a page is that tells how it was.

    Args:
        version: Of the release.
        date: Of the release, as ISO 8601 has it.
        now: Where it is told how it is today.
    """

    version: str
    date: str
    now: str


@dataclass(frozen=True)
class Shown:
    """What a page shows of a term, where it leads, and what language it is in."""

    text: str
    address: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Fact:
    """A property and its values, as one source states them."""

    property: Shown
    values: Sequence[Shown]


@dataclass(frozen=True)
class Voice:
    """A source, and what it says of the thing.

    Args:
        graph: Who says so; None where nobody is named.
        sentence: The exact words, where they are known.
        line: Where these begin in the document.
        facts: What is said.
    """

    graph: Shown | None
    sentence: str | None
    line: str | None
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Lead:
    """A property by which other things lead to this one: which, and how many in all."""

    property: Shown
    iri: str
    things: Sequence[Shown]
    total: int


@dataclass(frozen=True)
class Names:
    """What things are called in the reader's language, and where they are described."""

    language: str
    labels: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, rows: Iterable[Row], language: str) -> Self:
        """Read rows of ``named`` and ``label``."""
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            tag = row["label"].get("xml:lang", "")
            labels[row["named"]["value"]].setdefault(tag, row["label"]["value"])
        return cls(language, labels)

    def name(self, iri: str) -> str:
        """Name what has this *iri*: as the graph does, else in our words, else by its prefix."""
        if iri in self.labels:
            return in_language(self.labels[iri], self.language)
        short = results.short(iri)
        return foreign_names().get(short, {}).get(self.language, short)

    def shown(self, term: Term) -> Shown:
        """Show a *term* as far as a page does."""
        if term["type"] == "uri":
            return Shown(self.name(term["value"]), address_of(term["value"], self.language))
        cell = results.Cell.of(term)
        return Shown(cell.shown, language=cell.language)


def thing(iri: str, address: str, found: Found, edition: Row, past: Past | None = None) -> str:
    """Tell all that there is to know of a thing.

    Args:
        iri: Of the thing.
        address: Of the document about it, without an ending.
        found: The rows of :data:`QUERIES`.
        edition: The licence and the date of what is published, where they are known.
        past: Of when it is, if it is not of today.
    """
    language = reader_language()
    said = found["statements"]
    own = [{"named": row["thing"], "label": row["value"]} for row in _with(said, _LABEL)]
    names = Names.of([*own, *found["labels"], *found["contents-labels"]], language)
    kinds = _with(said, _TYPE)
    has_page = any(row["value"]["value"] in SHOWN for row in kinds)
    return render_template(
        "documents/thing.html",
        about=addresses.about(iri, language) if has_page else None,
        addresses={tag: f"{address}.{tag}.html" for tag in LANGUAGES},
        canonical=f"{site().address}{address}.{language}.html",
        contents=[
            (names.shown(subject), _facts(rows, names))
            for subject, rows in groupby(
                found["contents"][:MOST_CONTENTS], key=lambda row: row["subject"]
            )
        ],
        edition={name: term["value"] for name, term in edition.items()},
        files={ending: (f"{address}.{ending}", type_) for ending, type_ in DOCUMENTS.items()},
        has_more=len(found["contents"]) > MOST_CONTENTS,
        iri=iri,
        kinds=[*dict.fromkeys(names.shown(row["value"]) for row in kinds)],
        language=language,
        leads=_leads(found, names),
        most=MOST_CONTENTS,
        name=names.name(iri),
        past=past,
        sentences=[row["sentence"]["value"] for row in found["sentence"]],
        successors=[*dict.fromkeys(names.shown(row["value"]) for row in _with(said, _SUCCESSOR))],
        voices=_voices(said, names),
        withdrawn=next((row["value"]["value"] for row in _with(said, _WITHDRAWN)), None),
    )


def address_of(iri: str, language: str) -> str | None:
    """Say where what has this *iri* is described to people, on this site or elsewhere."""
    if iri.startswith(THING):
        return f"{path(ABOUT, iri.removeprefix(THING))}.{language}.html"
    return vocabulary.address_of(iri)


def path(folder: str, name: str) -> str:
    """Write the path of the address of what is called *name*."""
    return f"{folder}{quote(name, safe=_PLAIN)}"


def _with(said: Iterable[Row], property_: str) -> list[Row]:
    return [row for row in said if row["property"]["value"] == property_]


def _voices(said: Sequence[Row], names: Names) -> list[Voice]:
    """Group what is *said* by who says it: first the sentences of the plan, then all others."""
    spoken = {
        row["property"]["value"] for row in said if row["value"].get("xml:lang") == names.language
    }
    shown = [row for row in said if _is_for_reader(row, names.language, spoken)]
    shown.sort(key=lambda row: "sentence" not in row)
    return [
        _voice([*rows], names) for _, rows in groupby(shown, key=lambda row: row.get("graph", {}))
    ]


def _is_for_reader(row: Row, language: str, spoken: Iterable[str]) -> bool:
    """Leave out what is said in the reader's language too, but for the words of the plan."""
    tag = row["value"].get("xml:lang", language)
    if tag == language or tag not in LANGUAGES or "sentence" in row:
        return True
    return row["property"]["value"] not in spoken


def _voice(rows: Sequence[Row], names: Names) -> Voice:
    first = rows[0]
    graph = names.shown(first["graph"]) if "graph" in first else None
    sentence, line = (first.get(part, {}).get("value") for part in ("sentence", "line"))
    return Voice(graph, sentence, line, _facts(rows, names))


def _facts(rows: Iterable[Row], names: Names) -> list[Fact]:
    return [
        Fact(names.shown(property_), [names.shown(row["value"]) for row in stated])
        for property_, stated in groupby(rows, key=lambda row: row["property"])
    ]


def _leads(found: Found, names: Names) -> list[Lead]:
    """List what leads to the thing, by property."""
    things: dict[str, list[Shown]] = defaultdict(list)
    for row in found["incoming"]:
        things[row["property"]["value"]].append(names.shown(row["subject"]))
    return [
        Lead(names.shown(row["property"]), iri, things[iri], int(row["subjects"]["value"]))
        for row in found["incoming-counts"]
        for iri in (row["property"]["value"],)
    ]
