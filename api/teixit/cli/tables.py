"""Bringing in spreadsheets, and the templates to fill in. It needs the extra ``import``."""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
from pyoxigraph import Store

from teixit import store, validation
from teixit.cli.terminal import say, write
from teixit.errors import FileRefusedError, KnowledgeError
from teixit.importing import tables
from teixit.importing.tables import checking, differences, mapping, marking, templates, wording
from teixit.importing.tables.names import Names
from teixit.importing.tables.problems import as_text
from teixit.languages import in_language

#: Of a table with fewer rows than these nobody needs to be told how far it is.
_LONG: Final = 5000


@dataclass(frozen=True)
class Choice:
    """What was asked for.

    Attributes:
        out: Where to write; None for standard output.
        kind: What the tables are of; None to tell it by their headings.
        sheet: The one sheet to read; None for all that are tables.
        marked: The workbook to write, in which the wrong cells are marked, if any.
        lang: The language of the words.
        dry_run: Whether to say what would change, and write no graph.
    """

    out: Path | None
    kind: str | None
    sheet: str | None
    marked: Path | None
    lang: str
    dry_run: bool


@dataclass(frozen=True)
class _Brought:
    """A table, what is known without it, and the file that it had, or would have, in the data."""

    table: tables.Table
    graph: Store
    before: Path


def bring_in(files: tuple[Path, ...], choice: Choice) -> None:
    """Read tables, and write the graph of each where all of all of them passes.

    Raises:
        KnowledgeError: A table is not read, or something in it is wrong; nothing is written.
    """
    if choice.kind is not None:
        _kind(choice.kind)
    brought: list[_Brought] = []
    for file in files:
        try:
            brought += _read(file, choice)
        except FileRefusedError as error:
            raise KnowledgeError(in_language(error.texts, choice.lang)) from error
    for one in brought:
        told = as_text(one.table.problems, choice.lang) + one.table.report(choice.lang)
        click.echo(told, err=True, nl=False)
    _say_unread(brought, choice.lang)
    if choice.marked is not None:
        write(marking.as_xlsx([one.table for one in brought], choice.lang), choice.marked)
    if not all(one.table.is_sound for one in brought):
        click.echo(wording.REFUSED[choice.lang], err=True)
        sys.exit(1)
    if choice.dry_run:
        _tell(brought, choice.lang)
    else:
        _write(brought, choice.out)


def _read(file: Path, choice: Choice) -> Iterator[_Brought]:
    """Read the tables of a file, and hold them to the shapes."""
    progress = Progress(choice.lang)
    book = tables.read(file, progress)
    for part in tables.parts(book, tables.key_of(file), choice.kind, choice.sheet):
        before = _target(part.key, choice.out) or tables.place_in_data(part.key)
        around = [known for known in store.knowledge_files() if not _is_same(known, before)]
        graph = store.load(around)
        table = tables.understood(book, part, graph, progress)
        if table.is_sound:
            _hold_to_the_shapes(table, around)
        yield _Brought(table, graph, before)


def _hold_to_the_shapes(table: tables.Table, around: list[Path]) -> None:
    """Check what a table says within all that others say, before it is anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{table.key}.trig"
        file.write_text(table.written(table.claims), "utf-8")
        table.problems += checking.problems(table, validation.check([file], around))


def _say_unread(brought: list[_Brought], lang: str) -> None:
    """Say of which sheets nothing was read."""
    read = {id(one.table.sheet) for one in brought}
    books = {id(one.table.book): one.table.book for one in brought}
    for book in books.values():
        for sheet in book.sheets:
            if id(sheet) not in read:
                click.echo(wording.UNREAD[lang].format(sheet=sheet.name), err=True)


def _tell(brought: list[_Brought], lang: str) -> None:
    for one in brought:
        found = differences.differences(one.table, one.graph, one.before)
        say(differences.as_text(found, one.table, Names(one.graph), lang))
    click.echo(wording.DRY[lang], err=True)


def _write(brought: list[_Brought], out: Path | None) -> None:
    targets = [_target(one.table.key, out) for one in brought]
    if len({*targets}) < len(targets) and out is not None:
        raise KnowledgeError(f"{out}: several tables; name a folder, or one sheet with --sheet")
    for one, target in zip(brought, targets, strict=True):
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
        write(one.table.trig, target)


class Progress:
    """Says on standard error how many rows of a long table have been read.

    Args:
        lang: The language to say it in.
        every: How many seconds pass between one time and the next.
    """

    def __init__(self, lang: str, every: float = 1.0) -> None:
        self._lang, self._every = lang, every
        self._last = time.monotonic()

    def __call__(self, rows: int) -> None:
        """Be told how many rows have been read."""
        if rows >= _LONG and time.monotonic() - self._last >= self._every:
            self._last = time.monotonic()
            click.echo(wording.CHECKED[self._lang].format(rows=rows), err=True)


def _target(key: str, out: Path | None) -> Path | None:
    """Give the file to write: *out*, or one in it where that is a folder, or names none yet."""
    if out is None or (out.suffix and not out.is_dir()):
        return out
    return out / f"{key}.trig"


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def make_template(kind: str, out: Path, lang: str) -> None:
    """Write an empty table of a kind to *out*.

    Raises:
        KnowledgeError: There is no such kind or format, or it cannot be written.
    """
    content = templates.write(_kind(kind), Names(store.load()), lang, out)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise KnowledgeError(f"{out}: cannot be written: {error.strerror}") from error


def _kind(name: str) -> mapping.Kind:
    kinds = mapping.kinds()
    if name not in kinds:
        raise KnowledgeError(f"{name}: no kind of table; expected one of {', '.join(kinds)}")
    return kinds[name]
