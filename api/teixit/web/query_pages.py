"""The page of the bench: the form, and below it the answer or what is wrong with the query."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, current_app, render_template, url_for

from teixit import protocol
from teixit.discovery.sitemaps import Page
from teixit.languages import LANGUAGES
from teixit.web import sparql_pages
from teixit.web.answering import Answered
from teixit.web.explorer import showing
from teixit.web.problems import Problem
from teixit.web.site import site
from teixit.web.texts import messages, reader_language

#: The address is answered before Flask is asked: here it only has its name.
blueprint = Blueprint("query", __name__)
blueprint.add_url_rule(f"/{showing.LANGUAGE}/query", "bench", build_only=True)

_LINE_END: Final = "\n"
#: The program of the editor, which is made where there is npm; without it there is the form.
_EDITOR: Final = "editor.js"
#: What the editor says, by what it calls it.
_WORDS: Final = {
    "asking": "bench.asking",
    "copied": "bench.copied",
    "copy": "bench.copy",
    "failed": "bench.failed",
    "forget": "bench.forget",
    "isA": "bench.is_a",
    "label": "query.label",
    "line": "bench.line",
    "mandatory": "bench.mandatory",
    "optional": "bench.optional",
    "png": "bench.png",
    "stopped": "bench.stopped",
    "tooLong": "problem.mend_too_large",
    "usual": "bench.usual",
    "values": "bench.values",
}


@dataclass(frozen=True)
class Asked:
    """What the address of the bench asks.

    Args:
        operation: The query; None where there is none yet.
        view: How the answer is to be seen, if the address says so.
    """

    operation: protocol.Operation | None = None
    view: str | None = None


@dataclass(frozen=True)
class Spot:
    """The line of a query in which an error is, cut where it is.

    Args:
        before: What comes before the error.
        at: The character that is wrong; empty at the end of the line.
        after: The rest of the line.
    """

    before: str
    at: str
    after: str

    @classmethod
    def of(cls, query: str, line: int, column: int) -> "Spot":
        """Find the place in *query* at *line* and *column*, both counted from 1."""
        lines = query.split(_LINE_END)
        text = lines[line - 1].rstrip() if line <= len(lines) else ""
        start = column - 1
        return cls(text[:start], text[start:column], text[column:])


def page_in_each_language() -> Page:
    """Give the page in each language, for the sitemap."""
    return Page({tag: url_for("query.bench", language=tag) for tag in LANGUAGES})


def show(asked: Asked, answered: Answered | None = None, seconds: float | None = None) -> str:
    """Show the form and, if something was *answered*, the answer.

    Args:
        asked: What the address asks.
        answered: The answer.
        seconds: How long it took; None where it was known already.
    """
    shown: dict[str, Any] = {}
    if answered is not None:
        shown = sparql_pages.shown(answered)
        shown["milliseconds"] = None if seconds is None else max(1, round(seconds * 1000))
    return _page(asked, is_answered=answered is not None, **shown)


def refused(asked: Asked, problem: Problem) -> Response:
    """Show the form and what is wrong, marked in the query where that is known."""
    spot, place = None, problem.place
    if asked.operation is not None and place.get("line") and place.get("column"):
        spot = Spot.of(asked.operation.query, place["line"] or 1, place["column"] or 1)
    page = _page(asked, problem=problem.told(), spot=spot)
    return problem.response(page)


def _page(asked: Asked, **told: Any) -> str:
    fields = _fields(asked)
    canonical = site().address + url_for("query.bench", language=reader_language())
    question = site().question(asked.operation.query) if asked.operation else None
    return render_template(
        "query/page.html",
        addresses={tag: url_for("query.bench", language=tag, **fields) for tag in LANGUAGES},
        canonical=None if fields else canonical,
        query=asked.operation.query if asked.operation else site().questions[0].text,
        graphs=sparql_pages.graphs(asked.operation) if asked.operation else {},
        question=question,
        words=_words(),
        **told,
    )


def _words() -> dict[str, str] | None:
    """Give what the editor says in the reader's language; None where there is no editor."""
    if not Path(current_app.static_folder or "", _EDITOR).is_file():
        return None
    texts = messages(reader_language())
    return {name: texts[key] for name, key in _WORDS.items()}


def _fields(asked: Asked) -> dict[str, Any]:
    """Give the parameters of the address that asks the same."""
    fields: dict[str, Any] = {"view": asked.view} if asked.view else {}
    if asked.operation is not None:
        fields |= {"query": asked.operation.query, **sparql_pages.graphs(asked.operation)}
    return fields
