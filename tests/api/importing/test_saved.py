"""Pages that a browser has saved: the words that a reader sees, and nothing else."""

from pathlib import Path

import pytest

from teixit.errors import FileRefusedError, SourceError
from teixit.importing import pages, saved
from teixit.importing.pages import documents

SAVED = sorted((Path(__file__).parent / "pages" / "line_of_work" / "quirks").glob("*.html"))


@pytest.mark.parametrize("page", SAVED, ids=lambda page: page.stem)
def test_a_saved_page_gives_the_graph_of_its_text(page: Path) -> None:
    assert pages.import_page(page).trig == pages.import_page(page.with_suffix(".txt")).trig


def extract(html: str, encoding: str = "utf-8") -> saved.Extract:
    return saved.extract(html.encode(encoding).decode("latin-1"))


def text_of(html: str) -> str:
    return extract(html).text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un <b>dos</b>\n  tres<p>Quatre", "Un dos tres\n\nQuatre"),
        ("<p>Un<br>dos", "Un\ndos"),
        ("<div>29<span>Promoure</span></div>", "29Promoure"),
        ("<div>29</div><div>Promoure</div>", "29\n\nPromoure"),
        ("Objectius:&nbsp;", "Objectius:\N{NO-BREAK SPACE}"),
        ("<p>Un<!-- dos --><script>tres</script><style>q</style><p hidden>c", "Un"),
        ("<nav>Menú</nav><p>Un<span class='sr-only x'>dos</span><i aria-hidden=true>✓</i>", "Un"),
        ("<header>Menú</header><header><h1>\n Un</h1></header>", "Un"),
        ("<p>Fora<main><h1>Un</h1><p>Dos</main>", "Un\n\nDos"),
        ("<main><p>Dos</main><h1>Un</h1>", "Dos\n\nUn"),
        ("<table><tr><td>A<td>B<br>C<td><tr><th>D</table>E", "A B\nC\nD\n\nE"),
        ("<table><tr><td><table><tr><td>A</table><td>B</table>", "A B"),
        ("<table><tr><td>A<td>2016</table>", "A 2016"),
        ("<table><caption>T<tr><td>Accions<td>2016<td>2017<tr><td>A<td>X</table>",
         "Accions 2016 2017\nA"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<!-- saved from url=(0020)https://example.org/ --><p>Un", "https://example.org/"),
        (
            "<link rel=stylesheet href=x><link rel=canonical href=https://e.org/a>",
            "https://e.org/a",
        ),
        ("<meta name=x><meta property=og:url content=https://e.org/b>", "https://e.org/b"),
        ("<p>Un", None),
    ],
)
def test_a_page_says_its_address(html: str, address: str | None) -> None:
    assert extract(html).address == address


def test_what_stands_above_the_heading_is_left_over(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    html = SAVED[0].read_text("utf-8").replace("<h1", "<p>Inici › Pla</p><h1")
    page.write_text(html, "utf-8")
    report = pages.import_page(page).report()
    assert "line 1 not understood: Inici › Pla" in report


def test_years_that_are_marked_otherwise_than_listed_are_told(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert "marks" not in pages.import_page(SAVED[0]).report()
    page.write_text(SAVED[0].read_text("utf-8").replace("<li>2017</li>", "<li>2018</li>"), "utf-8")
    told = "line 21: the table of marks has 2017 2019 for «Mirar la segona taula»"
    assert pages.import_page(page).report().endswith(told)


YEARS = "<table><tr><th>Accions<th>2016<th>2017"


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        (f"{YEARS}<tr><td>A<td>x<td> ", [[("A", [2016])]]),
        (f"{YEARS}<tr><td>A<td><img><td><tr><td>B<td><td>", [[("A", [2016]), ("B", [])]]),
        (f"{YEARS}<tr><td>A<td><i></i><td><i></i>", []),
        (f"{YEARS}<tr><td>A<td><td>", []),
        (f"{YEARS}<tr><td>A<td colspan=2>x", []),
        ("<table><tr><th>Accions<th>Anys<tr><td>A<td>2016", []),
        ("<table></table>", []),
    ],
)
def test_the_years_that_a_table_marks_are_given(html: str, marks: list[object]) -> None:
    assert extract(html).marks == marks


def test_a_page_in_another_encoding_says_so_itself() -> None:
    html = "<meta charset=iso-8859-1><p>Finançament"
    assert extract(html, "latin-1").text == "Finançament"


def test_elements_without_end_are_refused() -> None:
    with pytest.raises(ValueError, match="elements nested deeper than 250"):
        text_of("<div>" * 300)


@pytest.mark.parametrize(
    ("html", "reason"),
    [("<div>" * 300, "fault"), (f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>", "time")],
    ids=["nesting", "attributes"],
)
def test_html_that_takes_too_much_is_refused(tmp_path: Path, html: str, reason: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(html, "utf-8")
    with pytest.raises(FileRefusedError, match=r"page\.html: ") as caught:
        documents.read(page)
    assert caught.value.reason == reason
    assert all(str(page) in text for text in caught.value.texts.values())


def test_html_longer_than_any_page_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<p>" + b"a" * (1 << 20))
    with pytest.raises(SourceError, match="a file of over 1 MiB; expected one page"):
        documents.read(page)


def test_html_that_has_the_name_of_a_text_is_read_as_html(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"\xef\xbb\xbf <!DOCTYPE html><p>Un <b>dos")
    assert documents.read(page).text == "Un dos"
