"""Tables as SPARQL 1.1 Query Results JSON has them, from blocks of data."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import QueryResultsFormat, Store

from teixit import queries
from teixit.pictures.canvas import Canvas
from teixit.pictures.rows import Table
from teixit.pictures.wording import Words

PREFIXES = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX id: <https://w3id.org/teixit/id/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
TEXTS = {
    "rows": "Rows drawn: {shown} of {total}.",
    "filters": "Limited by: {filter}",
    "source": "Source: {source}.",
    "release": "Release {version}, of {date}.",
    "nothing": "Nothing can be drawn.",
    "thousands": " ",
    "decimal": ",",
}

MakeTable = Callable[..., Table]


@pytest.fixture(scope="session")
def words() -> Words:
    return Words(TEXTS)


@pytest.fixture(scope="session")
def table() -> MakeTable:
    """Give the table of a block of data: its variables, and its values row by row."""

    def made(columns: str, *rows: str, labels: Mapping[str, str] | None = None) -> Table:
        names = " ".join(f"?{name}" for name in columns.split())
        data = " ".join(f"({row})" for row in rows)
        text = f"{PREFIXES} SELECT {names} {{ VALUES ({names}) {{ {data} }} }}"
        found = queries.evaluate(Store(), text)
        written = found.serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
        return Table.of(json.loads(written or b""), len(rows), labels)

    return made


@dataclass(frozen=True)
class Seen:
    """What can be seen of a picture."""

    group: ET.Element

    @property
    def texts(self) -> list[str]:
        """All that is printed, in order."""
        return [each.text or "" for each in self.group.iter() if each.tag.endswith("text")]

    @property
    def said(self) -> list[str]:
        """All that a pointer is told, in order."""
        return [each.text or "" for each in self.group.iter() if each.tag.endswith("title")]

    def drawn(self, class_: str) -> list[ET.Element]:
        """The elements of a class."""
        return [each for each in self.group.iter() if class_ in each.get("class", "").split()]


@pytest.fixture(scope="session")
def seen() -> Callable[[Canvas], Seen]:
    return lambda canvas: Seen(canvas.group)
