"""What is read of a file, exactly, before anybody asks what it means."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import packing
import pytest
import xlsxwriter

from teixit.importing.tables import cells, texts
from teixit.importing.tables.cells import Cell, Place
from teixit.importing.tables.reading import Book, read

Text = Callable[..., Path]
Workbook = Callable[..., Path]


def content(book: Book, sheet: int = 0) -> dict[int, dict[int, str]]:
    return {
        row.number: {column: cell.text for column, cell in row.cells.items()}
        for row in book.sheets[sheet].rows
    }


def findings(book: Book) -> list[tuple[str, str]]:
    return [(problem.kind, problem.place.reference) for problem in book.problems]


def of_text(file: Path) -> Book:
    book = Book(file.name)
    for message in texts.read(str(file)):
        book.take(message)
    return book


WRITTEN = "Nom,Web\nCoòpolis – “l’ateneu”,x\n"


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_letters_are_those_that_were_written(text: Text, encoding: str, expected: str) -> None:
    book = of_text(text(WRITTEN.encode(encoding)))
    assert book.encoding == expected
    assert content(book) == {1: {1: "Nom", 2: "Web"}, 2: {1: "Coòpolis – “l’ateneu”", 2: "x"}}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_separates_cells_is_found(text: Text, mark: str) -> None:
    said = f'Nom{mark}Web{mark}Adreça\n"a{mark}b, c"{mark}{mark}"d, e; f"\n'
    book = of_text(text(said))
    assert book.separator == mark
    assert content(book)[2] == {1: f"a{mark}b, c", 3: "d, e; f"}


def test_a_file_may_say_what_separates_its_cells(text: Text) -> None:
    book = of_text(text("sep=;\nNom;Web,1\na;b\n"))
    assert content(book) == {1: {1: "Nom", 2: "Web,1"}, 2: {1: "a", 2: "b"}}


def test_a_file_of_one_column_has_no_separator(text: Text) -> None:
    assert content(of_text(text("Nom\na\n"))) == {1: {1: "Nom"}, 2: {1: "a"}}


def test_empty_rows_are_passed_over_and_counted(text: Text) -> None:
    assert list(content(of_text(text("Nom;Web\n\n;\n  ; \na;b\n")))) == [1, 5]


def test_a_cell_may_have_lines(text: Text) -> None:
    assert content(of_text(text('Nom;Web\n"a\nb";c\n')))[2][1] == "a\nb"


def test_many_rows_come_in_blocks(text: Text) -> None:
    assert len(content(of_text(text("a,b\n" * 1200)))) == 1200


def test_what_a_cell_of_a_workbook_holds(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Full 1")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        hour = book.add_format({"num_format": "hh:mm"})
        sheet.write_row(1, 1, ["Nom", 3, 2.5, True])
        sheet.write_datetime(2, 1, dt.datetime(2019, 5, 31), day)  # noqa: DTZ001 - Excel has no zone
        sheet.write_datetime(2, 2, dt.datetime(2019, 5, 31, 12, 30), day)  # noqa: DTZ001
        sheet.write_datetime(2, 3, dt.time(12, 30), hour)
        book.add_worksheet("Amagat").hide()
    book = read(file)
    assert [sheet.name for sheet in book.sheets] == ["Full 1"]
    assert [row.cells for row in book.sheets[0].rows] == [
        {
            2: Cell("Nom"),
            3: Cell("3", "number"),
            4: Cell("2.5", "number"),
            5: Cell("true", "boolean"),
        },
        {
            2: Cell("2019-05-31", "date"),
            3: Cell("2019-05-31T12:30:00", "date"),
            4: Cell("12:30:00", "date"),
        },
    ]
    assert [row.number for row in book.sheets[0].rows] == [2, 3]


def test_formulas_and_merged_cells_of_excel_are_found(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Full")
        sheet.write_row(0, 0, ["Nom", "Web"])
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.merge_range(3, 0, 3, 1, "x")
    assert findings(read(file)) == [("formula", "Full!B2"), ("merged", "Full!A4")]


def test_formulas_and_merged_cells_of_open_document_are_found(tmp_path: Path) -> None:
    formula = packing.cell("2", 'table:formula="of:=1+1"')
    merged = packing.cell("x", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
    table = (
        packing.row(packing.cell("Nom", 'table:number-columns-repeated="2"'), formula)
        + packing.row('<table:table-cell table:number-columns-repeated="3"/>')
        + packing.row('<table:table-cell table:number-columns-repeated="1"/>', packing.cell("y"))
        + packing.row(merged, "<table:covered-table-cell/>")
    )
    book = read(packing.open_document(tmp_path / "a.ods", table, name="El full"))
    assert findings(book) == [("formula", "'El full'!C1"), ("merged", "'El full'!A4")]
    assert content(book) == {1: {1: "Nom", 2: "Nom", 3: "2"}, 3: {2: "y"}, 4: {1: "x"}}


def test_only_so_many_findings_are_told_of_a_sheet(tmp_path: Path) -> None:
    cells_ = "".join(f'<c r="A{n}"><f>1</f><v>1</v></c>' for n in range(1, 200))
    file = packing.excel(tmp_path / "a.xlsx", f"<sheetData><row r='1'>{cells_}</row></sheetData>")
    assert len(findings(read(file))) == 100


def test_a_sheet_whose_part_is_missing_is_damaged_or_empty(tmp_path: Path) -> None:
    sheets = f"<workbook xmlns='{packing.MAIN}' xmlns:r='{packing.LINKS}'><sheets>"
    sheets += "<sheet name='Full' sheetId='1' r:id='rId1'/><sheet name='B' sheetId='2' r:id='r9'/>"
    parts = {"xl/workbook.xml": f"{sheets}</sheets></workbook>"}
    file = packing.excel(tmp_path / "a.xlsx", packing.rows(["x"]), parts)
    with pytest.raises(Exception, match="damaged"):
        read(file)


def test_columns_have_letters() -> None:
    assert [cells.letters(column) for column in (1, 26, 27, 702, 703, 16384)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]
    assert cells.place_of("XFD1048576") == (1048576, 16384)
    assert cells.place_of("") == (0, 0)


def test_a_place_is_said_in_three_languages() -> None:
    place = Place("taula.xlsx", "Projectes", 12, 4)
    assert place.words("ca") == "full «Projectes», fila 12, columna D"
    assert place.words("es") == "hoja «Projectes», fila 12, columna D"
    assert place.words("en") == "sheet “Projectes”, row 12, column D"
    assert place.reference == "Projectes!D12"
    assert Place("taula.csv", "", 12, 4).reference == "cell=12,4"
    assert Place("a.xlsx", "L'any 1", 1, 1).reference == "'L''any 1'!A1"
