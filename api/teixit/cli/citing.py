"""The command that cites an answer, and says whether it is still the same."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click

from teixit import __version__, citing, namespaces, protocol, queries, store
from teixit.citing import Cited
from teixit.citing.addresses import DIGITS
from teixit.cli.terminal import example, language, say
from teixit.errors import KnowledgeError, QueryError
from teixit.exporting import forms
from teixit.exporting.release import dates
from teixit.web import citing_pages
from teixit.web.texts import messages
from teixit.web.verifying import Served, Word


@click.command(epilog=example("teixit cite cq01-measures-of-the-line --format bibtex"))
@click.argument("question", metavar="QUESTION|FILE|ADDRESS")
@click.option("--check", is_flag=True, help="Say whether the answer cited by ADDRESS is the same.")
@language
@click.option(
    "--format",
    "format_",
    type=click.Choice(["words", "address", "bibtex", "csl"]),
    default="words",
    show_default=True,
    help="Sentences in three styles, the permanent address alone, BibTeX or CSL-JSON.",
)
def cite(question: str, check: bool, lang: str, format_: str) -> None:  # noqa: FBT001
    """Say how the answer to QUESTION, or to the SPARQL query in FILE, is cited.

    The address says by which release it was answered, when, and by what it can be told whether
    it is the same. With --check, an answer that is not ends with status 1.
    """
    if check:
        _check(question, lang)
        return
    text = _text(question)
    served = _served()
    day = datetime.now(UTC).date().isoformat()
    cited = Cited(text, served.release, served.data, day, _sha256(protocol.Operation(text)))
    said = citing_pages.referred(cited, served, namespaces.BASE[:-1], None, lang)
    match format_:
        case "address":
            click.echo(said.address)
        case "bibtex":
            say(said.bibtex())
        case "csl":
            say(said.csl())
        case _:
            for name, style in citing_pages.STYLES.items():
                click.echo(f"{messages(lang)[name]}: {citing_pages.styled(said, style, lang)}\n")


def _check(address: str, lang: str) -> None:
    """Ask again what is cited by *address*."""
    fields = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    cited = Cited.read(fields)
    asked = protocol.operation(protocol.Request(parameters=cited.asked))
    is_same, is_here = _sha256(asked) == cited.sha256, _served().data == cited.data
    word: Word = "altered" if is_here else "lost"
    if is_same:
        word = "same" if is_here else "unchanged"
    click.echo(messages(lang)[citing_pages.SAID[word]])
    if not is_same:
        click.get_current_context().exit(1)


def _text(question: str) -> str:
    """Read the query that is meant: a file, or a question of ours."""
    file = Path(question)
    if not file.exists():
        return queries.named(question).text
    try:
        return namespaces.rebased(file.read_bytes()).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file}: cannot be read as a query in UTF-8: {error}") from error


def _sha256(asked: protocol.Operation) -> str:
    found = protocol.evaluate(store.load(), asked)
    if not found.deterministic:
        raise QueryError(messages("en")["cite.fleeting"])
    return citing.settled(found, asked.query).sha256


def _served() -> Served:
    """Say what Teixit ships, as a release of it would say."""
    quads = [quad for file in store.knowledge_files() for quad in store.read(file)]
    _, modified = dates(quads)
    return Served(__version__, forms.rdfc10(quads)[:DIGITS], modified, ours=True)
