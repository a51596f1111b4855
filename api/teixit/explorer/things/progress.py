"""How far a measure or an action has come: what each source declares, beside that source."""

from typing import Final

from pyoxigraph import NamedNode

from teixit.explorer import addresses
from teixit.explorer.reading import Row
from teixit.explorer.things.told import Told
from teixit.explorer.views import Cell, Table
from teixit.namespaces import expand

#: What leads from a report to what it reports on.
REPORTS_ON: Final = "teixit:reportsOn"
#: What a report declares, by the variables of the query, and its headings.
_DECLARED: Final = {
    "status": "progress.status",
    "percent": "progress.percent",
    "start": "progress.start",
    "end": "progress.end",
    "said": "progress.said",
}
_HEADINGS: Final = ("progress.report", *_DECLARED.values(), "progress.source")


def declared(told: Told) -> Table | None:
    """Tell what sources declare, a row for each report; None where none declares anything.

    Raises:
        RequestError: The workers or the other server cannot say.
    """
    if not told.totals.get(expand(REPORTS_ON)):
        return None
    thing = NamedNode(told.iri)
    names = told.reader.rows("thing-progress-names", thing=thing)
    told.names.read((row for row in names if "named" in row), "named")
    rows = [_row(told, row) for row in told.reader.rows("thing-progress", thing=thing)]
    columns = [told.wording.say(heading) for heading in _HEADINGS]
    return Table("progress", told.wording.say("progress.caption"), columns, rows)


def _row(told: Told, row: Row) -> list[Cell]:
    values = (row.get(name) for name in _DECLARED)
    cells = [told.names.cell(value) if value else Cell("") for value in values]
    return [_document(told, row, "report"), *cells, _document(told, row, "source")]


def _document(told: Told, row: Row, variable: str) -> Cell:
    """Name a thing as a link to its statements; it has no page of its own."""
    found = row.get(variable)
    if found is None:
        return Cell("")
    name, language = told.names.label(found.value)
    return Cell(name, addresses.document(found.value, told.wording.language), language)
