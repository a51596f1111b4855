"""The page of a thing as tables, for files: a row for each value and each voice that states it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from teixit.explorer.things.shown import Fact, Lead
from teixit.explorer.views import Cell, Evidence, Table, Voice
from teixit.explorer.wording import Wording

_VOICES: Final[Mapping[Voice, str]] = {
    "passage": "evidence.passage",
    "extract": "evidence.extract",
    "conclusion": "evidence.conclusion",
    "translation": "evidence.translation",
    "record": "evidence.record",
}


def tables(
    wording: Wording, facts: Sequence[Fact], leads: Sequence[Lead], unknown: Sequence[str]
) -> list[Table]:
    """Write what a page shows as tables: what is said, what leads here, what is not known."""
    say = wording.say
    voices = [say("table.voice"), say("table.source"), say("table.sentence"), say("table.trust")]
    said = [
        [Cell(fact.property), value, *voice]
        for fact in facts
        for group in fact.groups
        for value in group.values
        for voice in _voices(wording, group.evidence)
    ]
    leading = [
        [Cell(lead.title), thing, *voice]
        for lead in leads
        for thing in lead.things
        for voice in _voices(wording, thing.evidence)
    ]
    what, value = say("table.property"), say("table.value")
    return [
        Table("facts", say("thing.said"), [what, value, *voices], said),
        Table("leads", say("thing.leads"), [what, value, *voices], leading),
        Table("unknown", say("thing.unknown"), [what], [[Cell(text)] for text in unknown]),
    ]


def _voices(wording: Wording, evidence: Sequence[Evidence]) -> Iterator[Sequence[Cell]]:
    """Give a row for each voice; one of empty cells where nobody is named."""
    for one in evidence:
        yield [
            Cell(wording.say(_VOICES[one.voice])),
            Cell(one.name, one.address),
            Cell(one.sentence or ""),
            Cell(one.confidence or ""),
        ]
    if not evidence:
        yield [Cell("")] * 4
