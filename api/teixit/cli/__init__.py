"""The command ``teixit``."""

from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

import click

from teixit import __version__
from teixit.cli.terminal import example
from teixit.errors import SettingError, TeixitError

#: Where each command is written. A module is imported when its command is called: the server
#: shall not carry what validation needs, nor a question wait for it.
_MODULES: Final = MappingProxyType(
    {
        "import": "importing",
        "template": "importing",
        "conclude": "knowledge",
        "describe": "knowledge",
        "check": "knowledge",
        "tidy": "keeping",
        "ask": "questions",
        "query": "questions",
        "cite": "citing",
        "serve": "serving",
        "mcp": "assistants",
        "edit": "editing",
        "status": "keeping",
        "release": "keeping",
        "publish": "publication",
        "rollback": "publication",
        "export": "publication",
        "diff": "publication",
        "completion": "terminal",
    }
)


class _Commands(click.Group):
    """The commands; an error that the reader can mend is one line and exit status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _MODULES:
            return None
        try:
            module = import_module(f"teixit.cli.{_MODULES[cmd_name]}")
        except SettingError as error:  # told as click's, since the list of commands comes here too
            raise click.ClickException(str(error)) from error
        command: click.Command = getattr(module, cmd_name.replace("import", "import_"))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn our errors into click's."""
        try:
            return super().invoke(ctx)
        except TeixitError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise  # whoever read has seen enough, and click ends in silence
        except OSError as error:
            raise click.ClickException(f"{error.strerror or error}") from error


@click.group(cls=_Commands, epilog=example("teixit serve"))
@click.version_option(__version__, prog_name="teixit")
def main() -> None:
    """Teixit, the knowledge graph of Barcelona's social and solidarity economy."""
