"""What the index finds for the words of a question."""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from teixit.errors import LimitError
from teixit.searching import words
from teixit.searching.contents import KINDS, ROLES, Role

#: Of all that is found, so many things can be looked at.
FARTHEST: Final = 1000
#: Among more things than this, the weights of words say nothing any more: they come in the order
#: of their kinds and the lengths of their names.
_WEIGHED: Final = 5000
_EXACT: Final = "SELECT thing FROM exact WHERE key = ? AND thing BETWEEN ? AND ? ORDER BY thing"
_WEIGHED_ORDER: Final = (
    "SELECT rowid FROM found WHERE found MATCH ? AND rowid BETWEEN ? AND ?"
    " ORDER BY rank, rowid LIMIT ?"
)
_OWN_ORDER: Final = (
    "SELECT rowid FROM found WHERE found MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?"
)
_COUNTS: Final = "SELECT rowid / ?, count(*) FROM found WHERE found MATCH ? GROUP BY 1 ORDER BY 1"
_IRI: Final = "SELECT iri FROM thing WHERE id = ?"
_TEXTS: Final = "SELECT role, language, value FROM said WHERE thing = ? ORDER BY rowid"
#: So long may it take, in seconds, and after so many steps of the engine it is looked at the clock.
_PATIENCE: Final = 2.0
_STEPS: Final = 100_000
#: How the number of a thing begins with that of its kind.
_KIND: Final = 1 << 32
#: So much of the file may be read as memory, in bytes.
_MAPPED: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a thing, and its language, where it has one."""

    role: Role
    language: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What was found: its IRI, its kind and all its texts."""

    iri: str
    kind: str
    said: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Found:
    """What there is for a question.

    Args:
        counts: How many things of each kind there are, in the order of the kinds.
        total: How many there are of the kind that was asked for, or of all.
        things: Those of the page.
        whole: Whether they have all the words of the question; else they have some.
    """

    counts: Mapping[str, int]
    total: int
    things: Sequence[Thing]
    whole: bool


class Index:
    """An index in a *file*, which stays as it is while it is asked; from any thread.

    Raises:
        sqlite3.Error: It is no index.
    """

    def __init__(self, file: Path) -> None:
        self._address = f"file:{quote(str(file))}?mode=ro&immutable=1"
        with self._opened() as database:
            ((self.version,),) = database.execute("SELECT data FROM version")

    def find(
        self, asked: Sequence[str], kind: str | None = None, first: int = 0, most: int = 20
    ) -> Found:
        """Find the things that have all the words *asked*, or else some of them.

        Those that are called so come first, then those with the words in their names, then those
        with the words in their texts.

        Args:
            asked: As :func:`teixit.searching.words.asked` gives them; not empty.
            kind: One of :data:`~teixit.searching.contents.KINDS`, or any.
            first: How many are passed over, and
            most: how many are given; none beyond :data:`FARTHEST`.

        Raises:
            LimitError: It takes too long.
        """
        with self._opened() as database:
            whole = True
            counts = _counts(database, expressions := _with_all(asked))
            if not counts and len(asked) > 1:
                whole = False
                counts = _counts(database, expressions := _with_some(asked))
            total = counts.get(kind, 0) if kind else sum(counts.values())
            search = _Search(database, expressions, " ".join(asked), kind, total)
            numbers = [*islice(search.numbers(), first, min(first + most, FARTHEST))]
            return Found(counts, total, [_thing(database, number) for number in numbers], whole)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        end = time.monotonic() + _PATIENCE
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            database.execute(f"PRAGMA mmap_size = {_MAPPED}")
            database.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            try:
                yield database
            except sqlite3.OperationalError as error:
                if time.monotonic() < end:
                    raise
                raise LimitError("these words are in too much; add another word", "time") from error


@dataclass(frozen=True, slots=True)
class _Search:
    """The numbers of what is found, in order."""

    database: sqlite3.Connection
    expressions: "_Expressions"
    key: str
    kind: str | None
    total: int

    def numbers(self) -> Iterator[int]:
        """Give each number once: of what is called so, of names, and of texts."""
        seen = set()
        for number in self._all():
            if number not in seen:
                seen.add(number)
                yield number

    def _all(self) -> Iterator[int]:
        between = self._between()
        order = _WEIGHED_ORDER if self.total <= _WEIGHED else _OWN_ORDER
        yield from self._numbers(_EXACT, self.key, *between)
        for expression in self.expressions:
            yield from self._numbers(order, expression, *between, FARTHEST)

    def _between(self) -> tuple[int, int]:
        if self.kind is None:
            return 0, len(KINDS) * _KIND
        number = [*KINDS].index(self.kind)
        return number * _KIND, (number + 1) * _KIND - 1

    def _numbers(self, text: str, *values: object) -> Iterator[int]:
        return (number for (number,) in self.database.execute(text, values))


class _Expressions(NamedTuple):
    """What FTS5 is asked: nothing in it but letters and digits comes from the question.

    A thing has to have one of the words in a name or a text of its own: that it is a project does
    not make a result of it, but the word may be one of several.
    """

    names: str
    anywhere: str


def _with_all(asked: Sequence[str]) -> _Expressions:
    """Ask for all words, in names or anywhere."""
    if len(asked) == 1:
        return _with_some(asked)
    every = " AND ".join(map(_beginning, asked))
    some = " OR ".join(map(_beginning, asked))
    return _Expressions(
        f"{{name other kind}} : ({every}) AND {{name other}} : ({some})",
        f"({every}) AND {{name other text}} : ({some})",
    )


def _with_some(asked: Sequence[str]) -> _Expressions:
    """Ask for any of the words, in names or anywhere."""
    some = " OR ".join(map(_beginning, asked))
    return _Expressions(f"{{name other}} : ({some})", f"{{name other text}} : ({some})")


def _beginning(word: str) -> str:
    """Ask for a word and, if it may go on, for what begins so; the word itself weighs more."""
    if not words.is_beginning(word):
        return f'"{word}"'
    begun = dict.fromkeys((word, words.stem(word)))
    beginnings = " OR ".join(f'"{each}" *' for each in begun)
    return f'("{word}" OR {beginnings})'


def _counts(database: sqlite3.Connection, expressions: _Expressions) -> Mapping[str, int]:
    kinds = [*KINDS]
    rows = database.execute(_COUNTS, (_KIND, expressions.anywhere))
    return {kinds[number]: count for number, count in rows}


def _thing(database: sqlite3.Connection, number: int) -> Thing:
    ((iri,),) = database.execute(_IRI, (number,))
    said = [
        Said(ROLES[role], language, value)
        for role, language, value in database.execute(_TEXTS, (number,))
    ]
    return Thing(iri, [*KINDS][number // _KIND], said)
