"""The SPARQL endpoint over HTTP: protocol for machines, a table for people."""

import json
from contextlib import suppress
from typing import Any, Final

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from teixit import negotiation, protocol
from teixit.errors import MediaTypeError, QueryError
from teixit.languages import LANGUAGES
from teixit.web.results import Table
from teixit.web.site import site
from teixit.web.texts import reader_language

PATH: Final = "/sparql"
PAGE: Final = "text/html"

#: The values of ``download``, for links, which cannot carry an Accept header. It is not
#: called ``format``, which SPARQLWrapper sends for Virtuoso, with values that are not ours.
FORMATS: Final = {
    "csv": "text/csv",
    "json": "application/sparql-results+json",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "ttl": "text/turtle",
}
#: Parameters of this website, which SPARQL Protocol does not know.
_OURS: Final = frozenset({"download", "language"})

blueprint = Blueprint("sparql", __name__)


@blueprint.route(PATH, methods=["GET", "POST"])
def endpoint() -> AnyResponse:
    """Answer a query, or without one describe the service (SPARQL 1.1 Protocol, section 2)."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise MediaTypeError("expected a body without Content-Encoding")
    pairs, form = protocol.parameters(request.query_string), _form()
    g.language = dict(form).get("language")
    g.download = _download([value for name, value in (*pairs, *form) if name == "download"])
    asked = [(name, value) for name, value in pairs if name not in _OURS]
    accept = FORMATS[g.download] if g.download else request.headers.get("Accept")
    if request.method != "POST" and not asked:
        return _description(accept)
    return _answer(
        protocol.Request(
            request.method, asked, accept, request.headers.get("Content-Type"), request.get_data()
        )
    )


def _form() -> list[tuple[str, str]]:
    """Read the form in the body, where there is one.

    If it cannot be read, the protocol, which reads it too, says what is wrong with it.
    """
    if request.method == "POST" and request.mimetype == protocol.FORM:
        with suppress(QueryError):
            return protocol.parameters(request.get_data())
    return []


def _download(formats: list[str]) -> str | None:
    """Give the one format to download, if the address or the form names any."""
    if len(formats) > 1 or not FORMATS.keys() >= set(formats):
        raise QueryError(f"download: expected one of {', '.join(FORMATS)}")
    return formats[0] if formats else None


def _description(accept: str | None) -> AnyResponse:
    """Describe the service to machines, and send people to the form."""
    found = protocol.describe(site().store, site().endpoint)
    chosen = negotiation.choose(accept, (*found.offers, PAGE))
    if chosen == PAGE:
        return redirect(url_for("home.start", language=reader_language(), _anchor="ask"), 303)
    return _sent(found.response(chosen))


def _answer(asked: protocol.Request) -> Response:
    operation = protocol.operation(asked)
    # For the page that says what is wrong with it.
    g.query, g.graphs = operation.query, _graphs(operation)
    found = protocol.evaluate(site().store, operation, site().endpoint)
    chosen = negotiation.choose(asked.accept, (*found.offers, PAGE))
    if chosen == PAGE:
        return Response(_page(operation, found), content_type="text/html; charset=utf-8")
    return _sent(found.response(chosen))


def _sent(answer: protocol.Response) -> Response:
    response = Response(answer.body, content_type=answer.content_type)
    if g.download:
        name = f"teixit.{g.download}"
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _page(asked: protocol.Operation, found: protocol.Answer) -> str:
    """Write the answer as a page, with links to the same answer as a file."""
    offers = set(found.offers)
    written = found.response(next(iter(found.offers)))
    shown: dict[str, Any] = {}
    if written.media_type == "text/turtle":
        shown["graph"] = written.body.decode()
    else:
        results = json.loads(written.body)
        shown["verdict"] = results.get("boolean")
        shown["table"] = Table.of(results) if "results" in results else None
    return render_template(
        "sparql/answer.html",
        addresses={tag: _address(asked, language=tag) for tag in LANGUAGES},
        files={name: _address(asked, download=name) for name in FORMATS if FORMATS[name] in offers},
        query=asked.query,
        graphs=_graphs(asked),
        question=site().question(asked.query),
        **shown,
    )


def _address(asked: protocol.Operation, **parameters: str) -> str:
    """Give the address of this answer in another language or format."""
    fields: dict[str, Any] = {"query": asked.query, **_graphs(asked), **parameters}
    return url_for("sparql.endpoint", **fields)


def _graphs(asked: protocol.Operation) -> dict[str, list[str]]:
    """Give the fields of an address or a form that say which graphs are asked."""
    return {
        "default-graph-uri": [graph.value for graph in asked.default_graphs or ()],
        "named-graph-uri": [graph.value for graph in asked.named_graphs or ()],
    }
