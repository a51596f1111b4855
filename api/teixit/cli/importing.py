"""The command that brings in what others write."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

import click
from pyoxigraph import RdfFormat, parse

from teixit import paths, store
from teixit.cli.terminal import FILE, example, language, say, write
from teixit.errors import KnowledgeError
from teixit.exporting.changes import Changes, Edition
from teixit.importing import pages
from teixit.importing.pages import versions
from teixit.importing.pages.lexicon import known_names

#: A file of a checkout, for the example.
_PAGE: Final = "data/source/territorialitzacio-i-accio-comunitaria.txt"
#: What pages of plans end in; all else is read, or refused, as a table.
_PAGES: Final = frozenset({"", ".htm", ".html", ".txt", ".xhtml"})


@click.command("import", epilog=example(f"teixit import {_PAGE} --out page.trig"))
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write the graph here, or into this folder a file for each page; else to standard output.",
)
@click.option(
    "--plan",
    help="The plan that the pages belong to, by the name it has in our IRIs; for pages of lines of"
    f" work {pages.PLAN} by default, for those of a district's plan pde- and the district.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change in the graph; write nothing.")
@click.option(
    "--against", type=FILE, metavar="OLD", help="Say how one page differs from its version OLD."
)
@click.option(
    "--as", "kind", metavar="KIND", help="What a spreadsheet is of; told by its headings else."
)
@click.option("--sheet", metavar="NAME", help="Read this sheet of a workbook alone.")
@click.option(
    "--marked",
    type=FILE,
    metavar="XLSX",
    help="Write the tables here as a workbook, each wrong cell coloured and explained.",
)
@language
def import_(  # noqa: PLR0913, PLR0917 - an argument for each option
    files: tuple[Path, ...],
    out: Path | None,
    plan: str | None,
    dry_run: bool,  # noqa: FBT001
    against: Path | None,
    kind: str | None,
    sheet: str | None,
    marked: Path | None,
    lang: str,
) -> None:
    """Read pages of plans, or spreadsheets, and write their graph as TriG.

    FILES are the texts of pages, or pages as a browser saves them (.html). Pages of one plan are
    best read together: their measures are numbered through, and what they name alike is one thing.
    What was understood of each, and which lines were not, is said on standard error.

    Or they are tables (.xlsx, .ods, .csv) of projects, organisations, places or other kinds, as
    “teixit template” makes them: all sheets of a workbook that have such headings. Nothing is
    written unless all of all tables passes.
    """
    if out is not None and any(out.exists() and out.samefile(file) for file in files):
        raise KnowledgeError(f"{out}: is the page itself; name another file")
    if not any(file.suffix.lower() in _PAGES for file in files):
        commands = _tables()
        commands.bring_in(files, commands.Choice(out, kind, sheet, marked, lang, dry_run))
        return
    if against is not None:
        _tell_versions(files, against, plan, lang)
        return
    result = pages.import_pages(files, plan)
    if dry_run:
        _tell_changes(_targets(result, out or paths.PAGES), lang)
    elif out is None:
        say(result.trig)
    else:
        targets = _targets(result, out)
        if out not in targets:
            out.mkdir(exist_ok=True)
        for target, trig in targets.items():
            write(trig, target)
    click.echo(result.report(), err=True)


def _targets(result: pages.Imported, out: Path) -> dict[Path, str]:
    """Give what is to be written, by where: into one file, or one for each page into a folder.

    A name without an end, such as ``pages``, is that of a folder where several files come out.
    """
    if not out.is_dir() and (out.exists() or out.suffix or len(result.files) == 1):
        return {out: result.trig}
    return {out / f"{name}.trig": trig for name, trig in result.files.items()}


def _tell_versions(files: tuple[Path, ...], old: Path, plan: str | None, lang: str) -> None:
    if len(files) != 1:
        raise KnowledgeError(f"--against {old}: expected one page to compare with it")
    before, after = pages.read(old, plan), pages.read(files[0], plan)
    if type(before) is not type(after):
        raise KnowledgeError(f"{old}: is a page of another template than {files[0]}")
    say(versions.words(versions.compare(before, after, known_names()), lang))


def _tell_changes(targets: Mapping[Path, str], lang: str) -> None:
    """Say what writing *targets*, TriG by its file, would change in those files."""
    for target, trig in targets.items():
        before = Edition.of(str(target), store.read(target) if target.exists() else [])
        after = Edition.of(target.stem, parse(trig, RdfFormat.TRIG))
        say(Changes(before, after).words(lang))


@click.command(epilog=example("teixit template projects --lang en --out projects.xlsx"))
@click.argument(
    "kind", type=click.Choice(sorted(file.stem for file in paths.MAPPINGS.glob("*.json")))
)
@click.option("--out", type=FILE, required=True, help="The file to write: .xlsx, or .csv.")
@language
def template(kind: str, out: Path, lang: str) -> None:
    """Write an empty table of KIND, to fill in and to import.

    A workbook has lists to choose from, and a sheet that explains each column.
    """
    _tables().make_template(kind, out, lang)


def _tables() -> ModuleType:
    """Load what brings in tables, or say what to install.

    Raises:
        KnowledgeError: The libraries of the extra ``import`` are not installed.
    """
    try:
        return import_module("teixit.cli.tables")
    except ModuleNotFoundError as error:
        raise KnowledgeError(f"tables need {error.name}: pip install 'teixit[import]'") from error
