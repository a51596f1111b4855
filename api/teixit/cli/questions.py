"""The commands that answer questions."""

from collections.abc import Sequence
from typing import BinaryIO, Final

import click
from click.shell_completion import CompletionItem
from pyoxigraph import Literal, NamedNode

from teixit import engine, namespaces, parameters, protocol, queries, store
from teixit.cli.terminal import example, language, say
from teixit.errors import QueryError
from teixit.languages import DEFAULT
from teixit.queries import Term

#: A file of a checkout, for the example.
_QUESTION: Final = "ontology/questions/cq01-measures-of-the-line.rq"

_row_format = click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(queries.ROW_FORMATS)),
    default="csv",
    show_default=True,
    help="For SELECT and ASK; CONSTRUCT and DESCRIBE give Turtle.",
)


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


@click.command(
    epilog=example("teixit ask cq55-what-touches-a-district --district district-03"),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("name", type=_QuestionName(), required=False)
@click.argument("given", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PARAMETER=VALUE",
    help="Any value, listed or not: an IRI, a prefixed name such as id:district-03, or text.",
)
@click.option(
    "--example", "as_kept", is_flag=True, help="Give each parameter the value of the kept answer."
)
@_row_format
@language
def ask(  # noqa: PLR0913, PLR0917 - the options of the command
    name: str | None,
    given: Sequence[str],
    settings: Sequence[str],
    as_kept: bool,  # noqa: FBT001 - click's signature
    format_: str,
    lang: str,
) -> None:
    """Answer the question NAME; without a name, list the questions in the language.

    Each parameter of the question is an option: its values are those that the graph lists.
    """
    if name is None:
        for query in queries.catalogue():
            click.echo(f"{query.name}  {query.title[lang]}")
        return
    query = queries.named(name)
    graph, values = store.load(), dict(map(_setting, settings))
    texts = {**(query.examples if as_kept else {}), **_options(given)}
    asked = [one for one in parameters.of(query, graph) if one.name not in values]
    values |= parameters.values(asked, texts)
    say(queries.serialise(query.results(graph, **values), format_))


@click.command(epilog=example(f"teixit query {_QUESTION} --format json"))
@click.argument("file", type=click.File("rb"))
@_row_format
def query(file: BinaryIO, format_: str) -> None:
    """Answer the SPARQL query in FILE; - is standard input."""
    try:
        text = namespaces.rebased(file.read()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{file.name}: not UTF-8 at byte {error.start}") from error
    results = engine.query(store.load(), text, base=protocol.ENDPOINT)
    say(queries.serialise(results, format_))


def _options(given: Sequence[str]) -> dict[str, str]:
    """Read ``--parameter value`` and ``--parameter=value``, as often as they stand there."""
    found: dict[str, str] = {}
    words = iter(given)
    for word in words:
        name, sign, value = word.partition("=")
        if not name.startswith("--"):
            raise click.BadParameter(f"{word!r}: expected --PARAMETER VALUE")
        found[name.removeprefix("--")] = value if sign else next(words, "")
    return found


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
