"""Pages that are made up: what is put in is what the importer gives back."""

from hypothesis import given
from hypothesis import strategies as st

from teixit.importing.pages import lines
from teixit.importing.pages.district_plan import outline

words = st.text(
    st.characters(categories=("Ll", "Lu", "Nd", "Po", "Zs"), exclude_characters="\u1680\ufffdÃ"),
    max_size=40,
).map(lambda text: f"L’{text} a")
years = st.lists(st.integers(1990, 2050), min_size=2, max_size=2).map(sorted)
glue = st.sampled_from(("\n", "\n\n", "\r\n", "\n\N{NO-BREAK SPACE}\n"))


@given(
    number=st.tuples(st.integers(1, 99), st.integers(1, 9)),
    zero=st.booleans(),
    dot=st.sampled_from((".", ",", "")),
    title=words,
    level=st.none() | st.integers(0, 100),
    period=years,
    paragraphs=st.lists(words, min_size=1, max_size=3),
    end=glue,
)
def test_what_is_put_in_is_given_back(  # noqa: PLR0913, PLR0917 - the parts of a page
    number: tuple[int, int],
    zero: bool,  # noqa: FBT001
    dot: str,
    title: str,
    level: int | None,
    period: list[int],
    paragraphs: list[str],
    end: str,
) -> None:
    line, place = number
    written = f"{line:02}{dot}{place}" if zero else f"{line}{dot}{place}"
    progress = [] if level is None else [f"Progrés {level}"]
    kind = f"{period[0]}Mesura plurianual {period[0]}-{period[1]}"
    text = end.join(["Mesura", written, title, *progress, kind, *paragraphs])
    page = outline.parse(text)
    assert (page.line, page.place, page.level) == (line, place, level or 0)
    assert (page.progress is None, page.is_percent) == (level is None, False)
    assert (page.period.first, page.period.last) == tuple(period)
    assert page.title.text == lines.tidy(title)
    assert [span.text for span in page.paragraphs] == list(map(lines.tidy, paragraphs))
    assert outline.MARK.search(text)
    for span in (page.number, page.title, page.period.span, *page.paragraphs):
        assert lines.tidy(text[span.start : span.end]) == span.text
