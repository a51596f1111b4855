"""The plan as it is written: its lines, their objectives and measures, and the actions by year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal

from teixit.explorer import addresses
from teixit.explorer.reading import Reader, Row
from teixit.explorer.stating import Said, in_order, natural, said_by, voices_of, year_of
from teixit.explorer.things.names import Names
from teixit.explorer.views import Cell, Evidence, Table, View
from teixit.explorer.wording import Wording
from teixit.namespaces import expand, term
from teixit.queries import Term

#: What the queries give at most; a plan that has more is not shown in parts.
MOST_ELEMENTS: Final = 5000
MOST_STATEMENTS: Final = 10000

_LABEL: Final = expand("rdfs:label")


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its name with those who say so, and its years in words and one by one."""

    name: Cell
    years: str
    strip: Sequence[tuple[int, bool]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that no measure has: what it is called, and between which numbers it is."""

    name: Cell
    told: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, its actions, and the numbers that are missing right after it."""

    name: Cell
    actions: Sequence[Action]
    gaps: Sequence[Gap]


@dataclass(frozen=True, slots=True)
class Line:
    """A strategic line and its parts."""

    name: Cell
    audiences: Sequence[Cell]
    objectives: Sequence[Cell]
    measures: Sequence[Measure]


@dataclass(frozen=True, kw_only=True)
class PlanView(View):
    """The page of the plan.

    Args:
        plans: The plans that there are; one, as a rule.
        lines: Their lines.
        loose: Parts of which nothing says what they are a part of.
        is_whole: Whether all parts are shown; a graph may have more than a page can hold.
    """

    plans: Sequence[Cell]
    lines: Sequence[Line]
    loose: Sequence[Cell]
    is_whole: bool


@dataclass(frozen=True)
class _Elements:
    """The parts of the plan, by kind and by what they are a part of, and what is said of them."""

    names: Names
    kinds: Mapping[str, Sequence[str]]
    within: Mapping[str, str]
    said: Mapping[str, Said]

    def of(self, kind: str, within: str | None = None) -> list[str]:
        """Give the elements of a *kind* of ours, all or those *within* one, in their order."""
        found = self.kinds.get(term(kind), ())
        inside = [iri for iri in found if within is None or self.within.get(iri) == within]
        return sorted(inside, key=lambda iri: (self._number(iri), natural(self.names.name(iri))))

    def values(self, iri: str, property_: str) -> Mapping[Term, tuple[Evidence, ...]]:
        """Give what is said of an element by a prefixed property."""
        return self.said.get(iri, {}).get(expand(property_), {})

    def cell(self, iri: str, by: str = "rdfs:label") -> Cell:
        """Show an element with those who state it by a property, in the words of the source."""
        language = self.names.wording.language
        stated = self.values(iri, by) or self.values(iri, "rdfs:label")
        own = _spoken(stated, language)
        text, missing = self.names.name(iri), self.names.label(iri)[1]
        return Cell(text, addresses.about(iri, language), missing, evidence=own)

    def years(self, iri: str, property_: str) -> list[int]:
        """Give the years that are said of an element."""
        found = {year_of(value) for value in self.values(iri, property_)}
        return sorted(year for year in found if year is not None)

    def _number(self, iri: str) -> tuple[tuple[int, str], ...]:
        numbers = self.values(iri, "teixit:number")
        return min((natural(number.value) for number in numbers), default=())


def view(reader: Reader, wording: Wording) -> PlanView:
    """Make the page of the plan.

    Raises:
        RequestError: The workers or the other server cannot say.
    """
    rows = reader.rows("plan-elements")
    statements = reader.rows("plan-statements") if len(rows) < MOST_ELEMENTS else ()
    if len(rows) >= MOST_ELEMENTS or len(statements) >= MOST_STATEMENTS:
        return _shown(_elements((), (), {}, Names(wording)), reader, is_whole=False)
    voices = voices_of(reader, reader.rows("plan-voices"))
    return _shown(_elements(rows, statements, voices, Names(wording)), reader, is_whole=True)


def _shown(found: _Elements, reader: Reader, *, is_whole: bool) -> PlanView:
    wording = found.names.wording
    lines = [_line(found, iri) for iri in found.of("StrategicLine")]
    return PlanView(
        title=wording.say("plan.title"),
        summary=_summary(found, wording) if is_whole else wording.say("plan.too_much"),
        tables=[_table(found, lines)],
        asked=reader.asked,
        plans=[found.cell(iri) for iri in found.of("Plan")],
        lines=lines,
        loose=_loose(found),
        is_whole=is_whole,
    )


def _elements(
    rows: Iterable[Row], statements: Iterable[Row], voices: Mapping[str, Evidence], names: Names
) -> _Elements:
    names.read(rows, "element")
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    within: dict[str, str] = {}
    for row in rows:
        iri = row["element"].value
        kinds[row["kind"].value][iri] = None
        if "within" in row:
            # Should it be part of two, then of the first by name, whatever order they come in.
            within[iri] = min(row["within"].value, within.get(iri, row["within"].value))
    stated: dict[str, list[Row]] = defaultdict(list)
    for row in statements:
        stated[row["element"].value].append(row)
    said = {iri: said_by(found, "value", voices) for iri, found in stated.items()}
    return _Elements(names, {kind: [*found] for kind, found in kinds.items()}, within, said)


def _spoken(stated: Mapping[Term, tuple[Evidence, ...]], language: str) -> tuple[Evidence, ...]:
    """Gather who says so, but for translations that this reader does not read."""
    return in_order(
        one
        for value, evidence in stated.items()
        for one in evidence
        if one.voice != "translation" or (isinstance(value, Literal) and value.language == language)
    )


def _summary(found: _Elements, wording: Wording) -> str:
    lines = found.of("StrategicLine")
    if not lines:
        return wording.say("plan.nothing")
    actions = found.of("Action")
    years = {year for iri in actions for year in found.years(iri, "teixit:scheduledYear")}
    told = {
        "lines": wording.listed([found.names.label(iri)[0] for iri in lines]),
        "objectives": len(found.of("Objective")),
        "measures": len(found.of("Measure")),
        "actions": len(actions),
    }
    counted = wording.say("plan.summary", **told)
    scheduled = wording.say("plan.years", years=wording.years(years)) if years else ""
    return " ".join(filter(None, (counted, scheduled)))


def _line(found: _Elements, iri: str) -> Line:
    audiences = [
        replace(cell, evidence=in_order([*cell.evidence, *said]))
        for group, said in found.values(iri, "dct:audience").items()
        for cell in (found.cell(group.value),)
    ]
    return Line(
        found.cell(iri),
        sorted(audiences, key=lambda cell: natural(cell.text)),
        [found.cell(objective) for objective in found.of("Objective", iri)],
        [_measure(found, measure) for measure in found.of("Measure", iri)],
    )


def _measure(found: _Elements, iri: str) -> Measure:
    covered = found.years(iri, "teixit:coversYear")
    actions = [_action(found, action, covered) for action in found.of("Action", iri)]
    return Measure(
        found.cell(iri), actions, [_gap(found, gap) for gap in found.of("NumberGap", iri)]
    )


def _action(found: _Elements, iri: str, covered: Sequence[int]) -> Action:
    wording = found.names.wording
    scheduled = found.years(iri, "teixit:scheduledYear")
    strip = [(year, year in scheduled) for year in sorted({*covered, *scheduled})]
    told = wording.say("plan.scheduled", years=wording.years(scheduled)) if scheduled else ""
    years = told or wording.say("plan.unscheduled")
    return Action(found.cell(iri, "teixit:scheduledYear"), years, strip)


def _gap(found: _Elements, iri: str) -> Gap:
    names = found.names
    before = names.number(found.within[iri])
    after = [names.number(value.value) for value in found.values(iri, "teixit:precedesMeasure")]
    told = names.wording.say("plan.gap", before=before, after=names.wording.listed(after))
    return Gap(found.cell(iri, "teixit:missingNumber"), told)


def _loose(found: _Elements) -> list[Cell]:
    """List the parts that are a part of nothing that is shown."""
    wholes = {"Objective": "StrategicLine", "Measure": "StrategicLine", "Action": "Measure"}
    shown = {whole: {*found.of(whole)} for whole in wholes.values()}
    return [
        found.cell(iri)
        for kind, whole in wholes.items()
        for iri in found.of(kind)
        if found.within.get(iri) not in shown[whole]
    ]


def _table(found: _Elements, lines: Iterable[Line]) -> Table:
    say = found.names.wording.say
    columns = [
        *(say("table.what"), say("table.name"), say("table.part_of"), say("table.years")),
        *(say("table.source"), say("table.sentence")),
    ]
    rows = [row for line in lines for row in _rows(found.names.wording, line)]
    return Table("plan", say("plan.title"), columns, rows)


def _rows(wording: Wording, line: Line) -> Iterator[list[Cell]]:
    """Give a row for each part of a line, as a file has them."""
    yield _row(wording.say("kind.line"), line.name, "", "")
    for objective in line.objectives:
        yield _row(wording.say("kind.objective"), objective, line.name.text, "")
    for audience in line.audiences:
        yield _row(wording.say("kind.audience"), audience, line.name.text, "")
    for measure in line.measures:
        yield _row(wording.say("kind.measure"), measure.name, line.name.text, "")
        for action in measure.actions:
            years = ", ".join(str(year) for year, is_on in action.strip if is_on)
            yield _row(wording.say("kind.action"), action.name, measure.name.text, years)
        for gap in measure.gaps:
            yield _row(wording.say("kind.gap"), gap.name, line.name.text, "")


def _row(kind: str, name: Cell, whole: str, years: str) -> list[Cell]:
    first = next(iter(name.evidence), None)
    source = Cell(first.name, first.address) if first else Cell("")
    sentence = (first.sentence if first else None) or ""
    return [Cell(kind), name, Cell(whole), Cell(years), source, Cell(sentence)]
