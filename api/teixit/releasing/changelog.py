"""CHANGELOG.md (Keep a Changelog): what has been written for the next release."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from teixit.errors import KnowledgeError

FILE: Final = "CHANGELOG.md"
_UNRELEASED: Final = "unreleased"
#: ``## [Unreleased]``, ``## [1.2.3] – unreleased`` or ``## [1.2.3] – 2026-01-31``.
_HEADING: Final = re.compile(
    r"^## \[(?P<name>[^\]\n]+)\](?: [–-] (?P<date>[^\n]+))?$", re.MULTILINE
)
_ENTRY: Final = re.compile(r"^[-*] \S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Changelog:
    """The file, and where the section is that has no date yet.

    Args:
        text: All of it.
        start: Where the heading of that section begins.
        end: Where what stands in it begins.
        stop: Where the next section begins.
    """

    text: str
    start: int
    end: int
    stop: int

    @classmethod
    def read(cls, root: Path) -> Self:
        """Read the file of the checkout *root*.

        Raises:
            KnowledgeError: It is not there, or has not one section without a date.
        """
        file = root / FILE
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KnowledgeError(f"{FILE}: cannot be read: {error}") from error
        headings = [*_HEADING.finditer(text)]
        found = [heading for heading in headings if _is_open(heading)]
        if len(found) != 1:
            raise KnowledgeError(
                f"{FILE}: {len(found)} sections are unreleased; expected one, ## [Unreleased]"
            )
        after = [heading.start() for heading in headings if heading.start() > found[0].start()]
        return cls(text, found[0].start(), found[0].end(), after[0] if after else len(text))

    @property
    def says_something(self) -> bool:
        """Whether there is an entry for the next release."""
        return _ENTRY.search(self.text, self.end, self.stop) is not None

    def dated(self, version: str, day: str) -> str:
        """Give the text with that section as that of *version*, and an empty one above it."""
        heading = f"## [Unreleased]\n\n## [{version}] – {day}"
        return f"{self.text[: self.start]}{heading}{self.text[self.end :]}"


def _is_open(heading: re.Match[str]) -> bool:
    return _UNRELEASED in {heading["name"].lower(), (heading["date"] or "").lower()}
