"""What all commands share: how they speak, and the completion of the shell."""

from pathlib import Path
from typing import Final

import click
from click.shell_completion import get_completion_class

from teixit.errors import KnowledgeError
from teixit.languages import DEFAULT, LANGUAGES

_SHELLS: Final = ("bash", "zsh", "fish")

#: A file, which need not be there.
FILE: Final = click.Path(path_type=Path, dir_okay=False)

language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=DEFAULT,
    show_default=True,
    help="The language of the words.",
)


def example(command: str) -> str:
    """Give the last paragraph of a help text: an example that runs in a checkout, never wrapped."""
    return f"Example:\n\n\b\n    {command}"


def announce(*lines: str) -> None:
    """Say where something is served, and how it is ended."""
    for line in (*lines, "Stop it with Ctrl+C."):
        click.echo(line)


def say(text: str) -> None:
    """Print *text* in UTF-8, whatever the terminal is set to, and nothing after it."""
    click.echo(text.encode("utf-8"), nl=False)


def write(content: str | bytes, out: Path | None) -> None:
    """Write *content* to *out* whole, or not at all; to standard output where there is no *out*.

    A text is written in UTF-8.

    Raises:
        KnowledgeError: *out* cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        # What is there and no file, such as a pipe, is written to; a file is replaced.
        is_special = out.exists() and not out.is_file()
        with click.open_file(str(out), "wb", atomic=not is_special) as stream:
            stream.write(data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise KnowledgeError(f"{out}: cannot be written: {reason}") from error


@click.command(epilog=example('eval "$(teixit completion bash)"'))
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes the commands in SHELL."""
    class_ = get_completion_class(shell)
    assert class_ is not None  # noqa: S101 - click has one for each of the shells
    click.echo(class_(ctx.find_root().command, {}, "teixit", "_TEIXIT_COMPLETE").source())
