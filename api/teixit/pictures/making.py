"""Drawing what is wanted, where the graph is: in a worker, within its limits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode, Store

from teixit import binding, paths, queries, tokens
from teixit.pictures import bars, canvas, choosing, curves, spans, threads
from teixit.pictures.canvas import Canvas, Told
from teixit.pictures.rows import Table, is_thing
from teixit.pictures.wanted import Wanted
from teixit.pictures.wording import Words
from teixit.queries import Remote
from teixit.tabular.origin import Origin

_QUERIES: Final = paths.QUERIES / "pictures"
#: Of so many things at most the place is looked up.
_PLACED: Final = 500
#: So much of a condition of the query is told.
_CONDITION: Final = 160


def made(store: Store | Remote, wanted: Wanted) -> bytes:
    """Draw a picture.

    Args:
        store: The graph: where things are, and of which release it is.
        wanted: What is drawn. Of a table that does not have this picture there is a frame that
            says so.

    Returns:
        A file of SVG 2.
    """
    words, table = Words(wanted.words), wanted.table
    drawing = _drawn(store, wanted.view, table, words)
    if not drawing.height:
        drawing.text(0, canvas.LETTER, words.say("nothing"))
        drawing.height = canvas.LINE
    source = words.say("source", source=wanted.endpoint)
    origin = Origin.of(store, wanted.query, wanted.endpoint)
    if origin.version:
        source += " " + words.say("release", version=origin.version, date=origin.modified)
    rows = words.say("rows", shown=words.number(drawing.drawn), total=words.number(wanted.total))
    filters = [words.say("filters", filter=part) for part in conditions(wanted.query)]
    return canvas.framed(Told(wanted.title, filters, rows, source), drawing)


def conditions(query: str) -> Sequence[str]:
    """Give the parts of a *query* that limit its rows: values that are bound, and filters."""
    scanned = tokens.scan(query)
    words, starts, partners = scanned.words, scanned.starts, scanned.partners
    found = []
    for place, word in enumerate(words):
        if word.upper() in {"FILTER", "VALUES"}:
            opening = "{" if word.upper() == "VALUES" else "("
            near = range(place + 1, min(place + 60, len(words)))
            first = next((at for at in near if words[at] == opening), place)
            if partners[first] > first:
                part = query[starts[place] : starts[partners[first]] + 1]
                found.append(" ".join(part.split())[:_CONDITION])
    return [*dict.fromkeys(found)]


def _drawn(store: Store | Remote, view: str, table: Table, words: Words) -> Canvas:
    if view == choosing.MAP:
        return _map(store, table, words)
    if view not in choosing.offered(table):
        return Canvas()
    if view == choosing.CHART:
        draw = bars.drawn if curves.lines(table) is None else curves.drawn
    else:
        draw = spans.drawn if view == choosing.TIMELINE else threads.drawn
    return draw(table, words)


def _map(store: Store | Remote, table: Table, words: Words) -> Canvas:
    from teixit.pictures import atlas  # noqa: PLC0415 - memory and time that others do not need

    things = [] if table.shapes else [*_things(table)]
    places: Mapping[str, atlas.Place] = {}
    if things:
        query = queries.named("places", _QUERIES)
        text = binding.bound_rows(
            query.text, "SELECT", ["thing"], [[NamedNode(iri)] for iri in things]
        )
        places = {
            row["thing"].value: atlas.Place(row["wkt"].value, row["own"].value == "true")
            for row in replace(query, text=text).rows(store)
        }
    ground = [row["wkt"].value for row in queries.named("ground", _QUERIES).rows(store)]
    return atlas.drawn(table, words, places, ground)


def _things(table: Table) -> Sequence[str]:
    every = (
        term["value"]
        for row in table.rows
        for term in row.values()
        if is_thing(term) and "://" in term["value"]
    )
    return [*dict.fromkeys(every)][:_PLACED]
