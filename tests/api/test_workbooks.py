from io import BytesIO

from python_calamine import CalamineWorkbook

from teixit import workbooks


def made() -> bytes:
    into = BytesIO()
    with workbooks.written(into) as book:
        sheet = book.add_worksheet("a")
        sheet.write(0, 0, "=1+1")
        sheet.write(0, 1, "https://x.example/")
        workbooks.widen(sheet, 0, 10_000)
    return into.getvalue()


def test_a_workbook_holds_texts_alone_and_is_the_same_each_time() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(made()))
    assert book.get_sheet_by_name("a").to_python() == [["=1+1", "https://x.example/"]]
    assert made() == made()
