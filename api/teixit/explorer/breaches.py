"""What the shapes find in the graph, rule by rule, in the reader's words."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teixit.explorer import addresses
from teixit.explorer.views import Cell, Table, View
from teixit.findings import Severity
from teixit.languages import in_language
from teixit.namespaces import SHAPE


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong by one rule, or would be good to know.

    Args:
        severity: How bad it is, in SHACL's word.
        grade: The same in the reader's language.
        message: What is wrong and how to mend it, in the reader's language.
        rule: The address of the rule.
        things: Those that it is said of, each with the value that is wrong, if there is one.
    """

    severity: str
    grade: str
    message: str
    rule: str
    things: Sequence[tuple[Cell, str]]


@dataclass(frozen=True, kw_only=True)
class Breaches(View):
    """What the shapes find.

    Args:
        is_checked: Whether the graph was checked at all.
        counts: How many findings there are of each grade, the worst first.
        breaches: Rule by rule, in the order in which they are best mended, as the check gives it.
    """

    is_checked: bool
    counts: Mapping[str, int]
    breaches: Sequence[Breach]


def breaches(
    language: str, messages: Mapping[str, str], found: Sequence[Mapping[str, Any]] | None
) -> Breaches:
    """Tell what was *found*.

    Args:
        language: The reader's.
        messages: The texts in it.
        found: The findings as ``teixit check --format json`` writes them; None where nobody
            looked.
    """
    grouped: defaultdict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for one in found or ():
        said = in_language(one["messages"], language) if one["messages"] else one["shape"]
        grouped[one["severity"], one["shape"], said].append(one)
    told = [
        Breach(
            severity,
            Severity(severity).name_in(language),
            said,
            f"/{language}/shapes#{shape.removeprefix(SHAPE)}",
            [(_thing(one, language), one["value"] or "") for one in every],
        )
        for (severity, shape, said), every in grouped.items()
    ]
    counted = Counter(one["severity"] for one in found or ())
    return Breaches(
        title=messages["findings.title"],
        summary=messages["findings.summary"],
        is_checked=found is not None,
        counts={grade.name_in(language): counted[grade.value] for grade in Severity},
        breaches=told,
        tables=[_table(messages, told)],
    )


def _thing(one: Mapping[str, Any], language: str) -> Cell:
    """Name what a finding is about; where it has no name in *language*, say in which it has."""
    labels: Mapping[str, str] = one["labels"]
    tag = language if language in labels else next(iter(labels), None)
    name = labels[tag] if tag else str(one["node"])
    return Cell(name, addresses.about(one["node"], language), tag if tag != language else None)


def _table(messages: Mapping[str, str], told: Sequence[Breach]) -> Table:
    names = ("findings.grade", "findings.thing", "findings.message", "findings.value")
    rows = [
        [Cell(breach.grade), thing, Cell(breach.message), Cell(value)]
        for breach in told
        for thing, value in breach.things
    ]
    return Table("findings", messages["findings.title"], [messages[name] for name in names], rows)
