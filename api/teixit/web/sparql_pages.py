"""The pages of the endpoint for people: what it is, and what it answered."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, render_template, url_for

from teixit import protocol
from teixit.languages import LANGUAGES
from teixit.web import formats, row_links, snippets
from teixit.web.answering import Answered
from teixit.web.asking import Found
from teixit.web.results import Table
from teixit.web.site import site
from teixit.web.texts import reader_language

#: What the texts call the ways to see an answer.
_WAYS: Final = {
    "table": "picture.table",
    "chart": "picture.chart",
    "map": "picture.map",
    "timeline": "picture.timeline",
    "network": "picture.network",
}
#: How much of a graph a page shows, in bytes; the files have all of it.
_MOST_OF_A_GRAPH: Final = 1 << 18

#: The addresses that are answered before Flask is asked: here they only have their names.
blueprint = Blueprint("sparql", __name__)
blueprint.add_url_rule("/sparql", "endpoint", build_only=True)
blueprint.add_url_rule("/graphs", "graphs", build_only=True)
blueprint.add_url_rule("/health", "health", build_only=True)


def service() -> str:
    """Say what the endpoint is, what it allows, and how it is asked."""
    found = site()
    return render_template(
        "sparql/service.html",
        addresses={tag: url_for("sparql.endpoint", language=tag) for tag in LANGUAGES},
        endpoint=found.endpoint,
        limits=found.limits,
        mebibyte=1 << 20,
        query=found.questions[0].text,
        tables=formats.of_rows(places=True),
        booleans=formats.named(formats.BOOLEANS),
        triples=formats.named(formats.GRAPHS),
    )


def answer(answered: Answered) -> str:
    """Show an answer, with links to the same as a file."""
    asked = answered.operation
    return render_template(
        "sparql/answer.html",
        addresses={tag: _address(asked, language=tag) for tag in LANGUAGES},
        query=asked.query,
        graphs=graphs(asked),
        question=site().question(asked.query),
        is_answered=True,
        **shown(answered),
    )


def shown(answered: Answered) -> dict[str, Any]:
    """Give what a page shows of an answer, and where the same is as a file.

    Returns:
        ``files`` by their names, the ``ways`` to see it, the ``snippets`` that
        reproduce it; and ``table``, ``verdict``, or ``graph`` and whether it ``is_cut``.
    """
    asked, found, language = answered.operation, answered.found, reader_language()
    told: dict[str, Any] = {"verdict": answered.verdict}
    form = "table"
    if answered.is_graph:
        form, offers = "graph", formats.named(formats.GRAPHS)
        told["graph"], told["is_cut"] = _first_lines(found)
    elif answered.verdict is not None:
        form, offers = "truth", formats.named(formats.BOOLEANS)
    else:
        rows, total = answered.table.rows, answered.table.total
        results = {"head": {"vars": answered.table.columns}, "results": {"bindings": rows}}
        table = told["table"] = Table.of(results, total)
        told["askable"] = row_links.of(rows, asked, language)
        offers = formats.of_rows(places=table.has_places)
    fields = {"query": asked.query, **graphs(asked)}
    return told | {
        "files": {name: _address(asked, download=name) for name in offers},
        "ways": [
            (view, _WAYS[view], _bench(language, view=view, **fields)) for view in answered.views
        ],
        "way": _WAYS[answered.view],
        "view": answered.view,
        "picture": _picture(language, view=answered.view, **fields),
        "naming": answered.naming,
        "cite": f"/{language}/cite?{urlencode(fields, doseq=True)}",
        "why": f"/{language}/why?{urlencode(fields, doseq=True)}",
        "snippets": snippets.of(asked.query, site().endpoint, form, graphs(asked)),
        "snippets_are_long": snippets.is_long(asked.query),
    }


def graphs(asked: protocol.Operation) -> dict[str, Sequence[str]]:
    """Give the fields of an address or a form that say which graphs are asked."""
    return {
        "default-graph-uri": [graph.value for graph in asked.default_graphs or ()],
        "named-graph-uri": [graph.value for graph in asked.named_graphs or ()],
    }


def _first_lines(found: Found) -> tuple[str, bool]:
    """Give so much of a graph in Turtle as a page shows, and whether there is more."""
    first = found.first(_MOST_OF_A_GRAPH)
    if found.length <= _MOST_OF_A_GRAPH:
        return first.decode(), False
    end = max(first.rfind(b"\n"), first.rfind(b" "))
    return first[:end].decode(errors="ignore"), True


def _address(asked: protocol.Operation, **parameters: str) -> str:
    """Give the address of this answer in another language or format."""
    fields: dict[str, Any] = {"query": asked.query, **graphs(asked), **parameters}
    return url_for("sparql.endpoint", **fields)


def _bench(language: str, **fields: Any) -> str:
    """Give the address of the page with the form and the answer."""
    return url_for("query.bench", language=language, **fields)


def _picture(language: str, **fields: Any) -> str:
    """Give the address of a picture, which no page of Flask's answers."""
    path, _, asked = _bench(language, **fields).partition("?")
    return f"{path}.svg?{asked}"
