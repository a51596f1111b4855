"""The page of a measure of a district's economic development plan, taken apart.

Each district has a small site with a page for each measure: «Mesura», its number, its title, its
progress, whether it runs for one year or several, and what it consists of. The year that the
progress is of is glued to what follows it, «2018Mesura plurianual 2017-2021».
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teixit.importing.pages.lines import Span
from teixit.importing.pages.walking import Walk

_YEAR: Final = r"(?:19|20)\d\d"
#: «8.4», or «067» and «81», of which the last digit is the place in the line.
_NUMBER: Final = r"(?P<line>0?[1-9]\d?)(?:\s*[.,]\s*0?(?P<place>[1-9]\d?)|(?P<digit>[1-9]))"
_HEAD: Final = re.compile(r"mesura\s*:?", re.IGNORECASE)
_NUMBERED: Final = re.compile(_NUMBER)
_HEADED: Final = re.compile(rf"mesura\s*:?\s*{_NUMBER}", re.IGNORECASE)
_PROGRESS: Final = re.compile(r"progr[eé]s\s*:?\s*(100|\d{1,2})\s*(%?)", re.IGNORECASE)
_YEAR_ALONE: Final = re.compile(_YEAR)
_PERIOD: Final = re.compile(
    rf"(?P<year>{_YEAR})?\s*mesura\s+(?:pluri)?anual\s*:?\s*"
    rf"(?:(?P<first>{_YEAR})(?:\s*[-–—/]\s*(?P<last>{_YEAR}))?)?",
    re.IGNORECASE,
)

#: What only such a page has: the word, and a number after it.
MARK: Final = re.compile(
    r"^[^\S\n]*mesura[^\S\n]*:?\s*0?\d{1,2}(?:[.,]\d{1,2}|\d)?[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Period:
    """The years that a measure runs for, and the year that stands before them, if one does."""

    first: int
    last: int
    year: int | None
    span: Span


@dataclass(frozen=True)
class Page:
    """The outline of a page.

    Attributes:
        text: All of it.
        number: Where the number of the measure stands, which consists of those of its ``line`` and
            of its ``place`` in it.
        line: The first.
        place: The second.
        title: The title of the measure.
        progress: Where it says how far the measure has come, if it does.
        level: How far, on a scale that the page does not explain, or in per cent.
        is_percent: Whether it is in per cent.
        period: The years of the measure.
        paragraphs: What it consists of.
        left_over: The lines above the measure, which have no place in the template.
    """

    text: str
    number: Span
    line: int
    place: int
    title: Span
    progress: Span | None
    level: int
    is_percent: bool
    period: Period
    paragraphs: tuple[Span, ...]
    left_over: tuple[Span, ...]

    @property
    def identifier(self) -> str:
        """The number of the measure in one form, such as ``8.4``, however the page writes it."""
        return f"{self.line}.{self.place}"

    @property
    def digits(self) -> str:
        """The digits of the number as the page writes them, and as its address has them."""
        return re.sub(r"\D", "", self.number.text)


def parse(text: str, page: Path | str = "page") -> Page:
    """Read the outline of a page from its *text*.

    Args:
        text: The whole page.
        page: The name that errors call it.

    Raises:
        SourceError: It is not a page of the template.
    """
    return _Reader(text, page).page()


class _Reader(Walk):
    """A walk down the lines of a page."""

    def page(self) -> Page:
        left_over = self._above()
        number = self._number()
        match = _HEADED.fullmatch(number.text)
        assert match is not None  # noqa: S101 - the number was looked for
        title = self.take("the title of the measure")
        level = self.found(_PROGRESS)
        progress = self.take("the progress") if level else None
        period = self._period()
        paragraphs = self.spans[self.at :]
        if not paragraphs:
            raise self.error(None, "the text of the measure")
        return Page(
            text=self.text,
            number=number,
            line=int(match["line"]),
            place=int(match["place"] or match["digit"]),
            title=title,
            progress=progress,
            level=int(level[1]) if level else 0,
            is_percent=level is not None and level[2] != "",
            period=period,
            paragraphs=tuple(paragraphs),
            left_over=left_over,
        )

    def _above(self) -> tuple[Span, ...]:
        """Leave over what stands above «Mesura» and the number of a measure."""
        for at, span in enumerate(self.spans):
            if _HEAD.fullmatch(span.text) or _HEADED.fullmatch(span.text):
                self.at = at
                return tuple(self.spans[:at])
        raise self.error(self.here(), "«Mesura» and the number of a measure")

    def _number(self) -> Span:
        """Take «Mesura» and the number, in one line or two."""
        head = self.take("a measure")
        if _HEADED.fullmatch(head.text):
            return head
        expected = "the number of a measure, such as 8.4"
        if self.found(_NUMBERED) is None:
            raise self.error(self.here(), expected)
        return head.to(self.take(expected))

    def _period(self) -> Period:
        """Take the years of the measure, of which the first may stand in a line of its own."""
        expected = "«Mesura plurianual» or «Mesura anual» and its years"
        span = self.take(expected)
        if _YEAR_ALONE.fullmatch(span.text):
            span = span.to(self.take(expected))
        match = _PERIOD.fullmatch(span.text)
        years = [int(year) for year in match.groups() if year] if match else []
        if match is None or not years:
            raise self.error(span, expected)
        first = int(match["first"] or years[0])
        last = int(match["last"] or first)
        if last < first:
            raise self.error(span, "a last year that does not come before the first")
        return Period(first, last, int(match["year"]) if match["year"] else None, span)
