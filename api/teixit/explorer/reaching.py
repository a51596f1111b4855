"""How things reach districts, each way with those who say so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Cell, Evidence
from teixit.namespaces import THING

#: How sure it is: a source says so; we conclude it; or it is said of every district alike. The
#: surest is first.
Standing: TypeAlias = Literal["said", "concluded", "every"]
STANDINGS: Final[Sequence[Standing]] = ("said", "concluded", "every")
#: How many steps below high confidence its levels are.
_DOUBTS: Final = {f"{THING}confidence-medium": 1, f"{THING}confidence-low": 2}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a thing reaches a district.

    Args:
        standing: How sure it is.
        doubt: 0 where those who say so are trusted highly, or nobody says how far; then 1 and 2.
        confidence: The same in the reader's language; None where nobody says.
        through: The project, the axis or the element of the plan that it goes through.
        evidence: Who says so, step by step.
    """

    standing: Standing
    doubt: int
    confidence: str | None
    through: Cell | None
    evidence: Sequence[Evidence]


#: The ways, the surest first, by the IRI of the thing and that of the district.
Ways: TypeAlias = Mapping[tuple[str, str], Sequence[Way]]
_Found: TypeAlias = Iterable[tuple[tuple[str, str], Way]]


@dataclass(frozen=True, slots=True)
class Saying:
    """What one statement says, and all who make it.

    Args:
        cell: What the statement is about, by its number in the plan if it has one.
        measure: The IRI of the measure that it belongs to; empty for what belongs to none.
        way: The statement as a way that goes through nothing.
    """

    cell: Cell
    measure: str
    way: Way

    def through(self, cell: Cell, *steps: "Saying", standing: Standing | None = None) -> Way:
        """Go this way through what is in *cell*, after other *steps*."""
        told = [one for step in (*steps, self) for one in step.way.evidence]
        return replace(
            self.way, standing=standing or self.way.standing, through=cell, evidence=told
        )


#: By its subject and its object.
Sayings: TypeAlias = Mapping[tuple[str, str], Saying]


def of_projects(reader: Reader, districts: Sequence[str]) -> Ways:
    """Say in which districts projects are, by the sources that place them there."""
    places = _sayings(reader, "matrix-places", "thing", "district")
    return _gathered((pair, said.way) for pair, said in places.items() if pair[1] in districts)


def of_elements(reader: Reader, districts: Sequence[str]) -> Ways:
    """Say which districts measures and actions touch, through what they name.

    A measure names what its actions name. What speaks of every district touches each.
    """
    named = _named(reader)
    places = _sayings(reader, "matrix-places", "thing", "district")

    def found() -> _Found:
        for pair, said in _sayings(reader, "matrix-reaches", "thing", "district").items():
            through = [
                said.through(naming.cell, naming, places[thing, pair[1]])
                for thing, naming in named[pair[0]].items()
                if (thing, pair[1]) in places
            ]
            yield from ((pair, way) for way in through or [said.way])
        for (element, _), said in everywhere(reader).items():
            yield from (((element, district), said.way) for district in districts)

    return _gathered(found())


def of_themes(reader: Reader, districts: Sequence[str]) -> Ways:
    """Say which districts the elements of the plan touch that deal with each theme."""
    return _of_members(reader, districts, "matrix-themes")


def of_audiences(reader: Reader, districts: Sequence[str]) -> Ways:
    """Say which districts the elements touch of the lines that are addressed to each group."""
    return _of_members(reader, districts, "matrix-audiences")


def everywhere(reader: Reader) -> Sayings:
    """Say which elements of the plan speak of every district; their object is the scale."""
    found = _sayings(reader, "matrix-everywhere", "thing", "scale")
    return {
        pair: replace(said, way=replace(said.way, standing="every")) for pair, said in found.items()
    }


def _of_members(reader: Reader, districts: Sequence[str], memberships: str) -> Ways:
    """Say which districts things touch through the elements of the plan that belong to them."""
    reached = _by_subject(_sayings(reader, "matrix-reaches", "thing", "district"))
    all_over = _by_subject(everywhere(reader))

    def found() -> _Found:
        members = _sayings(reader, memberships, "thing", "element")
        for (thing, element), member in members.items():
            for district, said in reached[element].items():
                way = said.through(said.cell, member, standing="concluded")
                yield (thing, district), way
            for said in all_over[element].values():
                way = said.through(said.cell, member)
                yield from (((thing, district), way) for district in districts)

    return _gathered(found())


def _named(reader: Reader) -> Mapping[str, Mapping[str, Saying]]:
    """Give what each action and each measure names, itself or by its actions, by their IRIs."""
    named: defaultdict[str, dict[str, Saying]] = defaultdict(dict)
    for (element, thing), said in _sayings(reader, "matrix-named", "element", "thing").items():
        for namer in filter(None, (element, said.measure)):
            named[namer].setdefault(thing, said)
    return named


def _gathered(found: _Found) -> Ways:
    """Put ways together by what they join, the surest first."""
    ways: defaultdict[tuple[str, str], list[Way]] = defaultdict(list)
    for pair, way in found:
        ways[pair].append(way)
    for gathered in ways.values():
        gathered.sort(key=lambda way: (STANDINGS.index(way.standing), way.doubt))
    return ways


def _by_subject(sayings: Sayings) -> Mapping[str, Mapping[str, Saying]]:
    found: defaultdict[str, dict[str, Saying]] = defaultdict(dict)
    for (subject, object_), said in sayings.items():
        found[subject][object_] = said
    return found


def _sayings(reader: Reader, query: str, subject: str, object_: str) -> Sayings:
    """Gather the rows of a *query* that have the same subject and object, in their order there."""
    together: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reader.rows(query):
        together[value(row, subject), value(row, object_)].append(row)
    return {pair: _saying(reader, rows) for pair, rows in together.items()}


def _saying(reader: Reader, rows: Sequence[Row]) -> Saying:
    """Say who makes a statement: sources before ourselves, the most trusted before others."""
    ordered = sorted(rows, key=_standing)
    first = ordered[0]
    told = tuple(evidence_of(reader, ordered))
    standing: Standing = "concluded" if _standing(first)[0] else "said"
    cell = reader.cell(first, "identifier" if "identifier" in first else "label", "thing")
    confidence = told[0].confidence if told else None
    way = Way(standing, _standing(first)[1], confidence, None, told)
    return Saying(cell, value(first, "measure"), way)


def evidence_of(reader: Reader, rows: Iterable[Row]) -> Iterator[Evidence]:
    """Give those who make one statement, each once; of the passages, the shortest.

    The page of the plan says most things twice, in a table and in a list.
    """
    found = dict.fromkeys(one for row in rows if (one := reader.evidence(row)))
    passages = sorted((one for one in found if one.sentence), key=_length)
    yield from passages[:1]
    yield from (one for one in found if not one.sentence)


def value(row: Row, name: str) -> str:
    """Give what a variable of a *row* is, as text; empty where it is unbound."""
    return getattr(row.get(name), "value", "")


def _length(one: Evidence) -> tuple[int, str]:
    return len(one.sentence or ""), one.address


def _standing(row: Row) -> tuple[bool, int]:
    """Rank who makes the statement of a *row*: whether it is we, and the doubt about it."""
    ours = value(row, "graphKind").endswith("#Conclusion")
    return ours, _DOUBTS.get(value(row, "graphLevel"), 0)
