"""The command that publishes the graph."""

from functools import partial
from pathlib import Path

import click

from teixit import exporting, publishing
from teixit.cli.terminal import FILE, example, language, say
from teixit.errors import ReleaseError
from teixit.exporting.changes import Changes, Edition
from teixit.exporting.forms import FORMATS


@click.command(epilog=example("teixit publish --to releases"))
@click.argument("files", nargs=-1, type=FILE)
@click.option(
    "--to",
    metavar="FOLDER|URL",
    required=True,
    help="A folder of releases, or the address for queries of a SPARQL 1.1 server.",
)
@click.option("--unchecked", is_flag=True, help="Leave the shapes aside, which are Teixit's own.")
@click.option("--force", is_flag=True, help="Even if more than half of the statements are gone.")
@click.option(
    "--keep",
    type=click.IntRange(2),
    default=publishing.KEPT,
    show_default=True,
    help="Releases that stay in the folder, the new one among them.",
)
def publish(
    files: tuple[Path, ...],
    to: str,
    unchecked: bool,  # noqa: FBT001
    force: bool,  # noqa: FBT001
    keep: int,
) -> None:
    """Check the graph and put it where `teixit serve --store` serves it.

    The graph is all that Teixit ships, or the RDF FILES as they are. It is made beside the one
    before and takes its place at once; a server that runs goes over to it by itself. The name and
    password for a URL stand in TEIXIT_STORE_USER and TEIXIT_STORE_PASSWORD, or in ~/.netrc.
    """
    wanted = publishing.Wanted(files=files, unchecked=unchecked, force=force, keep=keep)
    if to.startswith(("http://", "https://")):
        report = publishing.publish_to_server(wanted, to, say=partial(click.echo, err=True))
        click.echo(f"{report.statements} statements in {report.graphs} graphs, by {report.way}")
        for sentence in report.unsure:
            click.echo(f"Not sure: {sentence}")
        return
    release = publishing.publish(wanted, Path(to))
    click.echo(f"{to}: {release.name}, {release.manifest.quads} statements")


@click.command(epilog=example("teixit rollback releases"))
@click.argument("folder", metavar="FOLDER")
@click.option("--to", metavar="NAME", help="The release to serve, instead of the one before.")
def rollback(folder: str, to: str | None) -> None:
    """Serve again the release of FOLDER that was served before the one that is served now.

    It is looked at to the last byte, and takes the place of the other at once; a server that runs
    goes over to it by itself. Nothing is removed, so --to leads forward again. A SPARQL server
    holds what was published last and no more: there, publish again from the files as they were.
    """
    if folder.startswith(("http://", "https://")):
        raise ReleaseError(
            f"{folder}: a SPARQL server keeps no release but the last; go back to the files of the"
            f" one before, as with git checkout vX.Y.Z, and teixit publish --to {folder}"
        )
    release = publishing.roll_back(Path(folder), to)
    click.echo(f"{folder}: {release.name}, {release.manifest.quads} statements")


@click.command(epilog=example("teixit export exported/0.1.0 --without-parquet"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=FILE)
@click.option("--without-parquet", is_flag=True, help="Leave Parquet out, which needs pyarrow.")
def export(folder: Path, files: tuple[Path, ...], without_parquet: bool) -> None:  # noqa: FBT001
    """Write whole files of the graph, and a manifest of their hashes, into DIR.

    The graph is all that Teixit ships, or the RDF FILES as they are: N-Quads, TriG, Turtle,
    JSON-LD, RDF/XML, a table for each class, the ontology, the shapes and the questions. The
    same data give the same bytes. `teixit serve --releases` serves such folders.
    """
    contents = exporting.export(folder, files, parquet=not without_parquet)
    said = f"version {contents.version}, {contents.statements} statements"
    click.echo(f"{folder}: {said}, {len(contents.files)} files")


@click.command(epilog=example("teixit diff data/plan.trig data/projects.trig --lang en"))
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@language
@click.option(
    "--format",
    "format_",
    type=click.Choice(["words", "trig", "nq"]),
    default="words",
    show_default=True,
    help="Words, or what was added and removed as two named graphs.",
)
def diff(before: Path, after: Path, lang: str, format_: str) -> None:
    """Say what changed from A to B, each a folder that `teixit export` wrote or an RDF file."""
    changes = Changes(Edition.read(before), Edition.read(after))
    if format_ == "words":
        say(changes.words(lang))
    else:
        say(changes.graphs(FORMATS[format_]).decode())
