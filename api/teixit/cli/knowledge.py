"""The commands that make the graph and check it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from teixit import conclusions, findings, validation
from teixit.catalogue import questions, void
from teixit.cli.terminal import FILE, example, language, write
from teixit.findings import Finding, Severity
from teixit.findings.sarif import as_sarif
from teixit.findings.workbook import as_xlsx


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
    type=click.Choice(("text", "json", "turtle", "sarif", "xlsx")),
    default="text",
    show_default=True,
    help="Words or a workbook for people; JSON, SARIF or a SHACL report in Turtle for machines.",
)
@click.option("--out", type=FILE, help="Write here, instead of standard output.")
def check(files: tuple[Path, ...], lang: str, format_: str, out: Path | None) -> None:
    """Validate the graph, or FILES within it, against the shapes.

    What is best mended first comes first. Exits with status 1 where something violates the shapes.
    """
    found = validation.check(files or None)
    write(_told(found, lang, format_), out)
    if any(finding.severity is Severity.VIOLATION for finding in found):
        sys.exit(1)


def _told(found: Sequence[Finding], language: str, format_: str) -> str | bytes:
    match format_:
        case "json":
            return findings.as_json(found, language)
        case "turtle":
            return validation.as_turtle(found)
        case "sarif":
            return as_sarif(found, language)
        case "xlsx":
            return as_xlsx(found, language)
        case _:
            return findings.as_text(found, language)
