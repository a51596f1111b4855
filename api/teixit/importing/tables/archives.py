"""The outside of a workbook: what is seen of it before anything in it is read."""

import zipfile
from pathlib import Path
from typing import Final

from teixit.importing.tables.refusals import refuse

#: How many parts a workbook may have, how long they may be in all, in bytes, and how many times
#: longer than the file. Those of people have a tenth of it.
ENTRIES: Final = 1000
TOTAL: Final = 200 << 20
RATIO: Final = 100

_ENCRYPTED: Final = 1
#: What begins a file of the older Office: a workbook before 2007, or one with a password.
_OLE: Final = b"\xd0\xcf\x11\xe0"
#: Where workbooks keep programs: Excel, and LibreOffice.
_MACROS: Final = ("vbaproject.bin", "basic/", "scripts/")
#: Below this, a ratio says nothing: an empty sheet folds well.
_SMALL: Final = 1 << 20


def opened(file: Path) -> zipfile.ZipFile:
    """Open a workbook whose directory holds what it may hold.

    Raises:
        FileRefusedError: It is no workbook, or a part of it is not read here.
    """
    with file.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            refuse(file.name, "locked" if file.suffix.lower() == ".xlsx" else "format")
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        refuse(file.name, "damaged", said=error)
    _check(archive.infolist(), file)
    return archive


def _check(entries: list[zipfile.ZipInfo], file: Path) -> None:
    """Hold the directory of a workbook to the limits."""
    if len(entries) > ENTRIES:
        refuse(file.name, "entries", count=len(entries), limit=ENTRIES)
    total = sum(entry.file_size for entry in entries)
    if total > TOTAL:
        refuse(file.name, "size", count=total >> 20, limit=TOTAL >> 20)
    ratio = total // max(1, file.stat().st_size)
    if ratio > RATIO and total > _SMALL:
        refuse(file.name, "ratio", count=ratio, limit=RATIO)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        refuse(file.name, "locked")
    names = [entry.filename.lower() for entry in entries]
    if any(name.endswith(_MACROS[0]) or name.startswith(_MACROS[1:]) for name in names):
        refuse(file.name, "macros")
