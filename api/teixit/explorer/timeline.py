"""The timeline: in which years the plan schedules its actions, measure by measure.

That an action is scheduled does not mean that it was done.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from teixit.errors import ChoiceError
from teixit.explorer.reaching import evidence_of, value
from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Cell, Evidence, Table, View
from teixit.namespaces import TERM

#: The texts of the pages in the reader's language, by key.
Messages: TypeAlias = Mapping[str, str]
#: Who says so, by the year that they say.
_Years: TypeAlias = dict[str, Sequence[Evidence]]
#: The same by what they say, and by the IRI of the thing that they say it of.
_Said: TypeAlias = Mapping[str, defaultdict[str, _Years]]
#: How much of a value that cannot be is repeated, in characters.
_REPEATED: Final = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen, and how many actions there are then."""

    value: str
    count: int
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its number, what it is with who schedules it, and its years, the first first."""

    identifier: str
    thing: Cell
    years: Sequence[str]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a measure.

    Args:
        year: Such as 2017.
        count: How many of its actions are scheduled, whatever the reader has chosen.
        covered: Whether the page offers the year to the measure at all.
    """

    year: str
    count: int
    covered: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One measure.

    Args:
        number: Its number in the plan; empty for the actions that belong to no measure.
        thing: What it is, with who says which years it covers, or that it is missing.
        actions: Those that are shown.
        years: The years of the plan; none where the measure is missing.
        missing: Whether the page has no measure of this number.
    """

    number: str
    thing: Cell
    actions: Sequence[Action] = ()
    years: Sequence[Year] = ()
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Timeline(View):
    """Actions by years, below their measures.

    Args:
        caption: What is shown, in words.
        year: The year that actions are shown of; None for all.
        measure: The number of the measure that is shown; None for all.
        years: The years of the plan, each with the count of its actions of this measure.
        measures: The numbers of measures, each with the count of its actions of this year.
        groups: The measures that are shown, and the numbers at which there is none.
        idle: Whether one of them has a year in which none of its actions is scheduled.
    """

    caption: str
    year: str | None
    measure: str | None
    years: Sequence[Choice]
    measures: Sequence[Choice]
    groups: Sequence[Group]
    idle: bool


def timeline(
    reader: Reader, messages: Messages, year: str | None = None, measure: str | None = None
) -> Timeline:
    """Make the timeline of the actions of a *year* and of a *measure*.

    Args:
        reader: Asks the graph.
        messages: The texts in the reader's language.
        year: Such as 2017; None for all years.
        measure: The number of a measure, or one that the plan skips; None for all.

    Raises:
        ChoiceError: The plan has no such year or measure.
        RequestError: The graph cannot be asked.
    """
    said = _said(reader)
    years = sorted({one for things in said.values() for found in things.values() for one in found})
    groups = sorted(_groups(reader, messages, years, said), key=_order)
    year = _checked(messages, "year", year, years)
    measure = _checked(
        messages, "measure", measure, [group.number for group in groups if group.number]
    )
    of_measure = [group for group in groups if measure in {None, group.number}]
    shown = [_within(group, year) for group in of_measure]
    caption = _caption(messages, shown, year, measure)
    return Timeline(
        title=messages["timeline.title"],
        summary=messages["timeline.summary"],
        caption=caption,
        year=year,
        measure=measure,
        years=[Choice(one, _count(of_measure, one)) for one in years],
        measures=[_choice(group, year) for group in groups if group.number],
        groups=shown,
        idle=any(one.covered and not one.count for group in shown for one in group.years),
        tables=[_table(messages, caption, years, shown)],
        asked=reader.asked,
    )


def _checked(messages: Messages, name: str, wanted: str | None, known: Sequence[str]) -> str | None:
    """Give what is *wanted* if it is *known*; where nothing is, there is nothing to choose from.

    Raises:
        ChoiceError: It is not known; says what is.
    """
    if wanted is None or not known:
        return None
    if wanted not in known:
        choices = ", ".join(dict.fromkeys(known))
        asked = wanted[:_REPEATED]
        raise ChoiceError(
            messages["timeline.wrong"].format(name=name, asked=asked, choices=choices)
        )
    return wanted


def _said(reader: Reader) -> _Said:
    """Gather who says in which years things are."""
    rows: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in reader.rows("timeline-years"):
        said = value(row, "says").removeprefix(TERM)
        rows[said, value(row, "thing"), value(row, "year")].append(row)
    found: dict[str, defaultdict[str, _Years]]
    found = {"coversYear": defaultdict(dict), "scheduledYear": defaultdict(dict)}
    for (said, thing, year), together in sorted(rows.items()):
        found[said][thing][year] = [*evidence_of(reader, together)]
    return found


def _groups(
    reader: Reader, messages: Messages, years: Sequence[str], said: _Said
) -> Iterator[Group]:
    """Give the measures, the numbers without one, and what belongs to no measure."""
    things = _first(reader.rows("timeline-things"))
    actions: defaultdict[str, list[Action]] = defaultdict(list)
    for row in _of_kind(things, "Action"):
        told = said["scheduledYear"][value(row, "thing")]
        action = Action(value(row, "identifier"), _vouched(reader, row, told), [*told])
        actions[value(row, "measure")].append(action)
    for row in _of_kind(things, "Measure"):
        told, own = said["coversYear"][value(row, "thing")], actions.pop(value(row, "thing"), [])
        counted = [Year(one, _scheduled(own, one), one in told) for one in years]
        yield Group(value(row, "number"), _vouched(reader, row, told), own, counted)
    for row in _first(reader.rows("timeline-gaps")):
        cell = replace(reader.cell(row, "label", "thing"), evidence=[*evidence_of(reader, [row])])
        yield Group(value(row, "number"), cell, missing=True)
    strays = [action for others in actions.values() for action in others]
    if strays:
        counted = [Year(one, _scheduled(strays, one), covered=True) for one in years]
        yield Group("", Cell(messages["timeline.stray"]), strays, counted)


def _of_kind(things: Iterable[Row], kind: str) -> Iterable[Row]:
    return (row for row in things if value(row, "kind") == TERM + kind)


def _first(rows: Iterable[Row]) -> Sequence[Row]:
    """Give the first row of each thing."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(value(row, "thing"), row)
    return [*found.values()]


