"""A SELECT answer as people read it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from teixit.namespaces import PREFIXES

#: How many rows a page shows; the files have them all.
MOST_ROWS: Final = 1000
#: How many characters of a value a page shows: a boundary has tens of thousands.
MOST_CHARACTERS: Final = 300
#: A value of more characters than this is prose or an address, and needs a column to read in.
_SHORT: Final = 20

_PLACE: Final = f"{PREFIXES['geo']}wktLiteral"
_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]*")
#: What the texts call the datatypes of XML Schema; the empty one is that of plain texts.
_KINDS: Final = {
    "": "rows.text",
    "string": "rows.text",
    "integer": "rows.whole",
    "decimal": "rows.number",
    "double": "rows.number",
    "float": "rows.number",
    "boolean": "rows.truth",
    "date": "rows.day",
    "dateTime": "rows.time",
    "gYear": "rows.year",
}
_NUMBER: Final = re.compile(r"#(?:integer|decimal|double|float|int|long|gYear|positiveInteger)$")


@dataclass(frozen=True)
class Cell:
    """One value: its text, and what a browser must know to show it."""

    text: str
    link: str | None = None
    language: str | None = None
    numeric: bool = False
    is_place: bool = False
    #: What it is: a key of the texts, or the datatype in short.
    kind: str = ""

    @property
    def cut(self) -> bool:
        """Whether a page shows only its beginning."""
        return len(self.text) > MOST_CHARACTERS

    @property
    def shown(self) -> str:
        """The text as far as a page shows it.

        The mark is not the bare ellipsis, with which the plan itself leaves lists open.
        """
        return f"{self.text[:MOST_CHARACTERS].rstrip()} […]" if self.cut else self.text

    @property
    def long(self) -> bool:
        """Whether it needs a wide column."""
        return len(self.text) > _SHORT

    @classmethod
    def of(cls, value: Mapping[str, Any] | None) -> Self:
        """Read a value of SPARQL 1.1 Query Results JSON, section 3.2.2; None is unbound."""
        if value is None:
            return cls("")
        match value["type"]:
            case "uri":
                return cls(short(value["value"]), link(value["value"]), kind="rows.thing")
            case "bnode":
                return cls(f"_:{value['value']}", kind="rows.nameless")
            case "literal":
                datatype = value.get("datatype", "")
                numeric, is_place = bool(_NUMBER.search(datatype)), datatype == _PLACE
                kind = _KINDS.get(datatype.removeprefix(PREFIXES["xsd"]), "") or short(datatype)
                kind = "rows.place" if is_place else kind
                return cls(value["value"], None, value.get("xml:lang"), numeric, is_place, kind)
            case _:  # a triple term of RDF 1.2
                return cls(json.dumps(value["value"], ensure_ascii=False))


@dataclass(frozen=True)
class Column:
    """The name of a variable, and what all that is shown of it is.

    Args:
        name: Of the variable.
        numeric: Whether all of it are numbers.
        kind: The kind of all its cells; empty where they are of several.
    """

    name: str
    numeric: bool
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """The first rows of an answer, and how many there are in all."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: int

    @classmethod
    def of(cls, results: Mapping[str, Any], total: int | None = None) -> Self:
        """Read an answer in SPARQL 1.1 Query Results JSON.

        Args:
            results: The answer, or its first rows.
            total: How many rows there are in all, if these are not.
        """
        names, found = results["head"]["vars"], results["results"]["bindings"]
        rows = [[Cell.of(row.get(name)) for name in names] for row in found[:MOST_ROWS]]
        columns = [
            Column(name, *_common([row[index] for row in rows])) for index, name in enumerate(names)
        ]
        return cls(columns, rows, len(found) if total is None else total)

    @property
    def has_places(self) -> bool:
        """Whether there is something to put on a map."""
        return any(cell.is_place for row in self.rows for cell in row)

    @property
    def cut(self) -> bool:
        """Whether a value is shown only in part."""
        return any(cell.cut for row in self.rows for cell in row)


def _common(cells: Sequence[Cell]) -> tuple[bool, str]:
    """Say whether all *cells* that are filled are numbers, and of which one kind they are."""
    filled = [cell for cell in cells if cell.text]
    kinds = {cell.kind for cell in filled}
    numeric = bool(filled) and all(cell.numeric for cell in filled)
    return numeric, kinds.pop() if len(kinds) == 1 else ""


def link(iri: str) -> str | None:
    """Give *iri* if a browser may follow it; any other scheme can be made to do harm."""
    return iri if iri.startswith(("https://", "http://")) else None


def short(iri: str) -> str:
    """Write *iri* with the prefix of ours that leaves least to read, where there is one."""
    names = [
        f"{prefix}:{iri.removeprefix(namespace)}"
        for prefix, namespace in PREFIXES.items()
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace))
    ]
    return min(names, key=len, default=iri)
