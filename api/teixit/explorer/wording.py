"""The words that views are told in, in the reader's language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from teixit.namespaces import short_name

#: What turns the direction of the text that follows (Unicode 16, UAX 9): in the middle of our
#: sentence a name must not turn the rest of it.
TURNS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: So many years in a row are told as a span.
_SPAN: Final = 3


@dataclass(frozen=True)
class Wording:
    """What a view says besides what the graph says.

    Args:
        language: The reader's.
        texts: By ``table.key``.
        foreign: What terms of others are called, by prefixed name and by language.
    """

    language: str
    texts: Mapping[str, str]
    foreign: Mapping[str, Mapping[str, str]]

    def say(self, key: str, **values: object) -> str:
        """Give the text *key* with *values* in its gaps, which cannot turn its direction."""
        filled = {name: TURNS.sub("", str(value)) for name, value in values.items()}
        return self.texts[key].format_map(filled)

    def listed(self, names: Sequence[str]) -> str:
        """Tell some *names* one after the other: "a", "a and b", "a, b and c"."""
        if len(names) < 2:  # noqa: PLR2004 - a pair
            return "".join(names)
        return self.say("thing.and", first=", ".join(names[:-1]), last=names[-1])

    def years(self, years: Iterable[int]) -> str:
        """Tell *years* in words: three or more in a row as a span."""
        spans: list[list[int]] = []
        for year in sorted(set(years)):
            if spans and year == spans[-1][-1] + 1:
                spans[-1].append(year)
            else:
                spans.append([year])
        told = (
            [f"{span[0]}–{span[-1]}"] if len(span) >= _SPAN else [*map(str, span)] for span in spans
        )
        return self.listed([part for parts in told for part in parts])

    def term(self, iri: str) -> str:
        """Name a term that has no name in the graph: in our words, else by its prefix."""
        short = short_name(iri)
        return self.foreign.get(short, {}).get(self.language, short)
