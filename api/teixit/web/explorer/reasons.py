"""Reasons for the answer to a query: who says what a row says, and why there is none."""

from collections.abc import Iterable, Mapping
from typing import Final

from flask import Blueprint, Response, render_template, request, url_for
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from werkzeug.exceptions import BadRequest

from teixit import reasons
from teixit.languages import LANGUAGES
from teixit.queries import Term
from teixit.reasons.outline import asked_of, read
from teixit.web.explorer import showing
from teixit.web.site import site

blueprint = Blueprint("reasons", __name__)

#: How the parameters begin that have the values of a row.
BIND: Final = "bind-"
#: No row of a page has more values.
_MOST: Final = 100


@blueprint.get(f"/{showing.LANGUAGE}/who")
def who(language: str) -> str | Response:
    """Say who says what the row ``bind-NAME=TERM…`` of the answer to ``query`` says.

    Raises:
        BadRequest: A value is no term in N-Triples, or a graph no IRI.
        RequestError: The query is wrong, or the workers cannot say.
    """
    query = _query()
    if query is None:
        return _blank("who")
    row = _row(request.args.items())
    found = reasons.who(site().graph, query, row, showing.wording(language))
    return showing.show(found, "explorer/who.html")


@blueprint.get(f"/{showing.LANGUAGE}/why")
def why(language: str) -> str | Response:
    """Say which part of ``query`` empties its answer.

    Raises:
        BadRequest: A graph is no IRI.
        RequestError: The query is wrong, or the workers cannot say.
    """
    query = _query()
    if query is None:
        return _blank("why")
    found = reasons.why(site().graph, query, showing.wording(language))
    return showing.show(found, "explorer/why.html")


def address_of_row(language: str, query: str, row: Mapping[str, Term]) -> str:
    """Give the address of the page that says who says what a *row* says.

    Args:
        language: Of the reader.
        query: The query that has the row in its answer.
        row: Its terms, by the names of the variables.
    """
    values = {f"{BIND}{name}": str(term) for name, term in row.items()}
    return url_for("reasons.who", language=language, query=query, **values)  # type: ignore[arg-type]


def _blank(name: str) -> str:
    """Ask for a query where there is none."""
    return render_template(
        "explorer/unasked.html",
        name=name,
        addresses={tag: url_for(f"reasons.{name}", language=tag) for tag in LANGUAGES},
    )


def _query() -> str | None:
    """Read the query, with the graphs that it is asked of (SPARQL 1.1 Protocol, section 2.1.4)."""
    query = request.args.get("query", "")
    if not query.strip():
        return None
    default, named = (_graphs(f"{kind}-graph-uri") for kind in ("default", "named"))
    return asked_of(read(query), default, named) if default or named else query


def _graphs(field: str) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in request.args.getlist(field)]
    except ValueError as error:
        raise BadRequest(f"{field}: expected an IRI") from error


def _row(fields: Iterable[tuple[str, str]]) -> Mapping[str, Term]:
    values = {
        name.removeprefix(BIND): text for name, text in fields if name.startswith(BIND) and text
    }
    if len(values) > _MOST:
        raise BadRequest(f"expected at most {_MOST} values of a row")
    return {name: _term(name, text) for name, text in values.items()}


def _term(name: str, text: str) -> Term:
    """Read a term in N-Triples syntax (RDF 1.1 N-Triples, section 7).

    Raises:
        BadRequest: It is none, or *name* is no name of a variable.
    """
    if name.isidentifier():
        try:
            found = [*parse(f"<urn:s> <urn:p> {text} .", RdfFormat.N_TRIPLES)]
        except SyntaxError:
            found = []
        if len(found) == 1 and isinstance(found[0].object, NamedNode | Literal | BlankNode):
            return found[0].object
    said = f"{BIND}{name[:20]}={text[:40]}"
    raise BadRequest(f'{said}: expected a term such as <http://…>, "x"@ca or "1"^^<http://…>')
