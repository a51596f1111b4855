"""Bringing in spreadsheets, and the templates to fill in. It needs the extra ``import``."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import click
from pyoxigraph import Store

from teixit import store, validation
from teixit.cli.terminal import say, write
from teixit.errors import FileRefusedError, KnowledgeError
from teixit.importing import tables
from teixit.importing.tables import checking, differences, mapping, templates, wording
from teixit.importing.tables.names import Names
from teixit.importing.tables.problems import as_text
from teixit.languages import in_language

#: Of a table with fewer rows than these nobody needs to be told how far it is.
_LONG: Final = 5000


def bring_in(
    files: tuple[Path, ...], out: Path | None, kind: str | None, lang: str, *, dry_run: bool
) -> None:
    """Read tables, and write the graph of each where all of it passes.

    Raises:
        KnowledgeError: A table is not read, or something in it is wrong; nothing is written.
    """
    for file in files:
        try:
            _bring_in(file, out, kind, lang, dry_run=dry_run)
        except FileRefusedError as error:
            raise KnowledgeError(in_language(error.texts, lang)) from error


def _bring_in(file: Path, out: Path | None, kind: str | None, lang: str, *, dry_run: bool) -> None:
    if kind is not None:
        _kind(kind)
    target = _target(file, out)
    before = target or tables.place_in_data(tables.key_of(file))
    around = [known for known in store.knowledge_files() if not _is_same(known, before)]
    graph = store.load(around)
    table = tables.import_table(file, kind, graph, Progress(lang))
    if table.is_sound:
        _hold_to_the_shapes(table, around)
    click.echo(as_text(table.problems, lang) + table.report(lang), err=True, nl=False)
    if not table.is_sound:
        click.echo(wording.REFUSED[lang], err=True)
        sys.exit(1)
    if dry_run:
        _tell(table, graph, before, lang)
    else:
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
        write(table.trig, target)


def _hold_to_the_shapes(table: tables.Table, around: list[Path]) -> None:
    """Check the graph of a table within all others, before it is anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{table.key}.trig"
        file.write_text(table.trig, "utf-8")
        table.problems += checking.problems(table, validation.check([file], around))


def _tell(table: tables.Table, graph: Store, before: Path, lang: str) -> None:
    found = differences.differences(table, graph, before)
    say(differences.as_text(found, table, Names(graph), lang))
    click.echo(wording.DRY[lang], err=True)


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


def _target(file: Path, out: Path | None) -> Path | None:
    """Give the file to write: *out*, or one in it where that is a folder, or names none yet."""
    if out is None or (out.suffix and not out.is_dir()):
        return out
    return out / f"{tables.key_of(file)}.trig"


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
