"""A template is a table that can be imported once it is filled in."""

import csv
import io
import zipfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit.errors import KnowledgeError
from teixit.importing.tables import Table, mapping, templates
from teixit.importing.tables.mapping import Kind
from teixit.importing.tables.names import Names
from teixit.importing.tables.reading import read
from teixit.languages import LANGUAGES, in_language

KINDS = mapping.kinds()
#: Each kind in one of the languages, each language with one of the kinds.
PAIRS = list(zip(KINDS, cycle(LANGUAGES), strict=False))


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_a_template_is_a_table_of_its_kind(
    imported: Callable[..., Table], name: str, language: str, tmp_path: Path, store: Store
) -> None:
    file = tmp_path / f"{name}.xlsx"
    file.write_bytes(templates.write(KINDS[name], Names(store), language, file))
    table = imported(file, store)
    assert table.kind.name == name
    assert [problem.kind for problem in table.problems] == ["empty"]
    explained = read(file).sheets[1].rows
    assert len(explained) == len(KINDS[name].columns) + 1
    assert min(len(row.cells) for row in explained) == 4


def filled(kind: Kind, language: str) -> bytes:
    """A template of CSV with the examples of its columns as a row."""
    stream = io.StringIO()
    csv.writer(stream).writerow(in_language(column.example, language) for column in kind.columns)
    return stream.getvalue().encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_a_template_with_its_examples_has_nothing_wrong(
    name: str, language: str, brought: Callable[..., Table], store: Store
) -> None:
    head = templates.write(KINDS[name], Names(store), language, Path(f"{name}.csv"))
    table = brought(head + filled(KINDS[name], language), None)
    assert table.kind.name == name
    assert table.problems == []
    assert table.facts


def test_lists_are_those_of_the_graph(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "projects.xlsx"
    file.write_bytes(templates.write(KINDS["projects"], Names(store), "es", file))
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert sheet.count("<dataValidation ") >= 4
    assert "'Listas'!$A$1:$A$5" in sheet.replace("&apos;", "'")
    assert 'state="frozen"' in sheet
    assert "ateneo cooperativo" in texts
    assert "Nou Barris" in texts


def test_a_template_is_xlsx_or_csv(store: Store) -> None:
    with pytest.raises(KnowledgeError, match=r"ends in \.xlsx or \.csv"):
        templates.write(KINDS["projects"], Names(store), "ca", Path("a.ods"))
