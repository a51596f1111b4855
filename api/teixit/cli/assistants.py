"""The command that serves assistants."""

import click

from teixit.cli import listening
from teixit.cli.terminal import announce, example
from teixit.errors import SettingError
from teixit.library.opening import source_of
from teixit.workers import Limits

_MEBIBYTE = 1 << 20
#: What an assistant reads is short; a query that gives more than this was not meant for it.
_ANSWER = 16 * _MEBIBYTE


@click.command(epilog=example("teixit mcp --http --port 8001"))
@click.argument("places", nargs=-1, metavar="[FILE...|FOLDER|URL]")
@click.option(
    "--http",
    "over_http",
    is_flag=True,
    help="Serve over HTTP at --host and --port, in place of the pipes.",
)
@listening.host
@listening.port(8001)
@click.option(
    "--address",
    metavar="URL",
    help="With --http: where the world reaches this server, if not where it listens.",
)
@listening.time_limit
def mcp(  # noqa: PLR0913, PLR0917 - one argument for each option
    places: tuple[str, ...],
    over_http: bool,  # noqa: FBT001
    host: str,
    port: int,
    address: str | None,
    time_limit: float,
) -> None:
    """Let assistants ask the graph, by the Model Context Protocol.

    The graph is the one that Teixit ships, or what is named: RDF files, a folder that `teixit
    publish` has put releases in, or the address of a SPARQL endpoint. The assistant starts the
    command and speaks with it over pipes; with --http it is reached at /mcp.
    """
    try:
        from teixit.assistants import serving  # noqa: PLC0415 - a second, and not everybody has it
    except ImportError as error:
        raise SettingError("assistants need the extra mcp: pip install 'teixit[mcp]'") from error
    source, limits = source_of(places), Limits(seconds=time_limit, answer=_ANSWER)
    if not over_http:
        serving.over_pipes(source, limits)
        return
    serving.over_http(source, limits, (host, port), address, _announce)


def _announce(address: str) -> None:
    """Say where assistants find it."""
    announce(f"MCP         {address}")
