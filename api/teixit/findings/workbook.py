"""Findings as a workbook (ECMA-376): the list of what to mend, and tables with marked cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from teixit import namespaces, workbooks
from teixit.findings import Finding, Severity
from teixit.findings.lines import Statement, statements
from teixit.languages import in_language

_COLOURS: Final = MappingProxyType(
    {Severity.VIOLATION: "#F4B6B6", Severity.WARNING: "#FFE3A3", Severity.INFO: "#CFE3F7"}
)
#: How long the name of a sheet, a text and a comment may be (the first two are Excel's limits).
_NAME, _TEXT, _COMMENT = 31, 32_767, 1_000
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
#: In which column of a sheet of statements stands the last of so many parts: value first.
_COLUMNS: Final = MappingProxyType({3: 4, 2: 3, 1: 2})

#: A table: its rows of texts, the headings first.
Table = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Mark:
    """Something that is wrong with a cell.

    Args:
        sheet: The name of its table.
        row: Its row, counted from 1 as spreadsheets do.
        column: Its column, counted from 1.
        severity: How bad it is, which gives the colour.
        text: What is wrong and how to mend it, in the reader's language.
    """

    sheet: str
    row: int
    column: int
    severity: Severity
    text: str


def as_xlsx(findings: Iterable[Finding], language: str) -> bytes:
    """Write the findings for a reader of *language*.

    The first sheet lists them in the order in which they are best mended. Each file has a sheet
    with all that it says of the things that are wrong, line by line, the wrong cells coloured and
    explained. Of a file that is not written in lines it has the wrong statements alone.
    """
    findings = list(findings)
    by_file: dict[Path, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    tables: dict[str, Table] = {_WORDS["list"][language]: _listed(findings, language)}
    marks: list[Mark] = []
    for file, found in by_file.items():
        rows, wrong = _said_of(file, found)
        tables[found[0].file_name] = _written(rows, found, language)
        for finding, row, column in wrong:
            text = in_language(finding.message, language)
            marks.append(Mark(finding.file_name, row, column, finding.severity, text))
    return marked(tables, marks)


def _said_of(
    file: Path, findings: Iterable[Finding]
) -> tuple[list[Statement], list[tuple[Finding, int, int]]]:
    """Give what a file says of what is wrong, and for each finding the row and the column.

    The cell is the wrong value, else the property that it has, else the thing that lacks it.
    """
    wrong = {finding.node for finding in findings}
    rows = [one for one in statements(file) if one.subject in wrong]
    places: dict[tuple[str, ...], int] = {}
    for row, one in enumerate(rows, 2):
        for length in _COLUMNS:
            places.setdefault((one.subject, one.predicate, one.value)[:length], row)
    found = []
    for finding in findings:
        key = finding.node, finding.path or "", finding.value or ""
        at = next((length for length in _COLUMNS if key[:length] in places), 0)
        if not at:
            rows.append(Statement(*key, "", 0, 0))
            at = next(n for n in _COLUMNS if key[n - 1])
            places[key[:1]] = places[key[:2]] = places[key] = len(rows) + 1
        found.append((finding, places[key[:at]], _COLUMNS[at]))
    return rows, found


def _written(
    rows: Iterable[Statement], findings: Iterable[Finding], language: str
) -> list[list[str]]:
    names = {finding.node: finding.name(language) for finding in findings}
    heads = [_WORDS[word][language] for word in ("thing", "node", "property", "value", "line")]
    return [
        heads,
        *(
            [
                names[one.subject],
                one.subject,
                namespaces.short_name(one.predicate),
                one.value,
                str(one.line or ""),
            ]
            for one in rows
        ),
    ]


def marked(tables: Mapping[str, Table], marks: Iterable[Mark]) -> bytes:
    """Write *tables* as a workbook with the cells of *marks* coloured and explained.

    A text stays a text: nothing in it becomes a formula or a link.

    Args:
        tables: Tables by their names, which are shortened to what a sheet may be called.
        marks: What is wrong. Of several on one cell the worst gives the colour, and all are said.
    """
    by_cell: dict[str, dict[tuple[int, int], list[Mark]]] = {}
    for mark in marks:
        cells = by_cell.setdefault(mark.sheet, {})
        cells.setdefault((mark.row, mark.column), []).append(mark)
    written = BytesIO()
    with workbooks.written(written) as book:
        plain, *colours = [
            book.add_format({"text_wrap": True, "valign": "top", **more})
            for more in ({}, *({"bg_color": _COLOURS[severity]} for severity in Severity))
        ]
        for (name, table), title in zip(tables.items(), _titles(tables), strict=True):
            sheet = book.add_worksheet(title)
            _fill(sheet, table, plain)
            for place, every in by_cell.get(name, {}).items():
                colour = colours[min(mark.severity.rank for mark in every)]
                _mark(sheet, table, place, every, colour)
    return written.getvalue()


def _fill(sheet: Any, table: Table, format_: object) -> None:
    sheet.freeze_panes(1, 0)
    for column in range(max(map(len, table), default=0)):
        longest = max(len(row[column]) for row in table if column < len(row))
        workbooks.widen(sheet, column, longest)
    for number, row in enumerate(table):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text[:_TEXT], format_)


def _mark(
    sheet: Any, table: Table, place: tuple[int, int], marks: Sequence[Mark], colour: object
) -> None:
    row, column = place[0] - 1, place[1] - 1
    cells = table[row] if row < len(table) else ()
    text = cells[column] if column < len(cells) else ""
    sheet.write_string(row, column, text[:_TEXT], colour)
    said = "\n\n".join(dict.fromkeys(mark.text for mark in marks))
    sheet.write_comment(row, column, said[:_COMMENT], {"author": "Teixit", "x_scale": 3})


def _titles(names: Iterable[str]) -> Iterator[str]:
    """Give each table a name that a sheet may have, and no other has, without regard to case."""
    taken: set[str] = set()
    for name in names:
        plain = _FORBIDDEN.sub("-", name)[-_NAME:] or "-"
        title, number = plain, 1
        while title.lower() in taken:
            number += 1
            end = f" {number}"
            title = plain[: _NAME - len(end)] + end
        taken.add(title.lower())
        yield title


def _listed(findings: Iterable[Finding], language: str) -> list[list[str]]:
    columns = ("severity", "thing", "message", "mend", "value", "file", "line", "property", "rule")
    rows = [[_WORDS[column][language] for column in (*columns, "node")]]
    for finding in findings:
        wrong, mend = finding.wrong_and_mend(language)
        rows.append(
            [
                finding.severity.name_in(language),
                finding.name(language) or finding.node,
                wrong,
                mend,
                finding.value or "",
                finding.file_name,
                str(finding.line or ""),
                finding.path or "",
                finding.rule_name(language),
                finding.node,
            ]
        )
    return rows


_WORDS: Final = MappingProxyType(
    {
        "list": {"ca": "Què cal corregir", "es": "Qué corregir", "en": "What to mend"},
        "severity": {"ca": "Gravetat", "es": "Gravedad", "en": "Severity"},
        "thing": {"ca": "Cosa", "es": "Cosa", "en": "Thing"},
        "message": {"ca": "Què està malament", "es": "Qué está mal", "en": "What is wrong"},
        "mend": {"ca": "Com es corregeix", "es": "Cómo se corrige", "en": "How to mend it"},
        "value": {"ca": "Valor", "es": "Valor", "en": "Value"},
        "file": {"ca": "Fitxer", "es": "Fichero", "en": "File"},
        "line": {"ca": "Línia", "es": "Línea", "en": "Line"},
        "property": {"ca": "Propietat", "es": "Propiedad", "en": "Property"},
        "rule": {"ca": "Regla", "es": "Regla", "en": "Rule"},
        "node": {"ca": "Adreça", "es": "Dirección", "en": "Address"},
    }
)
