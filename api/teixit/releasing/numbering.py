"""Semantic versions: which number a release may bear, by what has changed.

What goes away or changes its meaning breaks what others have built: a major change. Something new
is a minor one, all else a patch. Before 1.0.0 each counts for one step less (SemVer 2.0.0,
section 4, as packagers read it).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from pyoxigraph import Quad

from teixit.errors import ReleaseError
from teixit.exporting.changes import Changed, Changes
from teixit.exporting.shelf import VERSION
from teixit.namespaces import PREFIXES, TERM, THING, expand

Number = tuple[int, int, int]

_TYPE: Final = expand("rdf:type")
#: What says what a term means to a machine.
_LOGIC: Final = frozenset(
    {
        _TYPE,
        *map(expand, ("rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf")),
    }
)
#: What OWL says of a term that leaves its meaning as it is.
_NOTES: Final = frozenset(map(expand, ("owl:deprecated", "owl:versionInfo")))


class Step(IntEnum):
    """How much changes with a release."""

    PATCH = 0
    MINOR = 1
    MAJOR = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a release needs a step of some size.

    Args:
        thing: What has changed.
        step: How much of a step it asks for.
        what: ``gone``, ``meaning`` or ``new``.
    """

    thing: Changed
    step: Step
    what: str


def read(version: str) -> Number:
    """Read a number ``X.Y.Z``.

    Raises:
        ReleaseError: It is none.
    """
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"{version!r}: expected a number of three parts, such as 1.2.3")
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def reasons(changes: Changes) -> list[Reason]:
    """Say why a release with *changes* needs more than a patch, what weighs most first."""
    typed = [
        {quad.subject for quad in edition.said if quad.predicate.value == _TYPE}
        for edition in (changes.before, changes.after)
    ]
    known, known_now = ({str(subject).strip("<>") for subject in found} for found in typed)
    found = [
        reason
        for thing in changes.things()
        if thing.iri.startswith((TERM, THING))
        for reason in _reasons(thing, thing.iri in known, thing.iri in known_now)
    ]
    return sorted(found, key=lambda reason: -reason.step)


def least_after(last: str, found: list[Reason]) -> str:
    """Give the least number that a release may have after *last*, for the reasons *found*."""
    major, minor, patch = read(last)
    step = max((reason.step for reason in found), default=Step.PATCH)
    if not major:
        step = Step(max(step - 1, Step.PATCH))
    match step:
        case Step.MAJOR:
            return f"{major + 1}.0.0"
        case Step.MINOR:
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"


def _reasons(thing: Changed, was_known: bool, is_known: bool) -> Iterator[Reason]:  # noqa: FBT001
    if was_known and not is_known:
        yield Reason(thing, Step.MAJOR, "gone")
    elif is_known and not was_known:
        yield Reason(thing, Step.MINOR, "new")
    elif thing.iri.startswith(TERM) and any(map(_is_logic, thing.added + thing.removed)):
        yield Reason(thing, Step.MAJOR, "meaning")


def _is_logic(quad: Quad) -> bool:
    predicate = quad.predicate.value
    owl = predicate.startswith(PREFIXES["owl"]) and predicate not in _NOTES
    return owl or predicate in _LOGIC
