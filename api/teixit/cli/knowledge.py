"""The commands that make the graph and check it."""

import sys
from pathlib import Path

import click

from teixit import conclusions, findings, validation
from teixit.catalogue import questions, void
from teixit.cli.terminal import FILE, example, language, say, write
from teixit.findings import Severity


@click.command(epilog=example("teixit conclude --out data/conclusions.trig"))
@click.option("--out", type=FILE, help="Write the graph here, instead of standard output.")
def conclude(out: Path | None) -> None:
    """Draw the conclusions that the rules of the ontology allow, and write them as TriG."""
    write(conclusions.conclude(), out)


@click.command(epilog=example("teixit describe questions --out data/questions.trig"))
@click.argument("what", type=click.Choice(("questions", "void")))
@click.option("--out", type=FILE, help="Write the graph here, instead of standard output.")
def describe(what: str, out: Path | None) -> None:
    """Describe the questions, or the whole dataset in VoID, as TriG.

    VoID counts what the other files say, the questions too, so it is made last.
    """
    write((questions if what == "questions" else void).describe(), out)


@click.command(epilog=example("teixit check data/projects.trig --lang en"))
@click.argument("files", nargs=-1, type=FILE)
@language
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
            say(findings.as_json(found, lang))
        case "turtle":
            say(validation.as_turtle(found))
        case _:
            say(findings.as_text(found, lang))
    if any(finding.severity is Severity.VIOLATION for finding in found):
        sys.exit(1)
