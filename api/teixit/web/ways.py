"""The ways in: a page for each, with what to type; and the one for assistants that read the web.

What is to be typed stands in files of its own, one for each piece, which the tests run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from teixit import namespaces
from teixit.discovery.sitemaps import Page
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.site import site

blueprint = Blueprint("ways", __name__)

#: Where the pieces find the service when they are run as they stand.
_HERE: Final = "http://127.0.0.1:8000"
#: What stands for the address of a table in a piece.
_TABLE: Final = "{address}"


@dataclass(frozen=True, slots=True)
class Piece:
    """What there is to type.

    Args:
        name: Of its file, without what that ends with.
        title: The key of what it is called.
        how: The key of what is said about it.
        is_tried: Whether the tests run it; else they only ask for the address in it.
    """

    name: str
    title: str
    how: str
    is_tried: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """A way in.

    Args:
        title: The key of what it is called.
        hint: The key of what it is for.
        pieces: What there is to type, in order.
    """

    title: str
    hint: str
    pieces: Sequence[Piece]


WAYS: Final[Mapping[str, Way]] = {
    "python": Way(
        "use.python",
        "use.python_hint",
        (
            Piece("python-endpoint", "use.python_endpoint", "use.python_endpoint_how"),
            Piece("python-library", "use.python_library", "use.python_library_how"),
        ),
    ),
    "r": Way(
        "use.r",
        "use.r_hint",
        (Piece("r-table", "use.r_table", "use.r_table_how"),),
    ),
    "terminal": Way(
        "use.terminal",
        "use.terminal_hint",
        (
            Piece("terminal-curl", "use.terminal_curl", "use.terminal_curl_how"),
            Piece("terminal-teixit", "use.terminal_teixit", "use.terminal_teixit_how"),
        ),
    ),
    "spreadsheet": Way(
        "use.spreadsheet",
        "use.spreadsheet_hint",
        (
            Piece(
                "spreadsheet-address",
                "use.spreadsheet_address",
                "use.spreadsheet_address_how",
                is_tried=False,
            ),
            Piece(
                "spreadsheet-excel",
                "use.spreadsheet_excel",
                "use.spreadsheet_excel_how",
                is_tried=False,
            ),
            Piece(
                "spreadsheet-google",
                "use.spreadsheet_google",
                "use.spreadsheet_google_how",
                is_tried=False,
            ),
        ),
    ),
    "bi": Way(
        "use.bi",
        "use.bi_hint",
        (
            Piece("bi-duckdb", "use.bi_duckdb", "use.bi_duckdb_how"),
            Piece("bi-address", "use.bi_address", "use.bi_address_how", is_tried=False),
        ),
    ),
    "assistant": Way(
        "use.assistant",
        "use.assistant_hint",
        (
            Piece("assistant-pipes", "use.assistant_pipes", "use.assistant_pipes_how"),
            Piece("assistant-http", "use.assistant_http", "use.assistant_http_how"),
        ),
    ),
}


@blueprint.get(f"/{showing.LANGUAGE}/use")
def ways(language: str) -> str:
    """Show all ways in."""
    return render_template(
        "ways/all.html",
        addresses={tag: url_for("ways.ways", language=tag) for tag in LANGUAGES},
        canonical=site().address + url_for("ways.ways", language=language),
        ways=WAYS,
    )


@blueprint.get(f"/{showing.LANGUAGE}/use/<way>")
def one(language: str, way: str) -> str:
    """Show one way in.

    Raises:
        NotFound: There is no such way.
    """
    if way not in WAYS:
        raise NotFound
    return render_template(
        "ways/one.html",
        addresses={tag: url_for("ways.one", language=tag, way=way) for tag in LANGUAGES},
        canonical=site().address + url_for("ways.one", language=language, way=way),
        pieces={piece: typed(piece, _base()) for piece in WAYS[way].pieces},
        way=WAYS[way],
        ways=WAYS,
    )


@blueprint.get("/llms.txt")
def for_assistants() -> Response:
    """Tell who reads the web for somebody how to use the site (llmstxt.org)."""
    found = site()
    base = _base()
    written = render_template(
        "ways/llms.txt",
        base=base,
        counts=found.counts(),
        edition=found.edition(),
        question=found.questions[0],
        limits=found.limits,
        questions=len(found.questions),
        table=_table(base),
    )
    return Response(written, mimetype="text/plain")


def pages() -> Iterator[Page]:
    """Give the pages, for the sitemap."""
    yield Page({tag: url_for("ways.ways", language=tag) for tag in LANGUAGES})
    for way in WAYS:
        yield Page({tag: url_for("ways.one", language=tag, way=way) for tag in LANGUAGES})


def typed(piece: Piece, base: str) -> str:
    """Give what there is to type, for the service at *base*."""
    return _files()[piece.name].replace(_HERE, base).replace(_TABLE, _table(base))


def _base() -> str:
    """Give the address of this service, without a slash at the end."""
    return site().endpoint.removesuffix("/sparql")


def _table(base: str) -> str:
    """Give the address of a table of the service at *base*."""
    return f"{base}/questions/cq55-what-touches-a-district.csv?district=district-03"


@cache
def _files() -> Mapping[str, str]:
    """Read the pieces, by name; they speak of our things by the base that is set."""
    folder = resources.files(__package__) / "snippets"
    return {
        file.name.partition(".")[0]: namespaces.rebased(file.read_bytes()).decode()
        for file in folder.iterdir()
    }
