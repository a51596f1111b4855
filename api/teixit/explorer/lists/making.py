"""A list as a view: its rows, what it can be chosen by, and how many there are of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from pyoxigraph import Literal, NamedNode

from teixit.explorer import addresses
from teixit.explorer.declarations import say
from teixit.explorer.lists import asking, choosing, declared
from teixit.explorer.lists.asking import MANY, NIL, Chosen
from teixit.explorer.lists.choosing import NOTHING, Choice
from teixit.explorer.lists.declared import NAME, Column, Listing
from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Asked, Cell, Evidence, Table, View
from teixit.namespaces import THING, short_name
from teixit.queries import Term

#: So many rows at most stand in a file.
MOST: Final = 5000
#: From so much on, digits after the point say nothing, and digits before it are grouped.
_LARGE: Final = 10_000
#: Between groups of three digits: a space that does not break (SI brochure, section 5.4.4).
_GROUPS: Final = "\u202f"

#: A row: of each column the values.
Entry = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a list can be chosen by.

    Args:
        token: In the address.
        name: As a cell, which leads nowhere.
        number: How many things have it, with all that is chosen by other facets.
        chosen: Whether it is chosen.
    """

    token: str
    name: Cell
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list can be chosen by: its key in the address, its title, and its values."""

    key: str
    title: str
    values: Sequence[Value]

    @property
    def chosen(self) -> Value | None:
        """The value that is chosen, if there is one."""
        return next((value for value in self.values if value.chosen), None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, its key in the address, and how the list is sorted by it, if it is."""

    title: str
    key: str
    order: str | None


@dataclass(frozen=True, kw_only=True)
class ListView(View):
    """A page of a list, or all of it.

    Args:
        name: Of the list, in its address.
        sort: The key of what it is sorted by if nothing is said.
        headings: Of the columns.
        entries: The rows.
        facets: What it can be chosen by.
        total: How many things have all that is chosen.
        page: Which one this is, from 1 on.
        pages: How many there are; at least one.
    """

    name: str
    sort: str
    headings: Sequence[Heading]
    entries: Sequence[Entry]
    facets: Sequence[Facet]
    total: int
    page: int
    pages: int


