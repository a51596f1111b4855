"""A walk down the lines of a page, which knows how to say where it stopped."""

import re
from pathlib import Path

from teixit.errors import SourceError
from teixit.importing.pages.lines import Span, outlined, shortened


class Walk:
    """A walk down the lines of a page that are not blank.

    Args:
        text: The whole page.
        page: The name that errors call it.

    Raises:
        SourceError: A line is longer than any of a page would be.
    """

    def __init__(self, text: str, page: Path | str) -> None:
        self.text = text
        self.spans = outlined(text, page)
        self.at = 0
        self._page = page

    def here(self) -> Span | None:
        """Give the line where the walk is; none at the end."""
        return self.spans[self.at] if self.at < len(self.spans) else None

    def take(self, expected: str) -> Span:
        """Take the line where the walk is.

        Raises:
            SourceError: The page ends here.
        """
        span = self.here()
        if span is None:
            raise self.error(None, expected)
        self.at += 1
        return span

    def found(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the whole line where the walk is."""
        span = self.here()
        return None if span is None else pattern.fullmatch(span.text)

    def error(self, span: Span | None, expected: str) -> SourceError:
        """Say what was *expected* in place of the line *span*, or of the end of the page."""
        if span is not None:
            return self.error_at(span, f"«{shortened(span.text)}»", expected)
        last = self.spans[-1].last_line if self.spans else 1
        return SourceError(self._page, last, "the page ends here", expected)

    def error_at(self, span: Span, found: str, expected: str) -> SourceError:
        """Say what was *found* at the line *span*, and what was *expected*."""
        return SourceError(self._page, span.first_line, found, expected)
