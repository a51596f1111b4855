"""What is said of districts and neighbourhoods: what lies in them, what concerns them, who says so.

All of it is read at once: a territory is small, and its views look at it from every side.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode

from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Cell, Evidence
from teixit.languages import DEFAULT
from teixit.namespaces import expand

Kind: TypeAlias = Literal["district", "neighbourhood"]
#: Which texts a view is written with, by the key of each.
Words: TypeAlias = Mapping[str, str]

#: What is counted of a place.
Shade: TypeAlias = Literal["projects", "actions", "measures"]
SHADES: Final[tuple[Shade, ...]] = get_args(Shade)
#: What each is called: one, and more.
FORMS: Final[Mapping[Shade, tuple[str, str]]] = MappingProxyType(
    {
        "projects": ("territory.project", "territory.projects"),
        "actions": ("territory.action", "territory.actions"),
        "measures": ("territory.measure", "territory.measures"),
    }
)

_KINDS: Final[Mapping[str, Kind]] = {
    expand("esadm:Distrito"): "district",
    expand("esadm:Barrio"): "neighbourhood",
}
_PROJECT: Final = expand("teixit:FlagshipProject")
_ACTION: Final = expand("teixit:Action")


@dataclass(frozen=True, slots=True)
class Place:
    """A district or a neighbourhood.

    Args:
        iri: Its name on the web.
        kind: Which of the two it is.
        code: That the city gives it; empty where nobody says.
        name: In the reader's language, else in one that it has a name in.
        district: The district that a neighbourhood is part of, if somebody says so.
        boundary: As ``geo:asWKT`` has it; None where nobody says.
    """

    iri: str
    kind: Kind
    code: str
    name: str
    district: str | None
    boundary: Text | None


class Statements:
    """What one property says: of which thing it says which, and in which graphs.

    Args:
        rows: Of a query, each with a ``?graph``.
        subject: The variable of the things that it is said of.
        value: The variable of what is said of them.
    """

    def __init__(self, rows: Iterable[Row], subject: str, value: str) -> None:
        self._graphs: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._values: dict[str, dict[str, None]] = defaultdict(dict)
        self._subjects: dict[str, dict[str, None]] = defaultdict(dict)
        for row in rows:
            one, other, graph = (_value(row, name) for name in (subject, value, "graph"))
            self._graphs[one, other][graph] = None
            self._values[one][other] = None
            self._subjects[other][one] = None

    @property
    def things(self) -> Sequence[str]:
        """All that something is said of."""
        return [*self._values]

    def values(self, subject: str) -> Sequence[str]:
        """Give what is said of *subject*."""
        return [*self._values.get(subject, ())]

    def subjects(self, value: str) -> Sequence[str]:
        """Give the things that *value* is said of."""
        return [*self._subjects.get(value, ())]

    def graphs(self, subject: str, value: str) -> Sequence[str]:
        """Give the graphs that say *value* of *subject*."""
        return [*self._graphs.get((subject, value), ())]


class Territory:
    """The districts and neighbourhoods of a graph, and all that is said to be in them.

    Args:
        reader: Asks the graph, and shows the answers in the reader's language.

    Raises:
        RequestError: The graph cannot be asked.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._labels: dict[str, Text] = {}
        self._identifiers: dict[str, str] = {}
        self._classes: dict[str, str] = {}
        self._places = self._told("territory-places", "place")
        self.known = Statements(self._places, "place", "place")

    @cached_property
    def located(self) -> Statements:
        """Of projects and axes the places that they lie in."""
        return Statements(self._told("territory-located", "located"), "located", "place")

    @cached_property
    def reached(self) -> Statements:
        """Of actions and measures the districts that they concern."""
        return Statements(self._told("territory-reached", "element"), "element", "district")

    @cached_property
    def named(self) -> Statements:
        """Of actions and measures the projects and axes that they name."""
        return Statements(self.reader.rows("territory-named"), "element", "through")

    @cached_property
    def scheduled(self) -> Statements:
        """Of actions that concern a district the years that they are scheduled in."""
        return Statements(self.reader.rows("territory-years"), "element", "year")

    @cached_property
    def everywhere(self) -> Statements:
        """Of what speaks of each and every district that it does."""
        return Statements(self._told("territory-everywhere", "element"), "element", "element")

    def _told(self, query: str, thing: str) -> Sequence[Row]:
        """Ask a *query*, and remember what its things are called and what they are."""
        rows = self.reader.rows(query)
        self._learn(rows, thing)
        self._identifiers |= _texts(rows, thing, "identifier")
        self._classes |= _texts(rows, thing, "class")
        return rows

    def _learn(self, rows: Iterable[Row], thing: str) -> None:
        """Remember what things are called: best in the reader's language, else in Catalan."""
        best = (self.reader.language, DEFAULT)
        for row in rows:
            iri, label = _value(row, thing), row.get("label")
            known = self._labels.get(iri)
            if isinstance(label, Text) and (
                known is None or _rank(label, best) < _rank(known, best)
            ):
                self._labels[iri] = label

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The districts, then the neighbourhoods, each in the order of their codes."""
        boundaries = {
            _value(row, "place"): row["wkt"] for row in self.reader.rows("territory-boundaries")
        }
        found: dict[str, Place] = {}
        for row in self._places:
            iri, boundary = _value(row, "place"), boundaries.get(_value(row, "place"))
            found[iri] = Place(
                iri,
                _KINDS[_value(row, "class")],
                _value(row, "code"),
                self.name(iri),
                _value(row, "district") or None,
                boundary if isinstance(boundary, Text) else None,
            )
        ordered = sorted(found.values(), key=lambda place: (place.kind, place.code, place.iri))
        return {place.iri: place for place in ordered}

    @property
    def districts(self) -> Sequence[Place]:
        """The districts, in the order of their codes."""
        return [place for place in self.places.values() if place.kind == "district"]

    def parts(self, district: str) -> Sequence[Place]:
        """Give the neighbourhoods of a *district*, in the order of their codes."""
        return self._parts.get(district, ())

    @cached_property
    def _parts(self) -> Mapping[str, Sequence[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            if place.district:
                found[place.district].append(place)
        return found

    def things_in(self, place: str) -> Sequence[str]:
        """Give what lies in a *place* or in a part of it: projects and axes, by their names."""
        where = (place, *(part.iri for part in self.parts(place)))
        found = {thing for at in where for thing in self.located.subjects(at)}
        return sorted(found, key=lambda thing: (self.name(thing).casefold(), thing))

    def projects_in(self, place: str) -> Sequence[str]:
        """Give the projects that lie in a *place* or in a part of it."""
        return [thing for thing in self.things_in(place) if self._classes[thing] == _PROJECT]

    def axes_in(self, place: str) -> Sequence[str]:
        """Give the axes that lie in a *place* or in a part of it, at least in part."""
        return [thing for thing in self.things_in(place) if self._classes[thing] != _PROJECT]

    def actions_on(self, district: str, year: int | None = None) -> Sequence[str]:
        """Give the actions that concern a *district*: all, or those scheduled in a *year*."""
        return [
            element
            for element in self.reached.subjects(district)
            if self._classes[element] == _ACTION
            and (year is None or str(year) in self.scheduled.values(element))
        ]

    def measures_on(self, district: str) -> Sequence[str]:
        """Give the measures that concern a *district*."""
        reached = self.reached.subjects(district)
        return [element for element in reached if self._classes[element] != _ACTION]

    def actions_naming(self, thing: str) -> Sequence[str]:
        """Give the actions that name a project or an axis."""
        known = {*self.reached.things}
        named = [element for element in self.named.subjects(thing) if element in known]
        return [element for element in named if self._classes[element] == _ACTION]

    def where(self, thing: str, place: str) -> Sequence[str]:
        """Give the graphs that say that a *thing* lies in a *place*, else in a part of it."""
        return self.located.graphs(thing, place) or [
            graph for part in self.parts(place) for graph in self.located.graphs(thing, part.iri)
        ]

    def name(self, iri: str) -> str:
        """Say what a thing is called: without a label, by the end of its *iri*."""
        label = self._labels.get(iri)
        return label.value if label else iri.rpartition("/")[2]

    def cell(self, iri: str, graphs: Iterable[str] = ()) -> Cell:
        """Show a thing by its number and name, with who says what the *graphs* say of it."""
        label = self._labels.get(iri) or Text(self.name(iri))
        number = self._identifiers.get(iri)
        if number:
            label = Text(f"{number} {label.value}", language=label.language)
        row: Row = {"label": label, "thing": NamedNode(iri)}
        return self.reader.cell(row, "label", "thing", self.evidence(graphs))

    def evidence(self, graphs: Iterable[str]) -> Sequence[Evidence]:
        """Say who speaks in *graphs*, each once."""
        found = (
            self.reader.evidence({"graph": NamedNode(graph), **self._sources.get(graph, {})})
            for graph in dict.fromkeys(graphs)
        )
        return tuple(evidence for evidence in found if evidence is not None)

    @cached_property
    def _sources(self) -> Mapping[str, Row]:
        """What is known of each graph, in the reader's language where it is known in that."""
        best = (self.reader.language, DEFAULT)
        found: dict[str, Row] = {}
        for row in self.reader.rows("territory-sources"):
            graph = _value(row, "graph")
            if graph not in found or _row_rank(row, best) < _row_rank(found[graph], best):
                found[graph] = row
        return found


def counted(words: Words, forms: tuple[str, str], number: int) -> str:
    """Say a *number* of things by the keys of their *forms*: for one, and for more."""
    one, more = forms
    return words[one if number == 1 else more].format(number=number)


def _value(row: Row, name: str) -> str:
    """Give what a variable has as text; an empty one where it has nothing."""
    return str(getattr(row.get(name), "value", ""))


def _texts(rows: Iterable[Row], thing: str, name: str) -> dict[str, str]:
    return {_value(row, thing): _value(row, name) for row in rows}


def _rank(label: Text, best: Sequence[str]) -> tuple[int, str]:
    """Say how late a *label* is asked for: first those in the *best* languages."""
    known = best.index(label.language) if label.language in best else len(best)
    return known, label.value


def _row_rank(row: Row, best: Sequence[str]) -> tuple[int, str]:
    label = row.get("graphLabel", row.get("graphConfidence"))
    return _rank(label, best) if isinstance(label, Text) else (len(best) + 1, "")
