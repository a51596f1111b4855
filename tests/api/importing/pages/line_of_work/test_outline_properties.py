"""Pages that are made up: what is put in is what the importer gives back."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from teixit.importing.pages import lines
from teixit.importing.pages.line_of_work import outline as template
from teixit.importing.pages.line_of_work.outline import Page

BLANK_LINES = ("\n", "\n\n", "\n\N{NO-BREAK SPACE}\n\n", "\n \n")
ELLIPSES = ("", "…", "...", " (audiovisual, paper,...)", ".")


@dataclass(frozen=True)
class MadeUp:
    """A page: what it says, and the hand that it is written in."""

    title: str
    paragraphs: Sequence[str]
    objectives: Sequence[str]
    target_groups: Sequence[str]
    measures: Sequence[tuple[int, str, Sequence[tuple[str, Sequence[int]]]]]
    years: Sequence[int]
    blank: str
    glue: str
    end: str

    @property
    def text(self) -> str:
        """The page as the city could publish it."""
        between = "\n" + self.blank
        parts = [
            self.title,
            *self.paragraphs,
            f"Objectius:{self.glue}",
            *self.objectives,
            f"A qui es dirigeix:{self.glue}",
            *self.target_groups,
        ]
        tables = "\n".join(map(self._measure, self.measures))
        return (
            between.join(parts).replace("\n", self.end) + self.end + tables.replace("\n", self.end)
        )

    def _measure(self, measure: tuple[int, str, Sequence[tuple[str, Sequence[int]]]]) -> str:
        number, title, actions = measure
        years = self.glue.join(map(str, self.years))
        rows = [f"{number}{title}", f"Accions{self.glue}{years}", *(row for row, _ in actions)]
        rows.append(f"Accions{self.glue}Anys")
        for row, scheduled in actions:
            rows.append(f"{row}{self.glue}{scheduled[0]}")
            rows += map(str, scheduled[1:])
        return "\n".join(rows)


def _has_place(text: str) -> bool:
    """Tell words that no head of the template could be taken for."""
    heads = ("accions", "objecti", "a qui")
    return not text.casefold().startswith(heads) and not text[:1].isdigit() and "Ã" not in text


letters = st.characters(
    categories=("Ll", "Lu", "Nd", "Pd", "Ps", "Pe", "Po", "Zs"),
    exclude_characters="\u1680",
    max_codepoint=0x24F,
)
endings = st.sampled_from(ELLIPSES)
titles = (
    st.builds(lambda words, end: lines.tidy(words) + end, st.text(letters, min_size=1), endings)
    .map(lambda words: f"L’{words}")
    .filter(_has_place)
)
years = st.lists(st.integers(1990, 2050), min_size=1, max_size=5, unique=True).map(sorted)


@st.composite
def pages(draw: st.DrawFn) -> MadeUp:
    offered = draw(years)
    scheduled = st.lists(st.sampled_from(offered), min_size=1, unique=True).map(sorted)
    actions = st.lists(st.tuples(titles, scheduled), min_size=1, max_size=4)
    numbers = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True))
    return MadeUp(
        draw(titles.filter(lambda title: not title.endswith("."))),
        draw(st.lists(titles, max_size=3)),
        draw(st.lists(titles, min_size=1, max_size=5)),
        draw(st.lists(titles, min_size=1, max_size=6)),
        [(number, draw(titles), draw(actions)) for number in numbers],
        offered,
        draw(st.sampled_from(BLANK_LINES)),
        draw(st.sampled_from(("", " ", "\N{NO-BREAK SPACE}"))),
        draw(st.sampled_from(("\n", "\r\n"))),
    )


@given(pages())
def test_what_is_put_in_is_given_back(made_up: MadeUp) -> None:
    page = template.parse(made_up.text)
    words = [lines.tidy(text) for text in made_up.objectives]
    assert page.title.text == lines.tidy(made_up.title)
    assert [span.text for span in page.paragraphs] == list(map(lines.tidy, made_up.paragraphs))
    assert [span.text for span in page.objectives] == words
    assert len(page.target_groups) == len(made_up.target_groups)
    assert page.left_over == ()
    assert [
        (m.number, m.title, list(m.years), [(a.title, list(a.years)) for a in m.actions])
        for m in page.measures
    ] == [
        (number, title, list(made_up.years), [(row, list(when)) for row, when in actions])
        for number, title, actions in (
            (number, lines.tidy(title), [(lines.tidy(row), when) for row, when in actions])
            for number, title, actions in made_up.measures
        )
    ]


@given(pages())
def test_every_span_quotes_the_page(made_up: MadeUp) -> None:
    page = template.parse(made_up.text)
    for span in _spans(page):
        assert lines.tidy(page.text[span.start : span.end]) == span.text
        assert page.text.count("\n", 0, span.start) + 1 == span.first_line
        assert unicodedata.is_normalized("NFC", span.text)


def _spans(page: Page) -> list[lines.Span]:
    actions = [action for measure in page.measures for action in measure.actions]
    return [
        page.title,
        *page.paragraphs,
        *page.objectives,
        *page.target_groups,
        *(measure.head for measure in page.measures),
        *(action.offered for action in actions),
        *(action.scheduled for action in actions),
    ]
