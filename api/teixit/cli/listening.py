"""What those commands can be told that answer others: where they listen, and for how long."""

from collections.abc import Callable
from typing import Any, Final

import click

from teixit.workers import Limits

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

host: Final[Option] = click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on."
)
time_limit: Final[Option] = click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 3600),
    default=Limits().seconds,
    show_default=True,
    help="Seconds from a query to its answer.",
)


def port(default: int) -> Option:
    """Ask for a port; where none is named it is *default*."""
    return click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=default,
        show_default=True,
        help="The port to listen on; 0 takes a free one.",
    )
