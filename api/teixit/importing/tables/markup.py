"""The inside of a workbook as XML, looked at before a library reads it.

It finds what the library would not tell (formulas, merged cells) or would choke on (cells far
away, cells without end), and holds nothing of it in memory.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from teixit.importing.tables.cells import Place, place_of
from teixit.importing.tables.refusals import refuse

#: The farthest cell that is read, and the longest text of a cell, which is that of Excel.
ROWS: Final = 200_000
COLUMNS: Final = 200
LETTERS: Final = 32_767

_DEPTH: Final = 64
_BLOCK: Final = 1 << 18
#: So many findings of each kind are told of a workbook: the rest would be the same.
_TOLD: Final = 100

Finding = tuple[str, str, int, int]


class _Part:
    """One part of a workbook, read as a stream of elements.

    Args:
        file: The name of the workbook.
        part: The name of the part.
    """

    def __init__(self, file: str, part: str) -> None:
        self._file, self._part = file, part
        self._depth = 0
        self.findings: list[Finding] = []

    def begin(self, name: str, values: dict[str, str]) -> None:
        """Be told of the beginning of an element: its local name and its attributes."""

    def text(self, text: str) -> None:
        """Be told of text."""

    def blocks(self, archive: zipfile.ZipFile) -> Iterator[int]:
        """Read the part, and say after each block how long it was.

        Raises:
            FileRefusedError: It is no XML, or holds what is not read.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        try:
            with archive.open(self._part) as stream:
                while block := stream.read(_BLOCK):
                    parser.Parse(block)
                    yield len(block)
                parser.Parse(b"", True)  # noqa: FBT003 - expat takes no name
        except (expat.ExpatError, zipfile.BadZipFile, KeyError, EOFError, OSError) as error:
            refuse(self._file, "damaged", said=f"{self._part}: {error}")

    def told(self, kind: str, sheet: str, row: int, column: int) -> None:
        """Keep a finding."""
        if len(self.findings) < _TOLD:
            self.findings.append((kind, sheet, row, column))

    def refuse_far(self, sheet: str, row: int, column: int) -> None:
        """Refuse a cell that is farther away than is read.

        Raises:
            FileRefusedError: It is.
        """
        if row > ROWS or column > COLUMNS:
            self._refuse("far", sheet, row, column, rows=ROWS, columns=COLUMNS)

    def refuse_long(self, length: int, sheet: str, row: int, column: int) -> None:
        """Refuse a cell that is longer than is read.

        Raises:
            FileRefusedError: It is.
        """
        if length > LETTERS:
            self._refuse("cell", sheet, row, column, limit=LETTERS)

    def _refuse(self, reason: str, sheet: str, row: int, column: int, **limits: int) -> None:
        place = Place(self._file, sheet, row, column)
        refuse(self._file, reason, place=place.reference if row else sheet, **limits)

    def _refuse_doctype(self, *_: object) -> None:
        refuse(self._file, "doctype", part=self._part)

    def _begin(self, name: str, values: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            refuse(self._file, "nesting", part=self._part, limit=_DEPTH)
        self.begin(name.rpartition(" ")[2], values)

    def _end(self, _name: str) -> None:
        self._depth -= 1


class _Names(_Part):
    """The attributes of the elements of one name: the sheets, or where they are."""

    def __init__(self, file: str, part: str, element: str) -> None:
        super().__init__(file, part)
        self._element = element
        self.found: list[dict[str, str]] = []

    def begin(self, name: str, values: dict[str, str]) -> None:
        if name == self._element:
            self.found.append({key.rpartition(" ")[2]: value for key, value in values.items()})

    @classmethod
    def of(
        cls, archive: zipfile.ZipFile, file: str, part: str, element: str
    ) -> list[dict[str, str]]:
        """Read them."""
        names = cls(file, part, element)
        for _ in names.blocks(archive):
            pass
        return names.found


class _Texts(_Part):
    """The texts that the cells of an Excel workbook share."""

    _length = 0

    def begin(self, name: str, values: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._length = 0

    def text(self, text: str) -> None:
        self._length += len(text)
        self.refuse_long(self._length, self._part, 0, 0)


class _ExcelSheet(_Part):
    """A sheet of an Excel workbook."""

    def __init__(self, file: str, part: str, sheet: str) -> None:
        super().__init__(file, part)
        self._sheet = sheet
        self._row = self._column = self._length = 0

    def begin(self, name: str, values: dict[str, str]) -> None:
        match name:
            case "c":
                self._length = 0
                self._row, self._column = place_of(values.get("r", ""))
            case "v" | "is":
                self.refuse_far(self._sheet, self._row, self._column)
            case "f":
                self.told("formula", self._sheet, self._row, self._column)
            case "mergeCell":
                self.told("merged", self._sheet, *place_of(values.get("ref", "").partition(":")[0]))

    def text(self, text: str) -> None:
        self._length += len(text)
        self.refuse_long(self._length, self._sheet, self._row, self._column)


class _OpenDocument(_Part):
    """The sheets of an OpenDocument workbook, which are one part."""

    _sheet = ""
    _row = _column = _length = 0
    _rows = _columns = 1

    def begin(self, name: str, values: dict[str, str]) -> None:
        values = {key.rpartition(" ")[2]: value for key, value in values.items()}
        match name:
            case "table":
                self._sheet, self._row, self._rows = values.get("name", ""), 0, 1
            case "table-row":
                self._row, self._column, self._columns = self._row + self._rows, 0, 1
                self._rows = _count(values.get("number-rows-repeated"))
            case "table-cell" | "covered-table-cell":
                self._cell(values)

    def _cell(self, values: dict[str, str]) -> None:
        self._column, self._length = self._column + self._columns, 0
        self._columns = _count(values.get("number-columns-repeated"))
        if "value-type" in values:
            last = (self._row + self._rows - 1, self._column + self._columns - 1)
            self.refuse_far(self._sheet, *last)
        if "formula" in values:
            self.told("formula", self._sheet, self._row, self._column)
        if {values.get("number-columns-spanned"), values.get("number-rows-spanned")} - {None, "1"}:
            self.told("merged", self._sheet, self._row, self._column)

    def text(self, text: str) -> None:
        self._length += len(text)
        self.refuse_long(self._length, self._sheet, self._row, self._column)


def _count(said: str | None) -> int:
    """Read a count of repetitions; what is no number counts as none."""
    return int(said) if said is not None and said.isdecimal() else 1


def looked_at(archive: zipfile.ZipFile, file: str) -> Iterator[Finding | None]:
    """Look at all that is read of a workbook.

    Yields:
        The formulas and merged cells that it has; None now and then, while it works.

    Raises:
        FileRefusedError: It holds what is not read.
    """
    parts = list(_parts(archive, file))
    for part in parts:
        for _ in part.blocks(archive):
            yield None
        yield from part.findings


def _parts(archive: zipfile.ZipFile, file: str) -> Iterator[_Part]:
    names = archive.namelist()
    if "content.xml" in names:
        yield _OpenDocument(file, "content.xml")
        return
    if "xl/sharedStrings.xml" in names:
        yield _Texts(file, "xl/sharedStrings.xml")
    links = _Names.of(archive, file, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in _Names.of(archive, file, "xl/workbook.xml", "sheet"):
        part = posixpath.join("/xl", targets.get(sheet.get("id"), ""))[1:]
        if part in names:
            yield _ExcelSheet(file, part, sheet.get("name", ""))
