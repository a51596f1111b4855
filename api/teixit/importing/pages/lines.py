"""The text of a page: read as UTF-8, and taken apart into lines that know where they stand."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teixit.errors import SourceError

#: Longer than any paragraph by far (theirs have 600 characters).
MAX_LINE: Final = 3000
_EXCERPT: Final = 80

_LINE: Final = re.compile(r"([^\n]*?)(?:\r?\n|\Z)")
_BLANK: Final = " \t\N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]|\r(?!\n)")
#: UTF-8 that was once read as Latin-1 or Windows-1252: à, é … become two letters.
_READ_TWICE: Final = re.compile("Ã[\x80-\xbf€-™¡-¿]|â€")
_APOSTROPHES: Final = str.maketrans("’‘ʼ`´", "'''''")
_TO_SPACE: Final = dict.fromkeys(map(ord, _BLANK), " ")


@dataclass(frozen=True)
class Span:
    """A stretch of the page.

    Attributes:
        start: The first character, counted from 0 in Unicode code points.
        end: The character after the last one.
        first_line: The line of the first character, counted from 1.
        last_line: The line of the last character.
        text: The words as they are meant: NFC, single spaces.
    """

    start: int
    end: int
    first_line: int
    last_line: int
    text: str

    def to(self, other: "Span") -> "Span":
        """Stretch from here to the end of *other*, the next line."""
        text = f"{self.text} {other.text}"
        return Span(self.start, other.end, self.first_line, other.last_line, text)


def decode(raw: bytes, page: Path | str) -> str:
    """Read the bytes of a page that is text.

    Raises:
        SourceError: They are not text in UTF-8.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceError(page, line, f"the byte 0x{raw[error.start]:02X}", "UTF-8") from error
    return checked(text, page)


def checked(text: str, page: Path | str) -> str:
    """Give the *text* of a page back, if it has no sign of having been decoded wrongly.

    Raises:
        SourceError: It has one.
    """
    for fault, found in ((_CONTROL, "a control character"), (_READ_TWICE, "letters read twice")):
        if match := fault.search(text):
            line = text.count("\n", 0, match.start()) + 1
            raise SourceError(page, line, f"{found}: {match[0]!r}", "text in UTF-8")
    return text


def tidy(text: str) -> str:
    """Give the words of *text* in NFC and with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TO_SPACE).split())


def straighten(text: str) -> str:
    """Give *text* with apostrophes of one shape, for comparing: the length stays the same."""
    return text.translate(_APOSTROPHES)


def outlined(text: str, page: Path | str) -> list[Span]:
    """List the lines of *text* that are not blank, none of which is too long.

    Raises:
        SourceError: One is.
    """
    spans = list(lines(text))
    for span in spans:
        if len(span.text) > MAX_LINE:
            found = f"a line of {len(span.text)} characters"
            raise SourceError(page, span.first_line, found, f"{MAX_LINE} at most")
    return spans


def shortened(text: str) -> str:
    """Give so much of *text* as an error has room for."""
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def lines(text: str) -> Iterator[Span]:
    """Yield the lines of *text* that are not blank, without the blanks around them."""
    number, start = 0, 0
    while start < len(text):
        line = _LINE.match(text, start)
        assert line is not None  # noqa: S101 - the pattern also matches nothing
        number, start = number + 1, line.end()
        words = line[1].strip(_BLANK)
        if tidy(words):
            first = line.start() + line[1].index(words)
            yield Span(first, first + len(words), number, number, tidy(words))
