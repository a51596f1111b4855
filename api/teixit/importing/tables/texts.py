"""Tables in text files: CSV (RFC 4180) and its cousins. This runs in a bounded process."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from teixit.importing.tables.markup import COLUMNS, LETTERS, ROWS
from teixit.importing.tables.refusals import refuse

#: The longest text file that is read, in bytes.
SIZE: Final = 50 << 20

_SEPARATORS: Final = ",;\t|"
_ROWS: Final = 500
#: By so many first rows it is told what separates the cells.
_SAMPLE: Final = 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
#: What a workbook begins with, whatever its name says.
_ZIP: Final = b"PK\x03\x04"

Message = list[Any]


def read(name: str) -> Iterator[Message]:
    """Read the table *name*; yields as :func:`teixit.importing.tables.workbooks.read` does.

    The first message is ``["text", encoding, separator]``: what the file was taken for.

    Raises:
        FileRefusedError: It is not read, and why.
    """
    file = Path(name)
    content = file.read_bytes()
    if len(content) > SIZE:
        refuse(file.name, "size", count=len(content) >> 20, limit=SIZE >> 20)
    if content.startswith(_ZIP):
        refuse(file.name, "format")
    text, encoding = _decoded(content, file.name)
    if text.count("\n") > ROWS:
        refuse(file.name, "far", place=ROWS + 1, rows=ROWS, columns=COLUMNS)
    csv.field_size_limit(LETTERS)
    separator, text = _separated(text)
    yield ["text", encoding, separator]
    yield ["sheet", ""]
    yield from _blocks(text, separator, file.name)


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    """Give the text, and the name of the encoding that it is in."""
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return _decode(content, codec, file), name
    if zeros := content[:1000].count(0):  # UTF-16 without its mark: every second byte is 0
        codec = "utf-16-be" if content[:1000:2].count(0) * 2 > zeros else "utf-16-le"
        return _decode(content, codec, file), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decode(content, "cp1252", file), "Windows-1252"


def _decode(content: bytes, codec: str, file: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        refuse(file, "encoding", at=error.start)


def _separated(text: str) -> tuple[str, str]:
    """Tell what separates the cells, and give the text without a first line that says so.

    It is the mark that cuts the first rows into the most cells, as many in each.
    """
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first.strip()[-1], rest
    return max(_SEPARATORS, key=lambda mark: _cells(text, mark)), text


def _cells(text: str, mark: str) -> tuple[int, int]:
    sample = io.StringIO(text[: LETTERS * 4], newline="")
    counts: Counter[int] = Counter()
    first = 0
    try:
        for row, _ in zip(csv.reader(sample, delimiter=mark), range(_SAMPLE), strict=False):
            first = first or len(row)
            counts[len(row)] += 1
    except csv.Error:
        return 0, 0
    return (counts[first] if first > 1 else 0), first


def _blocks(text: str, separator: str, file: str) -> Iterator[Message]:
    rows: list[list[Any]] = []
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, values in enumerate(reader, 1):
            if len(values) > COLUMNS:
                refuse(file, "far", place=number, rows=ROWS, columns=COLUMNS)
            cells = [
                [column, "text", value] for column, value in enumerate(values, 1) if value.strip()
            ]
            if cells:
                rows.append([number, cells])
            if len(rows) == _ROWS:
                yield ["rows", rows]
                rows = []
    except csv.Error as error:
        if "limit" in str(error):
            refuse(file, "cell", place=number + 1, limit=LETTERS)
        refuse(file, "quotes", row=number + 1)
    yield ["rows", rows]
