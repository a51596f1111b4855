"""The commands that keep the files of a checkout."""

import sys
from pathlib import Path

import click

from teixit import paths, trig
from teixit.cli.terminal import FILE, example, write
from teixit.errors import KnowledgeError


@click.command(epilog=example("teixit tidy data/projects.trig"))
@click.argument("files", nargs=-1, type=FILE)
@click.option("--check", is_flag=True, help="Write nothing, and exit with 1 if a file is untidy.")
def tidy(files: tuple[Path, ...], check: bool) -> None:  # noqa: FBT001
    """Write FILES in the one form that our data have: one fact a line, in a fixed order.

    Without any it is all of data/. Comments stay with what they are above; no fact changes.
    """
    untidy = False
    for file in files or sorted(paths.DATA.rglob("*.trig")):
        text = _read(file)
        tidied = trig.tidied(text, file)
        if tidied != text:
            untidy = True
            shipped = file.is_relative_to(paths.ROOT)
            click.echo(file.relative_to(paths.ROOT) if shipped else file)
            if not check:
                write(tidied, file)
    if check and untidy:
        sys.exit(1)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise KnowledgeError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{file}: not UTF-8 at byte {error.start}") from error
