"""The commands that publish the graph and serve it."""

import click

from teixit import __version__, store, web
from teixit.cli.terminal import example


@click.command(epilog=example("teixit serve --port 8080"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes a free one.",
)
def serve(host: str, port: int) -> None:
    """Serve the graph: pages for people, SPARQL for machines.

    It is made for this machine: a query has no limit of time or memory yet.
    """
    web.serve(host, port, store.load(), _announce)


def _announce(address: str) -> None:
    """Say where to look, once there is something to see."""
    click.echo(f"Teixit {__version__} is ready.")
    click.echo(f"  Start page  {address}/")
    click.echo(f"  SPARQL      {address}/sparql")
    click.echo("Stop it with Ctrl+C.")
