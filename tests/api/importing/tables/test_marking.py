"""The tables as they were read, as other programs see them: with the wrong cells marked."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from pyoxigraph import Store
from python_calamine import CalamineWorkbook

from teixit.importing import tables
from teixit.importing.tables import Table, marking


def read(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def notes(content: bytes) -> dict[str, str]:
    """What is said at each cell of the first sheet that has notes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("xl/comments1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    return {one.attrib["ref"]: "".join(one.itertext()) for one in root.iter(f"{space}comment")}


def test_each_wrong_cell_is_marked_where_it_stands(
    workbook: Callable[..., Path], imported: Callable[..., Table], store: Store
) -> None:
    rows = [["Nom", "Districte", "Color"], [], ["Coòpolis", "Enlloc", "x"], ["", 3]]
    table = imported(workbook(Notes=[["Llegiu-me"]], Llista=rows), store, "projects")
    content = marking.as_xlsx([table], "en")
    assert read(content) == {
        "Notes": [["Llegiu-me"]],
        "Llista": [
            ["Nom", "Districte", "Color"],
            ["", "", ""],
            ["Coòpolis", "Enlloc", "x"],
            ["", "3", ""],
        ],
    }
    said = notes(content)
    assert set(said) == {"C1", "B3", "A4"}
    assert "nothing is called “Enlloc” for “District”" in said["B3"]
    assert marking.as_xlsx([table], "en") == content


def test_files_are_told_apart(
    text: Callable[..., Path],
    workbook: Callable[..., Path],
    store: Store,
    imported: Callable[..., Table],
) -> None:
    rows = [["Nom", "Districte"], ["Coòpolis", 3]]
    one = imported(text("Nom;Lloc\nCoòpolis;3\n", "a.csv"), store, "projects")
    other = imported(workbook("b.xlsx", Llista=rows), store)
    assert list(read(marking.as_xlsx([one, other], "ca"))) == ["a.csv", "b.xlsx Llista"]
    assert list(read(marking.as_xlsx([one], "ca"))) == ["a.csv"]
    empty = tables.read(workbook("c.xlsx", Llista=rows, Buit=[]))
    [part] = tables.parts(empty, "c")
    sheets = read(marking.as_xlsx([tables.understood(empty, part, store)], "ca"))
    assert sheets["Buit"] == []
