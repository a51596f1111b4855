import zipfile
from collections.abc import Sequence
from io import BytesIO

import pytest
from pyoxigraph import Store
from python_calamine import CalamineWorkbook

from teixit.errors import NotAcceptableError
from teixit.protocol import Operation, evaluate
from teixit.tabular import XLSX, workbook
from teixit.tabular.origin import Origin

VALUES = """
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
  (<http://x.example/?a=1> 20 true)
  ("=1+1"@ca 1234567890123456789 "2016-02-29"^^xsd:date)
  (UNDEF 2.5 "2016-02-29T10:00:01"^^xsd:dateTime)
  ("http://x.example/" "1600-01-01"^^xsd:date "2016-02-29T10:00:01Z"^^xsd:dateTime)
} }
"""


def written(query: str) -> bytes:
    return evaluate(Store(), Operation(query)).response(XLSX).body


def rows(query: str, sheet: str = "rows") -> Sequence[Sequence[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(written(query)))
    return book.get_sheet_by_name(sheet).to_python()


def test_the_rows_stand_below_their_heading_with_their_types() -> None:
    heading, first, second, third, fourth = rows(VALUES)
    assert heading == ["a", "b", "c"]
    assert first == ["http://x.example/?a=1", 20.0, True]
    assert [*map(str, second)] == ["=1+1", "1234567890123456789", "2016-02-29"]
    assert [*map(str, third)] == ["", "2.5", "2016-02-29 10:00:01"]
    assert fourth == ["http://x.example/", "1600-01-01", "2016-02-29T10:00:01Z"]


def test_nothing_in_it_is_a_formula_or_a_link_and_the_heading_stays() -> None:
    with zipfile.ZipFile(BytesIO(written(VALUES))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'state="frozen"' in sheet


def test_the_second_sheet_says_where_the_rows_are_from(store: Store) -> None:
    origin = Origin.of(store, "SELECT * {}", "https://x.example/sparql")
    assert origin.version
    assert origin.modified.startswith("20")
    answer = evaluate(Store(), Operation(VALUES))
    stream = BytesIO()
    workbook.write(answer.results, stream, origin)  # type: ignore[arg-type]
    stream.seek(0)
    book = CalamineWorkbook.from_filelike(stream)
    told = dict(book.get_sheet_by_name("source").to_python())
    assert told == {**origin.told, "rows": "4"}


def test_the_same_answer_is_the_same_bytes() -> None:
    assert written(VALUES) == written(VALUES)


def test_columns_are_as_wide_as_the_first_rows_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_LOOKED_AT", 1)
    body = written(f'SELECT ?a {{ VALUES ?a {{ "{"x" * 20}" "{"x" * 40}" }} }}')
    with zipfile.ZipFile(BytesIO(body)) as parts:
        assert 'width="21.7' in parts.read("xl/worksheets/sheet1.xml").decode()


def test_what_is_too_long_for_a_cell_says_so() -> None:
    ((text,),) = rows(f'SELECT ?a {{ VALUES ?a {{ "{"x" * 40000}" }} }}')[1:]
    assert len(str(text)) == 32767
    assert str(text).endswith("x […]")


def test_what_is_too_much_for_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 4)
    with pytest.raises(NotAcceptableError, match="room for 3 rows"):
        written(VALUES)
    monkeypatch.setattr(workbook, "_COLUMNS", 2)
    with pytest.raises(NotAcceptableError, match="room for 2 columns"):
        written(VALUES)
