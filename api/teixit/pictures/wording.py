"""The words and the numbers of a picture in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Greater numbers are written with a power of ten.
_GREAT: Final = 1e15


@dataclass(frozen=True, slots=True)
class Words:
    """What pictures say besides what the table says.

    Args:
        texts: By name: ``rows``, ``filters``, ``source``, ``release``, ``nothing``, and what stands
            between thousands (``thousands``) and before tenths (``decimal``).
    """

    texts: Mapping[str, str]

    def say(self, name: str, **values: object) -> str:
        """Give the text *name* with *values* in its gaps."""
        return self.texts[name].format_map(values)

    def number(self, value: float) -> str:
        """Write a number as readers of the language do, with three digits after the whole."""
        written = f"{value:,.3f}".rstrip("0").rstrip(".")
        if not written.strip("-0.") or abs(value) >= _GREAT:
            written = f"{value:.3g}"  # what is smaller than that, or too great to be read
        marks = {",": self.texts["thousands"], ".": self.texts["decimal"]}
        return "".join(marks.get(letter, letter) for letter in written)
