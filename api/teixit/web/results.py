"""A SELECT answer as people read it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from teixit.namespaces import PREFIXES

#: How many rows a page shows; the files have them all.
MOST_ROWS: Final = 1000

_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]*")
_NUMBER: Final = re.compile(r"#(?:integer|decimal|double|float|int|long|gYear|positiveInteger)$")


@dataclass(frozen=True)
class Cell:
    """One value: its text, and what a browser must know to show it."""

    text: str
    link: str | None = None
    language: str | None = None
    numeric: bool = False

    @classmethod
    def of(cls, value: Mapping[str, Any] | None) -> Self:
        """Read a value of SPARQL 1.1 Query Results JSON, section 3.2.2; None is unbound."""
        if value is None:
            return cls("")
        match value["type"]:
            case "uri":
                return cls(_short(value["value"]), _link(value["value"]))
            case "bnode":
                return cls(f"_:{value['value']}")
            case "literal":
                numeric = bool(_NUMBER.search(value.get("datatype", "")))
                return cls(value["value"], None, value.get("xml:lang"), numeric)
            case _:  # a triple term of RDF 1.2
                return cls(json.dumps(value["value"], ensure_ascii=False))


@dataclass(frozen=True)
class Table:
    """The first rows of an answer, and how many there are in all."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: int

    @classmethod
    def of(cls, results: Mapping[str, Any]) -> Self:
        """Read an answer in SPARQL 1.1 Query Results JSON."""
        columns, found = results["head"]["vars"], results["results"]["bindings"]
        rows = [[Cell.of(row.get(column)) for column in columns] for row in found[:MOST_ROWS]]
        return cls(columns, rows, len(found))


def _link(iri: str) -> str | None:
    """Give *iri* if a browser may follow it; any other scheme can be made to do harm."""
    return iri if iri.startswith(("https://", "http://")) else None


def _short(iri: str) -> str:
    """Write *iri* with the prefix of ours that leaves least to read, where there is one."""
    names = [
        f"{prefix}:{iri.removeprefix(namespace)}"
        for prefix, namespace in PREFIXES.items()
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace))
    ]
    return min(names, key=len, default=iri)
