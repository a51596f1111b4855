"""The command that brings in what others write."""

from pathlib import Path
from typing import Final

import click

from teixit.cli.terminal import FILE, example, write
from teixit.errors import KnowledgeError
from teixit.importing import pages

#: A file of a checkout, for the example.
_PAGE: Final = "data/source/territorialitzacio-i-accio-comunitaria.txt"


@click.command("import", epilog=example(f"teixit import {_PAGE} --out page.trig"))
@click.argument("page", type=FILE)
@click.option("--out", type=FILE, help="Write the graph here, instead of standard output.")
@click.option(
    "--plan",
    default=pages.PLAN,
    show_default=True,
    help="The plan that the page belongs to, by the name it has in our IRIs.",
)
def import_(page: Path, out: Path | None, plan: str) -> None:
    """Read a PAGE of the plan, as the city publishes it, and write its graph as TriG.

    What was understood of the page, and which lines were not, is said on standard error.
    """
    if out is not None and out.exists() and out.samefile(page):
        raise KnowledgeError(f"{out}: is the page itself; name another file")
    result = pages.import_page(page, plan)
    write(result.trig, out)
    click.echo(result.report(), err=True)
