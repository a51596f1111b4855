"""The pages of the endpoint for people: what it is, and what it answered."""

import json
from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, render_template, url_for

from teixit import protocol
from teixit.languages import LANGUAGES
from teixit.web import document_pages, formats
from teixit.web.asking import Found
from teixit.web.results import Table
from teixit.web.site import site

#: How much of a graph a page shows, in bytes; the files have all of it.
_MOST_OF_A_GRAPH: Final = 1 << 18
_TURTLE: Final = "text/turtle"

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


def answer(asked: protocol.Operation, found: Found) -> str:
    """Show what was *found*, with links to the same answer as a file."""
    return render_template(
        "sparql/answer.html",
        address_of=document_pages.address_of,
        addresses={tag: _address(asked, language=tag) for tag in LANGUAGES},
        query=asked.query,
        graphs=graphs(asked),
        question=site().question(asked.query),
        **shown(asked, found),
    )


def shown(asked: protocol.Operation, found: Found) -> dict[str, Any]:
    """Give what a page shows of what was *found*, and where the same is as a file.

    Returns:
        ``files`` by their names, and beside it ``table``, ``verdict``, or ``graph`` and whether it
        ``is_cut``.
    """
    told: dict[str, Any] = {}
    if found.media_type == _TURTLE:
        offers = formats.named(formats.GRAPHS)
        told["graph"], told["is_cut"] = _first_lines(found)
    else:
        results = json.loads(found.first(found.length))
        offers = formats.named(formats.BOOLEANS)
        told["verdict"] = results.get("boolean")
        if "results" in results:
            table = told["table"] = Table.of(results, found.table_total)
            offers = formats.of_rows(places=table.has_places)
    told["files"] = {name: _address(asked, download=name) for name in offers}
    return told


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
