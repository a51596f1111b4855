import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from teixit.findings import Finding, Severity
from teixit.findings.workbook import Mark, as_xlsx, marked
from teixit.languages import LANGUAGES

NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """A workbook, read as far as these tests look."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self.sheets = [
            sheet.attrib["name"] for sheet in self._xml("workbook").iterfind(".//s:sheet", NS)
        ]
        texts = self._xml("sharedStrings").iterfind("s:si", NS)
        self._texts = ["".join(text.itertext()) for text in texts]

    def _xml(self, name: str) -> ET.Element:
        return ET.fromstring(self._archive.read(f"xl/{name}.xml"))

    def cells(self, number: int) -> dict[str, tuple[str, str]]:
        """Text and style of each cell of a sheet."""
        cells = self._xml(f"worksheets/sheet{number}").iterfind(".//s:c", NS)
        return {
            cell.attrib["r"]: (self._texts[int("".join(cell.itertext()))], cell.attrib["s"])
            for cell in cells
            if "".join(cell.itertext())
        }

    def comments(self, number: int) -> dict[str, str]:
        every = self._xml(f"comments{number}").iterfind(".//s:comment", NS)
        return {comment.attrib["ref"]: "".join(comment.itertext()) for comment in every}


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_listed_and_marked_in_the_sheet_of_their_file(
    found: list[Finding], language: str, wrong: Path
) -> None:
    own = [finding for finding in found if finding.file == wrong]
    book = Book(as_xlsx(own, language))
    assert len(book.sheets) == 2
    assert book.sheets[1].endswith("wrong file.trig")
    rows = range(2, len(own) + 2)
    listed = [[book.cells(1)[f"{column}{row}"][0] for column in "CD"] for row in rows]
    assert listed == [list(finding.wrong_and_mend(language)) for finding in own]
    cells, comments = book.cells(2), book.comments(1)
    late = [cell for cell, (text, _) in cells.items() if text == "2020"]
    assert late == ["D2"]
    whole = [[cells[f"{column}{row}"][0] for column in "CDE"] for row in (2, 3)]
    line = own[0].line or 0
    assert [row[:2] for row in whole] == [["teixit:scheduledYear", "2020"], ["rdfs:label", "=1+1"]]
    assert int(whole[1][2]) == int(whole[0][2]) + 1
    assert line > int(whole[1][2])
    assert all(cells[cell][1] != cells["A1"][1] for cell in late)
    withins = [f.message[language] for f in own if f.shape.endswith("Action-withinPlan")]
    assert any(withins[0] in comments[cell] for cell in late)


def test_it_is_the_same_each_time(found: list[Finding]) -> None:
    assert as_xlsx(found, "ca") == as_xlsx(found, "ca")


def test_a_thing_without_a_name_or_a_property_is_marked_at_its_address(
    found: list[Finding],
) -> None:
    one = replace(found[0], label={}, path=None, value=None)
    book = Book(as_xlsx([one], "es"))
    assert list(book.comments(1)) == ["B2"]


def test_of_a_file_without_lines_the_wrong_cells_alone_are_shown(found: list[Finding]) -> None:
    bare = replace(found[0], label={}, file=Path("one.rdf"), node="urn:n", path=None, value=None)
    valued = replace(bare, path="urn:p", value="=1")
    lacking = replace(bare, node="urn:o", path="urn:p")
    book = Book(as_xlsx([valued, bare, lacking, bare], "en"))
    assert set(book.comments(1)) == {"D2", "B2", "C3"}
    said = {cell: text for cell, (text, _) in book.cells(2).items() if text and cell[1] != "1"}
    assert said == {
        "B2": "urn:n",
        "C2": "urn:p",
        "D2": "=1",
        "B3": "urn:o",
        "C3": "urn:p",
    }


def test_a_table_of_ones_own_is_marked() -> None:
    """Sheets with names that Excel refuses; two marks on a cell; one outside of the table."""
    tables = {"a/b:" + "x" * 40: [["name", "year"], ["=1+1"]], "a-b-" + "X" * 40: [], "": [["z"]]}
    first = next(iter(tables))
    marks = [
        Mark(first, 2, 1, Severity.INFO, "a note"),
        Mark(first, 2, 1, Severity.VIOLATION, "an error"),
        Mark(first, 2, 2, Severity.WARNING, "nothing here"),
        Mark(first, 9, 1, Severity.WARNING, "below"),
    ]
    book = Book(marked(tables, marks))
    assert all(0 < len(name) <= 31 for name in book.sheets)
    assert len({name.lower() for name in book.sheets}) == 3
    assert book.cells(1)["A2"][0] == "=1+1"
    assert book.comments(1)["A2"] == "a note\n\nan error"
    assert set(book.comments(1)) == {"A2", "B2", "A9"}
