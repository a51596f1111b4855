"""The command that serves the graph."""

from functools import partial
from pathlib import Path

import click

from teixit import __version__, releases, web
from teixit.cli import listening
from teixit.cli.terminal import FILE, announce, example
from teixit.errors import KnowledgeError
from teixit.web import Options
from teixit.workers import Limits, Source

_MEBIBYTE = 1 << 20
#: Long queries at a time, where it is another server that answers them.
_FOR_REMOTE = 16


@click.command(epilog=example("teixit serve --port 8080"))
@listening.host
@listening.port(8000)
@click.option(
    "--data",
    type=FILE,
    multiple=True,
    help="An RDF file to serve as it is, in place of what Teixit ships; may be repeated.",
)
@click.option(
    "--store",
    metavar="FOLDER|URL",
    help="Serve what `teixit publish --to` has put there: in a folder, or on a SPARQL server.",
)
@click.option(
    "--releases",
    "kept",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Serve the releases too that `teixit export` has put there, each under its number.",
)
@click.option(
    "--address",
    metavar="URL",
    help="Where the world reaches this server, if not where it listens.",
)
@click.option(
    "--behind",
    metavar="ADDRESS",
    multiple=True,
    help="A proxy of yours, or its network, whose X-Forwarded-For is believed; may be repeated.",
)
@click.option(
    "--allow-service",
    metavar="IRI",
    multiple=True,
    help="Another endpoint that queries may ask by SERVICE; may be repeated.",
)
@listening.time_limit
@click.option(
    "--memory-limit",
    type=click.IntRange(64, 1 << 20),
    default=Limits().memory // _MEBIBYTE,
    show_default=True,
    help="MiB that one query may take, beside the graph.",
)
@click.option(
    "--answer-limit",
    type=click.IntRange(1, 1 << 20),
    default=Limits().answer // _MEBIBYTE,
    show_default=True,
    help="MiB that one answer may have.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    help="Long queries at a time; short ones have workers of their own.  "
    "[default: the processors; 16 where --store is a server]",
)
@click.option("--quiet", is_flag=True, help="Write no line for each request.")
def serve(  # noqa: PLR0913, PLR0917 - one argument for each option
    host: str,
    port: int,
    data: tuple[Path, ...],
    store: str | None,
    kept: Path | None,
    address: str | None,
    behind: tuple[str, ...],
    allow_service: tuple[str, ...],
    time_limit: float,
    memory_limit: int,
    answer_limit: int,
    workers: int | None,
    quiet: bool,  # noqa: FBT001
) -> None:
    """Serve the graph: pages for people, SPARQL for machines.

    Each query runs in a process of its own, within the limits; a heavy one hurts nobody else.
    """
    source = _source(data, store)
    if source.kind == "remote":  # whose workers mostly wait
        workers = workers or _FOR_REMOTE
    limits = Limits(
        seconds=time_limit,
        memory=memory_limit * _MEBIBYTE,
        answer=answer_limit * _MEBIBYTE,
        services=allow_service,
        **({"long": workers} if workers else {}),
    )
    newest = partial(_newest, source.folder) if source.kind == "release" else None
    options = Options(behind=behind, quiet=quiet, address=address, newest=newest, releases=kept)
    web.serve(host, port, source, limits, _announce, options)


def _source(files: tuple[Path, ...], store: str | None) -> Source:
    """Say where the graph is."""
    if files and store:
        raise KnowledgeError("--data and --store: expected one of them")
    if files:
        return Source("files", files=tuple(map(str, files)))
    if store is None:
        return Source()
    if store.startswith(("http://", "https://")):
        return Source("remote", url=store)
    try:
        return _newest(store)
    except KnowledgeError:
        return Source("release", folder=store)  # whose pointer is damaged; a release may be whole


def _newest(folder: str) -> Source:
    """Say which release the folder names as current, for the server to follow it."""
    return Source("release", folder=folder, release=releases.pointed(Path(folder)))


def _announce(address: str) -> None:
    """Say where to look, once there is something to see."""
    announce(
        f"Teixit {__version__} is ready.",
        f"  Start page  {address}/",
        f"  SPARQL      {address}/sparql",
    )
