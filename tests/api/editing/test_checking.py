"""What the shapes say at once of one thing is what they say when they look at everything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from teixit import namespaces, validation
from teixit.editing import checking, saving
from teixit.editing.drafts import Change, Draft
from teixit.editing.knowledge import KINDS, Knowledge, files_of

Fill = Callable[..., Draft]
THING = namespaces.THING
SOURCE = f"{THING}extract-cooperasec-que-es"
#: What somebody might type, and the rule that it breaks.
TYPED = {
    "a place outside of its districts": (
        {"thing.locatedIn.0.value": f"{THING}neighbourhood-45"},
        "FlagshipProject-districtOfNeighbourhood",
    ),
    "another address": (
        {"thing.homepage.1.value": "https://x.example/", "thing.homepage.1.source": SOURCE},
        None,
    ),
}


def rules(findings: list[validation.Finding], change: Change) -> set[tuple[str, str, str | None]]:
    mine = {node.value for node in change.about}
    return {(one.node, one.shape, one.value) for one in findings if one.node in mine}


@pytest.mark.parametrize("case", sorted(TYPED))
def test_at_once_and_wholly_are_the_same(
    fill: Fill, knowledge: Knowledge, tmp_path: Path, case: str
) -> None:
    typed, rule = TYPED[case]
    change = fill(typed).change
    assert change is not None
    quick = rules(checking.quickly(knowledge, change), change)
    would = saving.texts(knowledge, change)
    for name, text in would.items():
        (tmp_path / name).write_text(text, "utf-8")
    rest = [file for file in files_of(knowledge.folder) if file.name not in would]
    everything = validation.check([tmp_path / name for name in would], rest)
    assert quick == rules(everything, change)
    violated = {(one.node, one.shape) for one in everything if one.severity.rank == 0}
    assert {(one.node, one.shape) for one in checking.wholly(knowledge, would)} == violated
    broken = {shape.rpartition("#")[2] for _, shape, _ in quick}
    assert rule is None or rule in broken


def test_every_thing_that_is_shipped_is_right_at_once(knowledge: Knowledge) -> None:
    for kind in KINDS:
        for choice in knowledge.choices([kind.type]):
            change = Change(choice.node, {}, {}, frozenset({choice.node}))
            found = checking.quickly(knowledge, change)
            assert {one.severity.value for one in found} <= {"Info"}


def test_what_would_be_violated_is_found_before_it_is_written(
    fill: Fill, knowledge: Knowledge
) -> None:
    change = fill(TYPED["a place outside of its districts"][0]).change
    assert change is not None
    found = checking.wholly(knowledge, saving.texts(knowledge, change))
    assert {one.node for one in found} == {f"{THING}project-coopolis"}


def test_what_names_the_thing_makes_shapes_meet_it_too(knowledge: Knowledge) -> None:
    node = NamedNode(f"{THING}project-coopolis")
    replaced = Quad(
        NamedNode(f"{THING}gone"),
        NamedNode(namespaces.expand("dct:isReplacedBy")),
        node,
        NamedNode(SOURCE),
    )
    change = Change(node, {}, {replaced: "projects.trig"}, frozenset({node}))
    assert isinstance(checking.quickly(knowledge, change), list)