def page(reader: Reader, choice: Choice) -> ListView:
    """Show a page of a list.

    Raises:
        ChoiceError: The list has no such value, or not so many pages.
        RequestError: The graph cannot be asked.
    """
    facets, chosen = _facets(reader, choice)
    total = asking.count(reader, choice.listing, chosen)
    pages = max(-(-total // MANY), 1)
    if choice.page > pages:
        raise choosing.wrong(
            "beyond", reader.language, HTTPStatus.NOT_FOUND, asked=choice.page, last=pages
        )
    rows = asking.things(reader, choice, chosen, (choice.page - 1) * MANY, MANY)
    return _view(reader, choice, facets, rows, total)


def whole(reader: Reader, choice: Choice, *, places: bool = False) -> ListView:
    """Give all of a list that is chosen, for a file; with the *places* where that is asked for.

    Raises:
        ChoiceError: The list has no such value, or a file cannot hold all of it.
        RequestError: The graph cannot be asked.
    """
    facets, chosen = _facets(reader, choice)
    total = asking.count(reader, choice.listing, chosen)
    if total > MOST:
        raise choosing.wrong("long", reader.language, number=total, most=MOST)
    rows = asking.things(reader, choice, chosen, 0, MOST)
    view = _view(reader, replace(choice, page=1), facets, rows, total, pages=1)
    if not (places and choice.listing.places):
        return view
    shapes = asking.places(reader, _named(rows))
    found = [shapes.get(row["thing"].value) for row in rows]
    return replace(view, tables=[replace(view.tables[0], places=found), *view.tables[1:]])


def _view(  # noqa: PLR0913, PLR0917 - what a view is made of
    reader: Reader,
    choice: Choice,
    facets: Sequence[Facet],
    rows: Sequence[Row],
    total: int,
    pages: int = 0,
) -> ListView:
    language, listing = reader.language, choice.listing
    headings = _headings(choice, language)
    entries = _entries(reader, listing, rows)
    table = Table(
        listing.name,
        say(listing.title, language),
        [heading.title for heading in headings],
        [[_joined(cells) for cells in entry] for entry in entries],
        [None] * len(entries) if listing.places else (),
    )
    return ListView(
        title=say(listing.title, language),
        summary=say(listing.summary, language),
        tables=[table, _counted(facets, language)],
        asked=_main(reader),
        name=listing.name,
        sort=listing.sort,
        headings=headings,
        entries=entries,
        facets=facets,
        total=total,
        page=choice.page,
        pages=pages or max(-(-total // MANY), 1),
    )


def _main(reader: Reader) -> Sequence[Asked]:
    """Give the query of the rows, one of a column, and one that counts the values of a facet."""
    return [
        next(asked for asked in reader.asked if mark in asked.text)
        for mark in ("?orderKind", "?graphKind", "?forth")
        if any(mark in asked.text for asked in reader.asked)
    ]


def _facets(reader: Reader, choice: Choice) -> tuple[Sequence[Facet], Chosen]:
    """Count what there is of each value, with all that is chosen by the other facets."""
    listing = choice.listing
    every = {
        key: asking.values(reader, listing, column, {}) for key, column in listing.facets.items()
    }
    chosen = {
        key: _value(every[key], token, listing.facets[key], reader.language)
        for key, token in choice.facets.items()
    }
    names = asking.labels(reader, _nodes(value for found in every.values() for value in found))
    facets = []
    for key, column in listing.facets.items():
        others = {name: value for name, value in chosen.items() if name != key}
        now = asking.values(reader, listing, column, others) if others else every[key]
        values = [
            Value(
                _token(value),
                _name(reader, value, names),
                now.get(value, 0),
                chosen.get(key) == value,
            )
            for value in every[key]
        ]
        values.sort(key=lambda value: (value.token == NOTHING, -value.number, value.name.text))
        facets.append(Facet(key, say(column.title, reader.language), values))
    return facets, chosen


def _value(found: Iterable[Term], token: str, column: Column, language: str) -> Term:
    for value in found:
        if _token(value) == token:
            return value
    title = say(column.title, language).lower()
    raise choosing.wrong("unknown_value", language, asked=token, facet=f"«{title}»")


def _token(value: Term) -> str:
    """Write a value in an address: what is ours by its name, what others name in full."""
    return NOTHING if value == NIL else value.value.removeprefix(THING)


def _name(reader: Reader, value: Term, names: Mapping[str, Row]) -> Cell:
    if value == NIL:
        return Cell(say(declared.texts()["nothing"], reader.language))
    if value.value in names:
        return reader.cell(names[value.value], "label")
    known = declared.names().get(value.value)
    return Cell(say(known, reader.language) if known else short_name(value.value))


def _nodes(values: Iterable[Term]) -> Sequence[NamedNode]:
    nodes = {value.value: value for value in values if isinstance(value, NamedNode)}
    return [*nodes.values()]


def _named(rows: Sequence[Row]) -> Sequence[NamedNode]:
    return _nodes(row["thing"] for row in rows)


def _headings(choice: Choice, language: str) -> Sequence[Heading]:
    titles = {NAME: say(declared.texts()["name"], language)}
    titles |= {column.key: say(column.title, language) for column in choice.listing.columns}
    sorted_by = choice.sort.key if choice.sort else NAME
    order = "descending" if choice.down else "ascending"
    return [
        Heading(title, key, order if key == sorted_by else None) for key, title in titles.items()
    ]


def _entries(reader: Reader, listing: Listing, rows: Sequence[Row]) -> Sequence[Entry]:
    columns = [asking.cells(reader, column, _named(rows)) for column in listing.columns]
    entries = []
    for row in rows:
        iri = row["thing"].value
        first = reader.cell(row, "label", "thing")
        said = [
            [_cell(reader, value, *told) for value, told in cells.get(iri, {}).items()]
            for cells in columns
        ]
        entries.append([[first if first.text else replace(first, text=short_name(iri))], *said])
    return entries


def _cell(reader: Reader, value: Term, row: Row, evidence: Sequence[Evidence]) -> Cell:
    if isinstance(value, Literal):
        cell = reader.cell(row, "value", evidence=evidence)
        large = cell.number is not None and cell.number >= _LARGE
        return replace(cell, text=f"{cell.number:,.0f}".replace(",", _GROUPS)) if large else cell
    cell = reader.cell(row, "label", "value", evidence)
    if cell.text:
        return cell
    known = declared.names().get(value.value)
    text = say(known, reader.language) if known else short_name(value.value)
    return replace(cell, text=text, address=addresses.about(value.value, reader.language))


def _joined(cells: Sequence[Cell]) -> Cell:
    """Put the values of a cell in one, for files."""
    if len(cells) == 1:
        return cells[0]
    evidence = dict.fromkeys(one for cell in cells for one in cell.evidence)
    return Cell("; ".join(cell.text for cell in cells), evidence=[*evidence])


def _counted(facets: Sequence[Facet], language: str) -> Table:
    columns = [say(declared.texts()[key], language) for key in ("facet", "value", "count")]
    rows = [
        (Cell(facet.title), value.name, Cell(str(value.number), number=value.number))
        for facet in facets
        for value in facet.values
    ]
    return Table("counts", say(declared.texts()["facet"], language), columns, rows)
