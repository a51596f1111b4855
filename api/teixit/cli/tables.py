"""Bringing in spreadsheets, and the templates to fill in. It needs the extra ``import``."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
    target = out / f"{tables.key_of(file)}.trig" if out is not None and out.is_dir() else out
    before = target or tables.place_in_data(tables.key_of(file))
    around = [known for known in store.knowledge_files() if not _is_same(known, before)]
    graph = store.load(around)
    table = tables.import_table(file, kind, graph, _progress(lang))
    if table.is_sound:
        _hold_to_the_shapes(table, around)
    click.echo(as_text(table.problems, lang) + table.report(lang), err=True, nl=False)
    if not table.is_sound:
        click.echo(wording.REFUSED[lang], err=True)
        sys.exit(1)
    if dry_run:
        _tell(table, graph, before, lang)
    else:
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


def _progress(lang: str) -> Callable[[int], None]:
    """Say on standard error, once a second, how many rows have been read."""
    last = time.monotonic()

    def tell(rows: int) -> None:
        nonlocal last
        if time.monotonic() - last > 1:
            last = time.monotonic()
            click.echo(wording.CHECKED[lang].format(rows=rows), err=True)

    return tell


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
