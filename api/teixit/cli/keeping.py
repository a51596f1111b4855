"""The commands that keep the files of a checkout."""

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from teixit import paths, trig
from teixit.cli.terminal import FILE, example, language, say, write
from teixit.errors import KnowledgeError
from teixit.releasing import making
from teixit.releasing import status as statuses

_exported = click.option(
    "--exported",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=paths.ROOT / "exported",
    show_default="exported, in the clone",
    help="Where the exported releases are kept, each under its number.",
)


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


@click.command(epilog=example("teixit status --lang en"))
@language
@_exported
@click.option(
    "--format",
    "format_",
    type=click.Choice(("words", "json")),
    default="words",
    show_default=True,
    help="Words for people, or JSON for programs.",
)
def status(lang: str, exported: Path, format_: str) -> None:
    """Say what differs from the last release, and what is to be done before the next.

    The last release is the newest tag vX.Y.Z of Git, or the newest exported one. Exits with
    status 1 where something is in the way of a release.
    """
    found = statuses.examine(paths.ROOT, exported)
    say(found.as_json() if format_ == "json" else found.words(lang))
    if found.hindrances:
        sys.exit(1)


@click.command(epilog=example("teixit release 0.2.0 --commit"))
@click.argument("version", metavar="X.Y.Z")
@_exported
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: f"{datetime.now(UTC):%Y-%m-%d}",
    show_default="today",
    help="The day that the release bears.",
)
@click.option("--without-parquet", is_flag=True, help="Leave Parquet out, which needs pyarrow.")
@click.option("--commit", is_flag=True, help="Commit what has changed, and tag it vX.Y.Z.")
def release(
    version: str,
    exported: Path,
    day: datetime,
    without_parquet: bool,  # noqa: FBT001
    commit: bool,  # noqa: FBT001
) -> None:
    """Make the release X.Y.Z of a clone in which all is committed: all of it, or nothing.

    The version and its day are written where they stand, the made files are made anew, the
    shapes and the answers are checked, and the release is exported. It all happens in a copy;
    the files take their places at the end. Nothing is sent anywhere.
    """
    wanted = making.Wanted(
        version, f"{day:%Y-%m-%d}", exported, parquet=not without_parquet, commit=commit
    )
    for file in making.release(paths.ROOT, wanted, partial(click.echo, err=True)):
        click.echo(file)
    if commit:
        click.echo(f"Committed, and tagged v{version}. Next: git push --follow-tags", err=True)
    else:
        said = f'git commit -am "Release {version}" && git tag -am "Release {version}" v{version}'
        click.echo(f"Next: {said}", err=True)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise KnowledgeError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{file}: not UTF-8 at byte {error.start}") from error
