"""The command ``teixit``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import click
from click.shell_completion import CompletionItem, get_completion_class
from pyoxigraph import Literal, NamedNode

from teixit import (
    __version__,
    conclusions,
    findings,
    guard,
    importing,
    namespaces,
    queries,
    store,
    validation,
    web,
)
from teixit.errors import KnowledgeError, QueryError, TeixitError
from teixit.findings import Severity
from teixit.languages import DEFAULT, LANGUAGES
from teixit.queries import Term

_SHELLS: Final = ("bash", "zsh", "fish")
#: Files of a checkout, for the examples.
_PAGE: Final = "data/source/territorialitzacio-i-accio-comunitaria.txt"
_QUESTION: Final = "ontology/questions/cq01-measures-of-the-line.rq"
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


class _Commands(click.Group):
    """The commands; an error that the reader can mend is one line and exit status 1."""

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


class _QuestionName(click.ParamType[str]):
    """The name of a question, completed in the shell."""

    name = "question"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        return [
            CompletionItem(query.name, help=query.title[DEFAULT])
            for query in queries.catalogue()
            if query.name.startswith(incomplete)
        ]


def _example(command: str) -> str:
    """The last paragraph of a help text: an example that runs in a checkout, never wrapped."""
    return f"Example:\n\n\b\n    {command}"


_language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=DEFAULT,
    show_default=True,
    help="The language of the words.",
)
_row_format = click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(queries.ROW_FORMATS)),
    default="csv",
    show_default=True,
    help="For SELECT and ASK; CONSTRUCT and DESCRIBE give Turtle.",
)


@click.group(cls=_Commands, epilog=_example("teixit serve"))
@click.version_option(__version__, prog_name="teixit")
def main() -> None:
    """Teixit, the knowledge graph of Barcelona's social and solidarity economy."""


@main.command("import", epilog=_example(f"teixit import {_PAGE} --out page.trig"))
@click.argument("page", type=_FILE)
@click.option("--out", type=_FILE, help="Write the graph here, instead of standard output.")
@click.option(
    "--plan",
    default=importing.PLAN,
    show_default=True,
    help="The plan that the page belongs to, by the name it has in our IRIs.",
)
def import_(page: Path, out: Path | None, plan: str) -> None:
    """Read a PAGE of the plan, as the city publishes it, and write its graph as TriG.

    What was understood of the page, and which lines were not, is said on standard error.
    """
    if out is not None and out.exists() and out.samefile(page):
        raise KnowledgeError(f"{out}: is the page itself; name another file")
    result = importing.import_page(page, plan)
    _write(result.trig, out)
    click.echo(result.report(), err=True)


@main.command(epilog=_example("teixit conclude --out data/conclusions.trig"))
@click.option("--out", type=_FILE, help="Write the graph here, instead of standard output.")
def conclude(out: Path | None) -> None:
    """Draw the conclusions that the rules of the ontology allow, and write them as TriG."""
    _write(conclusions.conclude(), out)


@main.command(epilog=_example("teixit check data/projects.trig --lang en"))
@click.argument("files", nargs=-1, type=_FILE)
@_language
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "turtle")),
    default="text",
    show_default=True,
    help="Words for people, or JSON or a SHACL report in Turtle for machines.",
)
def check(files: tuple[Path, ...], lang: str, format_: str) -> None:
    """Validate the graph, or FILES within it, against the shapes.

    Exits with status 1 where something violates them.
    """
    found = validation.check(files or None)
    match format_:
        case "json":
            _say(findings.as_json(found, lang))
        case "turtle":
            _say(validation.as_turtle(found))
        case _:
            _say(findings.as_text(found, lang))
    if any(finding.severity is Severity.VIOLATION for finding in found):
        sys.exit(1)


@main.command(epilog=_example("teixit ask cq01-measures-of-the-line"))
@click.argument("name", type=_QuestionName(), required=False)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PARAMETER=VALUE",
    help="A value for a parameter: an IRI, a prefixed name such as id:district-03, or text.",
)
@_row_format
@_language
def ask(name: str | None, settings: Sequence[str], format_: str, lang: str) -> None:
    """Answer the question NAME; without a name, list the questions in the language."""
    if name is None:
        for query in queries.catalogue():
            click.echo(f"{query.name}  {query.title[lang]}")
        return
    query = queries.named(name)
    values = dict(map(_setting, settings))
    _say(queries.serialise(query.results(store.load(), **values), format_))


@main.command(epilog=_example(f"teixit query {_QUESTION} --format json"))
@click.argument("file", type=click.File("rb"))
@_row_format
def query(file: BinaryIO, format_: str) -> None:
    """Answer the SPARQL query in FILE; - is standard input."""
    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{file.name}: not UTF-8 at byte {error.start}") from error
    guard.refuse_federation(text)
    results = queries.evaluate(store.load(), text)
    _say(queries.serialise(results, format_))


@main.command(epilog=_example("teixit serve --port 8080"))
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


@main.command(epilog=_example('eval "$(teixit completion bash)"'))
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes the commands in SHELL."""
    class_ = get_completion_class(shell)
    assert class_ is not None  # noqa: S101 - click has one for each of the shells
    click.echo(class_(main, {}, "teixit", "_TEIXIT_COMPLETE").source())


def _announce(address: str) -> None:
    """Say where to look, once there is something to see."""
    click.echo(f"Teixit {__version__} is ready.")
    click.echo(f"  Start page  {address}/")
    click.echo(f"  SPARQL      {address}/sparql")
    click.echo("Stop it with Ctrl+C.")


def _say(text: str) -> None:
    """Print *text* in UTF-8, whatever the terminal is set to, and nothing after it."""
    click.echo(text.encode("utf-8"), nl=False)


def _write(text: str, out: Path | None) -> None:
    """Write *text* to *out* whole, or not at all; to standard output where there is no *out*."""
    if out is None:
        _say(text)
        return
    try:
        # What is there and no file, such as a pipe, is written to; a file is replaced.
        is_special = out.exists() and not out.is_file()
        with click.open_file(str(out), "w", encoding="utf-8", atomic=not is_special) as stream:
            stream.write(text)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise KnowledgeError(f"{out}: cannot be written: {reason}") from error


def _setting(setting: str) -> tuple[str, Term]:
    """Read ``parameter=value``."""
    parameter, sign, value = setting.partition("=")
    if not sign:
        raise click.BadParameter(f"{setting!r}: expected PARAMETER=VALUE")
    try:
        return parameter, NamedNode(namespaces.expand(value))
    except (KeyError, ValueError):
        pass
    try:
        is_iri = value.startswith(("http://", "https://", "urn:"))
        return parameter, NamedNode(value) if is_iri else Literal(value)
    except ValueError as error:
        raise click.BadParameter(f"{setting!r}: {error}") from error
