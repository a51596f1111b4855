"""What the rows of a table say: from cells to statements, each with the cell that makes it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from teixit import namespaces
from teixit.importing.pages.identifiers import slug
from teixit.importing.tables.cells import Cell, Place, Row, letters
from teixit.importing.tables.mapping import Column, Kind
from teixit.importing.tables.names import Names
from teixit.importing.tables.problems import Problem
from teixit.languages import LANGUAGES

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: Letters of UTF-8 that were read as Windows-1252, one as two or three.
_TWICE: Final = re.compile("[ÂÃâ][\x80-\xbf\u20ac\u2018-\u203a\u0152-\u017e\u02c6\u02dc\u2122]")
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_WHOLE_DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DATES: Final = frozenset({"date", "dateTime", "gYear", "gYearMonth"})


class Fact(NamedTuple):
    """A statement, and the place of the cell that makes it."""

    place: Place
    subject: URIRef
    property: URIRef
    value: URIRef | Literal


@dataclass
class Reading:
    """Reads the rows of one sheet.

    Args:
        kind: What the table is of.
        columns: Which column of the sheet is which.
        sheet: The file and the sheet, as a place.
        names: The names that the graph has.
        source: The document that the table is.
    """

    kind: Kind
    columns: Mapping[int, Column]
    sheet: Place
    names: Names
    source: str
    problems: list[Problem] = field(default_factory=list)
    _rows: dict[str, int] = field(default_factory=dict)

    def facts(self, row: Row) -> Iterator[Fact]:
        """Give what a row says; what is wrong with it is kept in ``problems``."""
        values: dict[str, list[str]] = {}
        for place, column in self.columns.items():
            values[column.name] = list(self._values(row, place, column))
        single = {name: said[0] for name, said in values.items() if said} | {"source": self.source}
        if self.kind.key is not None and not self._identify(row, self.kind.key, single):
            return
        for place, column in self.columns.items():
            if self.kind.property(column) is not None:
                yield from self._said(self._place(row, place), column, values[column.name], single)
        first = self._place(row, min(row.cells))
        for column in self.kind.virtual:
            yield from self._said(first, column, [""], single)

    def _values(self, row: Row, place: int, column: Column) -> Iterator[str]:
        """Read a cell: the values that it gives, things by their IRIs."""
        cell = row.cells.get(place)
        if cell is None:
            if column.declared.required:
                self._wrong(row, place, "missing", name=column.heading)
            return
        if not self._is_clean(row, place, cell):
            return
        try:
            values = column.read(unicodedata.normalize("NFC", cell.text.strip()))
        except ValueError:
            self._impossible(row, place, column, cell)
            return
        for value in values:
            thing = self._thing(row, place, column, value) if column.ranges else value
            if thing is not None:
                yield thing

    def _is_clean(self, row: Row, place: int, cell: Cell) -> bool:
        if _CONTROL.search(cell.text):
            self._wrong(row, place, "control")
            return False
        if _TWICE.search(cell.text) and (meant := _read_once(cell.text)):
            self._wrong(row, place, "letters", text=_short(cell.text), meant=_short(meant))
            return False
        return True

    def _impossible(self, row: Row, place: int, column: Column, cell: Cell) -> None:
        written, kind = cell.text.strip(), "type"
        if column.base in _DATES and _WHOLE_DATE.fullmatch(written):
            kind = "no_day"
        elif column.base in _DATES and _DATE.fullmatch(written):
            kind = "date"
        values = {
            "text": _short(cell.text),
            "name": column.heading,
            "example": column.example or "…",
        }
        self._wrong(row, place, kind, **values)

    def _thing(self, row: Row, place: int, column: Column, name: str) -> str | None:
        """Give the IRI of the thing that *name* is the name of, if it is that of one."""
        match self.names.find(name, column.ranges):
            case [thing]:
                return thing
            case []:
                near = {language: self._near(name, column, language) for language in LANGUAGES}
                said = {"text": _short(name), "name": column.heading, "near": near}
                self._wrong(row, place, "unknown", **said)
            case things:
                self._wrong(row, place, "which", text=_short(name), things=self._listed(things))
        return None

    def _near(self, name: str, column: Column, language: str) -> str:
        labels = self.names.near(name, column.ranges, language)
        return f" ({', '.join(f'«{label}»?' for label in labels)})" if labels else ""

    def _listed(self, things: list[str]) -> Mapping[str, str]:
        """List things in each language, each with its identifier."""
        return {
            language: ", ".join(
                f"«{self.names.label(thing, language)}» ({thing.rpartition('/')[2]})"
                for thing in things
            )
            for language in LANGUAGES
        }

    def _identify(self, row: Row, key: Column, values: dict[str, str]) -> bool:
        """Tell what a row is about, and put its identifier among the values."""
        if key.name not in values:
            named = self._named(row, key, values)
            if named is None:
                return False
            values[key.name] = named
        thing = self.kind.subject(values)
        if (other := self._rows.setdefault(thing, row.number)) != row.number:
            said = values[key.name] if not self.names.exists(thing) else self._listed([thing])
            self._wrong(row, 0, "doubled", things=said, other=other)
            return False
        return True

    def _named(self, row: Row, key: Column, values: Mapping[str, str]) -> str | None:
        """Give the identifier of what a row names, or make one of its name; None if it cannot."""
        texts = [values[column.name] for column in self.kind.labels if column.name in values]
        labels = self.kind.labels
        if not texts:
            name = labels[0].heading if labels else key.heading
            self._wrong(row, 0, "nameless", name=name)
            return None
        found = {thing for text in texts for thing in self.names.find(text, self.kind.classes)}
        prefix = self.kind.subject({**values, key.name: ""})
        match sorted(found):
            case [thing] if thing.startswith(prefix):
                return thing.removeprefix(prefix)
            case []:
                return self._new(row, key, texts[0], values)
            case things:
                self._wrong(row, 0, "which", text=_short(texts[0]), things=self._listed(things))
        return None

    def _new(self, row: Row, key: Column, name: str, values: Mapping[str, str]) -> str | None:
        """Give a new thing an identifier; None where another thing has it."""
        identifier = slug(name)
        thing = self.kind.subject({**values, key.name: identifier})
        if not self.names.exists(thing):
            return identifier
        said = {"text": _short(name), "key": identifier, "things": self._listed([thing])}
        self._wrong(row, 0, "taken", name=key.heading, **said)
        return None

    def _said(
        self, place: Place, column: Column, values: list[str], single: Mapping[str, str]
    ) -> Iterator[Fact]:
        """Give the statements of one cell."""
        property_ = self.kind.property(column)
        for value in values:
            filled = {**single, column.name: value}
            if self._is_adrift(place, column, filled):
                continue
            subject = self.kind.about(column, filled)
            template = column.declared.inherit("valueUrl")
            said = (
                _literal(column, value)
                if template is None
                else URIRef(self.kind.expand(template, filled))
            )
            yield Fact(place, URIRef(subject), URIRef(str(property_)), said)

    def _is_adrift(self, place: Place, column: Column, filled: Mapping[str, str]) -> bool:
        """Tell whether a cell speaks of what another cell should name, and that one is empty."""
        about = str(column.declared.inherit("aboutUrl"))
        empty = [
            other
            for other in self.kind.columns
            if f"{{{other.name}}}" in about and other.name not in filled
        ]
        self.problems += [Problem(place, "missing", {"name": other.heading}) for other in empty]
        return bool(empty)

    def _place(self, row: Row, column: int) -> Place:
        return Place(self.sheet.file, self.sheet.sheet, row.number, column)

    def _wrong(self, row: Row, column: int, kind: str, **values: Any) -> None:
        self.problems.append(Problem(self._place(row, column), kind, values))


def headings(kind: Kind, row: Row, sheet: Place) -> tuple[dict[int, Column], list[Problem]]:
    """Tell which column is which by the row of headings, and what is wrong with these."""
    columns: dict[int, Column] = {}
    problems = []
    texts = {place: cell.text for place, cell in row.cells.items()}
    found = kind.recognised(texts)
    for place, text in texts.items():
        here = Place(sheet.file, sheet.sheet, row.number, place)
        column = found.get(place)
        if column is None:
            names = _left(kind, found)
            problems.append(Problem(here, "heading", {"text": _short(text), "names": names}))
        elif (
            other := next((at for at, had in columns.items() if had == column), None)
        ) is not None:
            problems.append(
                Problem(here, "heading_twice", {"text": _short(text), "other": letters(other)})
            )
        else:
            columns[place] = column
    for column in kind.columns:
        if column.declared.required and column not in columns.values():
            here = Place(sheet.file, sheet.sheet, row.number)
            needed = {"name": column.heading, "code": column.name, "what": column.description}
            needed["example"] = column.example or "…"
            problems.append(Problem(here, "column", needed))
    return columns, problems


def outside(row: Row, known: Mapping[int, object], sheet: Place) -> Iterator[Problem]:
    """Find the cells of a row that stand under no heading."""
    for column, cell in row.cells.items():
        if column not in known:
            place = Place(sheet.file, sheet.sheet, row.number, column)
            yield Problem(place, "outside", {"text": _short(cell.text)})


def _left(kind: Kind, found: Mapping[int, Column]) -> Mapping[str, str]:
    """List the headings that a table could have and has not."""
    left = [column for column in kind.columns if column not in found.values()]
    return {
        language: ", ".join(f"«{column.heading[language]}»" for column in left) or "–"
        for language in LANGUAGES
    }


def _literal(column: Column, value: str) -> Literal:
    if column.language is not None:
        return Literal(value, lang=column.language)
    is_text = column.base in {"string", "anyURI"}
    return Literal(value) if is_text else Literal(value, datatype=XSD[column.base], normalize=False)


def _read_once(text: str) -> str | None:
    """Give what a text means whose letters were read twice, if it is such a text."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _short(text: str) -> str:
    limit = 60
    return text if len(text) <= limit else f"{text[:limit]}…"


def source_of(key: str) -> str:
    """Give the IRI of the document that the table *key* is."""
    return namespaces.thing("source", f"table-{key}")
