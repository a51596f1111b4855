"""The template of the plan's pages, read from their plain text into an outline.

The city publishes each line of work of its plan on a page of one template: a title, some
paragraphs, the objectives, the target groups, and then measure after measure. A measure
has two tables with the same actions. The first offers the years in its head, but its marks
are lost in the text; the second gives the years of each action. The first is therefore the
check on the second: the same titles in the same order, and no year that it does not offer.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teixit.importing.pages.lines import Span, shortened, straighten
from teixit.importing.pages.walking import Walk

_YEAR: Final = r"(?:19|20)\d\d"
_YEARS: Final = re.compile(rf"\s*(?:{_YEAR}\s*)+")
_OBJECTIVES: Final = re.compile(r"objectius?\s*:?", re.IGNORECASE)
_TARGET_GROUPS: Final = re.compile(r"a qui (?:es dirigeix|s['’]adreça)\s*:?", re.IGNORECASE)
_OFFERED: Final = re.compile(rf"accions\s*((?:{_YEAR}\s*)+)", re.IGNORECASE)
_SCHEDULED: Final = re.compile(r"accions\s*anys", re.IGNORECASE)
#: One or two digits followed at once, or after a stop, by a capital letter or a quotation.
_MEASURE: Final = re.compile(
    r"(0?[1-9]|[1-9]\d)\s*[.)\-–]?\s*(?=[^\W\d_]|[\"'«“‘¿¡(])(.+)", re.DOTALL
)
#: The number of a measure whose title stands in a line below.
_NUMBER_ALONE: Final = re.compile(r"(?:0?[1-9]|[1-9]\d)[.)]?")
#: A number glued to a capitalised word: surely meant as the head of a measure.
_GLUED: Final = re.compile(r"\d{1,2}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2}")
#: The same with a stop, where nothing else is numbered.
_NUMBERED: Final = re.compile(r"\d{1,2}[.)]\s")


@dataclass(frozen=True)
class Action:
    """An action: its title, where each table says it, and the years of the second table."""

    title: str
    offered: Span
    scheduled: Span
    years: tuple[int, ...]


@dataclass(frozen=True)
class Measure:
    """A measure: its number and title, the years that its table offers, its actions."""

    number: int
    title: str
    head: Span
    offered_head: Span
    years: tuple[int, ...]
    scheduled_head: Span
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Page:
    """The outline of a page; ``left_over`` are the lines that have no place in the template."""

    text: str
    title: Span
    paragraphs: tuple[Span, ...]
    objectives_head: Span
    objectives: tuple[Span, ...]
    target_groups_head: Span
    target_groups: tuple[Span, ...]
    measures: tuple[Measure, ...]
    left_over: tuple[Span, ...]


def parse(text: str, page: Path | str = "page", heading: int = 0) -> Page:
    """Read the outline of a page from its *text*.

    Args:
        text: The whole page, as :func:`teixit.importing.pages.lines.decode` gives it.
        page: The name that errors call it.
        heading: Where in the text the title begins, if something stands above.

    Raises:
        SourceError: It is not a page of the template, or its tables disagree.
    """
    return _Reader(text, page, heading).page()


class _Reader(Walk):
    """A walk down the lines of a page."""

    def __init__(self, text: str, page: Path | str, heading: int) -> None:
        super().__init__(text, page)
        self._left_over = [span for span in self.spans if span.start < heading]
        self.at = len(self._left_over)

    def page(self) -> Page:
        title = self.take("a title")
        if self._is_misplaced(title) or title.text.endswith("."):
            raise self.error(title, "the title of the page")
        paragraphs = self._until(_OBJECTIVES, "«Objectius:»")
        objectives_head = self.take("«Objectius:»")
        objectives = self._until(_TARGET_GROUPS, "«A qui es dirigeix:»")
        target_groups_head = self.take("«A qui es dirigeix:»")
        target_groups = self._until(None, "a numbered measure and its table «Accions 2016 …»")
        self._at_least_one(objectives, objectives_head, "an objective")
        self._at_least_one(target_groups, target_groups_head, "a target group")
        measures: list[Measure] = []
        while self.at < len(self.spans):
            measures.append(self._measure({measure.number for measure in measures}))
        return Page(
            self.text,
            title,
            tuple(paragraphs),
            objectives_head,
            tuple(objectives),
            target_groups_head,
            tuple(target_groups),
            tuple(measures),
            tuple(self._left_over),
        )

    def _until(self, head: re.Pattern[str] | None, expected: str) -> list[Span]:
        """Take the lines before *head*, or before the first measure where there is none."""
        taken = []
        while (span := self.here()) is None or not self._is_head(span, head):
            is_numbered = head is None and span is not None and _NUMBERED.match(span.text)
            if span is None or is_numbered or self._ends_part(span):
                raise self.error(span, expected)
            taken.append(span)
            self.at += 1
        return taken

    def _is_head(self, span: Span, head: re.Pattern[str] | None) -> bool:
        return self._is_measure(self.at) if head is None else bool(head.fullmatch(span.text))

    def _is_misplaced(self, span: Span) -> bool:
        """Tell a line that belongs further down the page, and is no text of this part."""
        heads = (_OBJECTIVES, _TARGET_GROUPS, _OFFERED, _SCHEDULED, _YEARS)
        return _GLUED.match(span.text) is not None or any(
            head.fullmatch(span.text) for head in heads
        )

    def _ends_part(self, span: Span) -> bool:
        """Tell, at the line where the walk is, that the part being read has no end of its own."""
        return self._is_misplaced(span) or self._is_measure(self.at)

    def _is_measure(self, at: int) -> bool:
        """Tell the head of a measure, of one line or two, which its table must follow at once."""
        head, *below = [span.text for span in self.spans[at : at + 3]] or [""]
        if below and _NUMBER_ALONE.fullmatch(head):
            head, *below = f"{head} {below[0]}", *below[1:]
        return bool(below and _MEASURE.fullmatch(head) and _OFFERED.fullmatch(below[0]))

    def _at_least_one(self, taken: list[Span], head: Span, expected: str) -> None:
        if not taken:
            raise self.error_at(head, f"nothing under «{head.text}»", expected)

    def _measure(self, numbers: set[int]) -> Measure:
        head = self.take("a measure")
        if _NUMBER_ALONE.fullmatch(head.text):
            head = head.to(self.take("the title of a measure"))
        match = _MEASURE.fullmatch(head.text)
        assert match is not None  # noqa: S101 - the caller looked
        number = int(match[1])
        if number in numbers:
            raise self.error(head, f"another number: measure {number} stands above already")
        offered_head = self.take("a table")
        years = self._offered_years(offered_head)
        rows = self._rows()
        scheduled_head = self.take("«Accions Anys»")
        actions = tuple(self._action(row, years, offered_head) for row in rows)
        self._leave_over(years)
        return Measure(number, match[2], head, offered_head, years, scheduled_head, actions)

    def _offered_years(self, head: Span) -> tuple[int, ...]:
        years = _years_in(head.text)
        if list(years) != sorted(set(years)):
            raise self.error(head, "each year once, in their order")
        return years

    def _rows(self) -> list[Span]:
        """Take the rows of the first table."""
        rows: list[Span] = []
        while (span := self.here()) is None or not _SCHEDULED.fullmatch(span.text):
            if span is None or self._ends_part(span):
                raise self.error(span, "the title of an action, or «Accions Anys»")
            rows.append(span)
            self.at += 1
        if not rows:
            raise self.error(self.here(), "the title of an action")
        return rows

    def _action(self, row: Span, offered: tuple[int, ...], head: Span) -> Action:
        """Take one entry of the second table: the title again, and its years."""
        expected = f"«{shortened(row.text)}» as in line {row.first_line}, and its years"
        first = whole = self.take(expected)
        rest = first.text[len(row.text) :]
        is_same = straighten(first.text).startswith(straighten(row.text))
        if not is_same or (rest and not _YEARS.fullmatch(rest)):
            raise self.error(first, expected)
        years = [*_years_in(rest)]
        self._check_years(first, years, offered, head)
        while (span := self.here()) is not None and _YEARS.fullmatch(span.text):
            years += _years_in(span.text)
            self._check_years(span, years, offered, head)
            whole = whole.to(self.take("a year"))
        if not years:
            raise self.error(first, f"a year after the title: one of {_listed(offered)}")
        return Action(row.text, row, whole, tuple(years))

    def _check_years(
        self, span: Span, years: list[int], offered: tuple[int, ...], head: Span
    ) -> None:
        if not set(years) <= set(offered):
            expected = f"a year that line {head.first_line} offers: {_listed(offered)}"
            raise self.error(span, expected)
        if years != sorted(set(years)):
            raise self.error(span, "each year of an action once, in their order")

    def _leave_over(self, offered: tuple[int, ...]) -> None:
        """Set aside what stands between the end of a measure and the next one."""
        while (span := self.here()) is not None and not self._is_measure(self.at):
            if self._is_misplaced(span) or self._is_action(span, offered):
                expected = "the head of a measure and its table, or the end of the page"
                raise self.error(span, expected)
            self._left_over.append(span)
            self.at += 1

    def _is_action(self, span: Span, offered: tuple[int, ...]) -> bool:
        """Tell a further action of the second table from a line at the foot of the page.

        Both can end in a year; but a foot has no years below it, and no measure.
        """
        if not any(span.text.endswith(str(year)) for year in offered):
            return False
        below = self.spans[self.at + 1 :]
        has_years = bool(below) and _YEARS.fullmatch(below[0].text) is not None
        return has_years or any(map(self._is_measure, range(self.at, len(self.spans))))


def _years_in(text: str) -> tuple[int, ...]:
    return tuple(int(year) for year in re.findall(_YEAR, text))


def _listed(years: tuple[int, ...]) -> str:
    return ", ".join(map(str, years))
