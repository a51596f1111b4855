"""What differs between two versions of a page, in words: what was added, removed, put otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from teixit.importing.pages import wording
from teixit.importing.pages.lexicon import Lexicon, fold
from teixit.importing.pages.names import Names
from teixit.importing.pages.templates import Part, Reading
from teixit.importing.wording import Wording

#: From so much in common on, two texts are taken to be one that was put in other words.
_ALIKE: Final = 0.6
#: Texts of these kinds are one thing or another, and never the same in other words.
_EXACT: Final = frozenset({"year", "offered_year", "progress"})
#: So much of a text is enough to tell which part is meant, in characters.
_EXCERPT: Final = 70


@dataclass(frozen=True)
class Difference:
    """One difference.

    Attributes:
        words: What happened, as ``wording`` says it.
        within: The parts that it happened in, from the outside.
        part: What it happened to.
        new: What is there now.
    """

    words: Wording
    within: tuple[Part, ...]
    part: Part
    new: str = ""

    def told(self, language: str) -> str:
        """Say in one line of *language* what differs, and where."""
        where = [_called(part, language, shortened=True) for part in self.within]
        what = self.words[language].format(part=_called(self.part, language), new=self.new)
        return f"{what} ({', '.join(where)})" if where else what


def compare(old: Reading, new: Reading, lexicon: Lexicon) -> list[Difference]:
    """List what differs from the version *old* of a page to the version *new*."""
    before, after = (page.part(Names(lexicon)) for page in (old, new))
    return [*_pair(before, after, ())]


def words(differences: Sequence[Difference], language: str) -> str:
    """Say in *language* what differs, each difference in a line."""
    told = [difference.told(language) for difference in differences]
    return "\n".join(told or [wording.SAME[language]]) + "\n"


def _pair(old: Part, new: Part, within: tuple[Part, ...]) -> Iterator[Difference]:
    """Compare two parts that are taken to be the same."""
    if old.number != new.number:
        yield Difference(wording.RENUMBERED, within, old, new.number)
    if old.text != new.text:
        yield Difference(wording.REWORDED, within, old, new.text)
    inside = (*within, new) if new.kind in {"measure", "action"} else within
    for kind in dict.fromkeys(part.kind for part in (*old.parts, *new.parts)):
        before = [part for part in old.parts if part.kind == kind]
        after = [part for part in new.parts if part.kind == kind]
        yield from _lists(before, after, inside)


def _lists(old: list[Part], new: list[Part], within: tuple[Part, ...]) -> Iterator[Difference]:
    """Compare two lists of parts of one kind: first find which are the same."""
    pairs = [pair for key in (_all, _text, _number) for pair in _matched(old, new, key)]
    pairs += _alike(old, new)
    for before, after in pairs:
        yield from _pair(before, after, within)
    yield from (Difference(wording.REMOVED, within, part) for part in old)
    yield from (Difference(wording.ADDED, within, part) for part in new)


def _all(part: Part) -> str:
    return f"{part.number} {part.text}"


def _text(part: Part) -> str:
    return fold(part.text)


def _number(part: Part) -> str:
    return part.number


def _matched(
    old: list[Part], new: list[Part], key: Callable[[Part], str]
) -> Iterator[tuple[Part, Part]]:
    """Take the parts that have the same key out of both lists."""
    by_key: dict[str, list[Part]] = {}
    for part in reversed(new):
        by_key.setdefault(key(part), []).append(part)
    by_key.pop("", None)
    for before in list(old):
        if same := by_key.get(key(before)):
            after = same.pop()
            old.remove(before)
            new.remove(after)
            yield before, after


def _alike(old: list[Part], new: list[Part]) -> Iterator[tuple[Part, Part]]:
    """Take the parts that are much the same out of both lists."""
    for before in [part for part in old if part.kind not in _EXACT and not part.number]:
        matcher = SequenceMatcher(b=fold(before.text))
        for after in new:
            matcher.set_seq1(fold(after.text))
            if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
                old.remove(before)
                new.remove(after)
                yield before, after
                break


def _called(part: Part, language: str, *, shortened: bool = False) -> str:
    kind = wording.PARTS[part.kind][language]
    if shortened and part.number:
        return f"{kind} {part.number}"
    if part.kind in _EXACT:
        return f"{kind} {part.text}"
    cut = shortened and len(part.text) > _EXCERPT
    text = f"{part.text[:_EXCERPT].rstrip()}…" if cut else part.text
    quoted = wording.QUOTED[language].format(text=text)
    return " ".join(filter(None, (kind, part.number, quoted)))