def _vouched(reader: Reader, row: Row, said: _Years) -> Cell:
    """Show what a *row* is about, with all who say something of its years, each once."""
    told = dict.fromkeys(one for found in said.values() for one in found)
    return replace(reader.cell(row, "label", "thing"), evidence=[*told])


def _order(group: Group) -> tuple[bool, int, str]:
    is_number = group.number.isdecimal()
    return not is_number, int(group.number) if is_number else 0, group.number


def _within(group: Group, year: str | None) -> Group:
    actions = [action for action in group.actions if year is None or year in action.years]
    return replace(group, actions=actions)


def _choice(group: Group, year: str | None) -> Choice:
    return Choice(group.number, len(_within(group, year).actions), group.missing)


def _scheduled(actions: Iterable[Action], year: str) -> int:
    return sum(year in action.years for action in actions)


def _count(groups: Iterable[Group], year: str) -> int:
    return sum(_scheduled(group.actions, year) for group in groups)


def _caption(
    messages: Messages, groups: Sequence[Group], year: str | None, measure: str | None
) -> str:
    key = {
        (True, True): "timeline.caption_all",
        (False, True): "timeline.caption_year",
        (True, False): "timeline.caption_measure",
        (False, False): "timeline.caption_both",
    }[year is None, measure is None]
    count = sum(len(group.actions) for group in groups)
    return messages[key].format(year=year, measure=measure, count=count)


def _table(
    messages: Messages, caption: str, years: Sequence[str], groups: Sequence[Group]
) -> Table:
    """Make the table of the actions, with the sentence that schedules each, for files."""
    names = ("timeline.measure", "timeline.action", "timeline.sentence", "timeline.address")
    measure, action, *evidence = (messages[name] for name in names)
    rows = [row for group in groups for row in _rows(messages, years, group)]
    return Table("timeline", caption, [measure, action, *years, *evidence], rows)


def _rows(messages: Messages, years: Sequence[str], group: Group) -> Iterator[Sequence[Cell]]:
    told = ("timeline.not_scheduled", "timeline.scheduled")
    number = Cell(group.number)
    if group.missing:
        yield [number, group.thing, *(Cell("") for _ in years), *_source(group.thing)]
    for action in group.actions:
        title = replace(action.thing, text=f"{action.identifier} {action.thing.text}".strip())
        marks = (Cell(messages[told[year in action.years]]) for year in years)
        yield [number, title, *marks, *_source(action.thing)]


def _source(cell: Cell) -> Sequence[Cell]:
    return [
        Cell(" ".join(one.sentence or one.name for one in cell.evidence)),
        Cell(" ".join(one.address for one in cell.evidence)),
    ]
