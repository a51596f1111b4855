"""What the shapes find wrong with what a table says, told by the cells that say it."""

from collections.abc import Iterable, Iterator

from teixit.findings import Finding, Severity
from teixit.importing.tables import Table
from teixit.importing.tables.cells import Place
from teixit.importing.tables.problems import Problem
from teixit.importing.tables.statements import Fact


def problems(table: Table, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Give the violations that a check has found, each at a cell of the table.

    Args:
        table: The table.
        findings: What a check of its graph has found; warnings keep nothing from being imported.
    """
    for finding in findings:
        if finding.severity is Severity.VIOLATION:
            thing = finding.label or finding.node.rpartition("/")[2]
            values = {"thing": thing, "message": finding.message}
            yield Problem(_place(table, finding), "rule", values)


def _place(table: Table, finding: Finding) -> Place:
    """Find the cell that makes the wrong statement, or else one that speaks of the node.

    What we say of a cell is at that cell.
    """

    def likeness(fact: Fact) -> tuple[bool, bool, bool]:
        same_value = str(fact.value) == finding.value
        return str(fact.subject) == finding.node, str(fact.property) == finding.path, same_value

    best = max(table.facts, key=likeness)
    return best.place if likeness(best)[0] else Place(table.book.file, table.sheet.name)
