"""The command that serves the form."""

from pathlib import Path

import click

from teixit import paths
from teixit.cli import listening
from teixit.cli.terminal import announce, example
from teixit.web import editing


@click.command(epilog=example("teixit edit --port 8010"))
@listening.port(8010)
@click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder data/ to write to.  [default: that of this installation]",
)
def edit(port: int, folder: Path | None) -> None:
    """Change projects and organisations by a form, on this computer alone.

    What is typed is held to the shapes and written to data/, ready to be committed; it is never
    committed by itself, and no other computer is answered.
    """
    editing.serve(port, (folder or paths.DATA).resolve(), _announce)


def _announce(address: str) -> None:
    announce(f"The form is at {address}/")
