"""The index, made of statements."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from importlib import resources
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from teixit.searching import words
from teixit.searching.contents import KINDS, ROLES, SELECTOR, TEXTS, TYPE, sort_of

#: So much of one text is searched, in characters, and so many texts of one thing.
_LONGEST: Final = 10_000
_MOST: Final = 300
#: So many statements are written at a time.
_CHUNK: Final = 10_000
_COLUMNS: Final = ROLES[:3]


class Statement(NamedTuple):
    """What is said of a thing: the IRIs of the thing and the property, and the IRI or the text."""

    subject: str
    property: str
    value: str
    language: str | None = None


def build(statements: Iterable[Statement], file: Path, version: str) -> None:
    """Write the index of *statements* into *file*, which must not be there yet.

    Args:
        statements: Those of other properties than :data:`~teixit.searching.contents.TEXTS`, types
            and selectors are passed over. They are read once, and may be more than memory holds.
        file: Where it is written to.
        version: That of the data.

    Raises:
        sqlite3.Error: The file cannot be written.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        # Nobody reads it before it is whole, and what is cut short is thrown away.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        database.executescript(_script("gathered"))
        database.execute("BEGIN")
        _gather(database, statements)
        _number(database)
        database.execute("INSERT INTO version VALUES (?)", (version,))
        _fill(database)
        database.execute("INSERT INTO found (found) VALUES ('optimize')")
        database.execute("COMMIT")


def _script(name: str) -> str:
    return (resources.files(__package__) / f"{name}.sql").read_text("utf-8")


def _gather(database: sqlite3.Connection, statements: Iterable[Statement]) -> None:
    """Take down what the statements say."""
    following = iter(statements)
    while chunk := list(islice(following, _CHUNK)):
        heard = [
            (one.subject, ROLES.index(TEXTS[one.property]), one.language, one.value[:_LONGEST])
            for one in chunk
            if one.property in TEXTS
        ]
        sorts = [
            (one.subject, one.value, *sort_of(one.value)) for one in chunk if one.property == TYPE
        ]
        parts = [(one.value, one.subject) for one in chunk if one.property == SELECTOR]
        database.executemany("INSERT INTO heard VALUES (?, ?, ?, ?)", heard)
        database.executemany("INSERT INTO sort VALUES (?, ?, ?, ?, ?, ?)", sorts)
        database.executemany("INSERT INTO part VALUES (?, ?)", parts)


def _number(database: sqlite3.Connection) -> None:
    """Give each thing its number, and the texts to their things."""
    bound = {"last": len(KINDS) - 1, "title": ROLES.index("title"), "most": _MOST}
    for step in _script("numbered").split(";"):
        if step.strip():
            database.execute(step, bound)


def _fill(database: sqlite3.Connection) -> None:
    """Write the words of each thing into the index."""
    rows = database.execute("SELECT thing, role, value FROM said ORDER BY rowid")
    called = dict(database.execute("SELECT thing, name FROM called"))
    things = map(_folded, groupby(rows, key=itemgetter(0)))
    while chunk := list(islice(things, _CHUNK)):
        database.executemany(
            "INSERT INTO found (rowid, name, other, text, kind) VALUES (?, ?, ?, ?, ?)",
            [(one.thing, *one.columns, _plain(called.get(one.thing, ""))) for one in chunk],
        )
        database.executemany(
            "INSERT OR IGNORE INTO exact VALUES (?, ?)",
            [(key, one.thing) for one in chunk for key in one.keys],
        )


class _Folded(NamedTuple):
    """The words of a thing by role, and what its names are found by as a whole."""

    thing: int
    columns: Sequence[str]
    keys: AbstractSet[str]


def _folded(group: tuple[int, Iterator[tuple[int, int, str]]]) -> _Folded:
    """Read the texts of one thing."""
    thing, rows = group
    texts = [(role, value) for _, role, value in rows]
    columns = [
        " ".join(_plain(value) for role, value in texts if role == column)
        for column in range(len(_COLUMNS))
    ]
    keys = {words.key(value) for role, value in texts if role < _COLUMNS.index("text")}
    return _Folded(thing, columns, keys - {""})


def _plain(text: str) -> str:
    return " ".join(word.folded for word in words.words(text))
