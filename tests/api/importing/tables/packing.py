"""Workbooks written part by part, as no spreadsheet program would."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"

Parts = Mapping[str, str | bytes]


def packed(file: Path, parts: Parts) -> Path:
    """Write parts as one file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def excel(file: Path, sheet: str, parts: Parts | None = None, name: str = "Full") -> Path:
    """Write a workbook of Excel: *sheet* is what its one sheet has between its tags."""
    return packed(
        file,
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            **(parts or {}),
        },
    )


def inline(reference: str, text: str) -> str:
    """Write a cell of Excel that holds its text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(*said: list[str]) -> str:
    """Write the rows of a sheet of Excel, from A1 on."""
    written = (
        f'<row r="{number}">'
        + "".join(inline(f"{chr(65 + at)}{number}", text) for at, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(said, 1)
    )
    return f"<sheetData>{''.join(written)}</sheetData>"


def open_document(
    file: Path, table: str, parts: Parts | None = None, before: str = "", name: str = "Full"
) -> Path:
    """Write a workbook of OpenDocument: *table* is what its one sheet has between its tags."""
    content = (
        f'{before}<office:document-content xmlns:office="{OFFICE}" xmlns:table="{TABLE}"'
        f' xmlns:text="{TEXT}" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return packed(
        file,
        {
            "mimetype": SPREADSHEET,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}"/>',
            "content.xml": content,
            **(parts or {}),
        },
    )


def cell(text: str, more: str = "") -> str:
    """Write a cell of OpenDocument that holds text."""
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    """Write a row of OpenDocument."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"
