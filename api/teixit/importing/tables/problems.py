"""What is wrong with a table: in which cell, what, and how to mend it, in three languages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from teixit.importing.tables.cells import Place
from teixit.importing.tables.wording import words
from teixit.languages import in_language

#: So many problems are told one by one; of the rest, how many there are.
_TOLD: Final = 50
#: What does not keep a table from being imported.
_NOTES: Final = frozenset({"heading"})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a table.

    Attributes:
        place: Where it stands.
        kind: What it is, one of the keys of the words below.
        values: What the words need: texts, or texts by language.
    """

    place: Place
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def is_note(self) -> bool:
        """Whether the table can be imported in spite of it."""
        return self.kind in _NOTES

    def words(self, language: str) -> str:
        """Say it to a reader of *language*, in a line."""
        values = {
            name: in_language(value, language) if isinstance(value, Mapping) else value
            for name, value in self.values.items()
        }
        said = words("problem", self.kind)[language].format(**values)
        return f"{self.place.words(language) or self.place.file}: {said}"


def as_text(problems: Iterable[Problem], language: str) -> str:
    """Say problems to a reader of *language*, in the order of their places, a line each."""
    ordered = sorted(problems, key=lambda problem: (problem.is_note, problem.place, problem.kind))
    lines = [problem.words(language) for problem in ordered[:_TOLD]]
    if rest := ordered[_TOLD:]:
        counts = Counter(problem.kind for problem in rest)
        kinds = (f"{words('count', kind)[language]}: {counts[kind]}" for kind in sorted(counts))
        said = words("list", "more")[language].format(count=len(rest), kinds=", ".join(kinds))
        lines.append(said)
    return "".join(f"{line}\n" for line in lines)
