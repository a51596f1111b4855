"""The IRIs of what the page of a line of work numbers or lists."""

from dataclasses import dataclass

from rdflib import URIRef

from teixit.importing.pages.identifiers import PlanIdentifiers


@dataclass(frozen=True)
class Identifiers:
    """Mints the IRIs of one page.

    Args:
        plan: The plan that numbers its measures.
        key: What tells the page from the others.
    """

    plan: PlanIdentifiers
    key: str

    @property
    def line(self) -> URIRef:
        """The line of work that the page is about."""
        return self.plan.part("line", self.key)

    def objective(self, number: int) -> URIRef:
        """The objective that stands in the page at place *number*."""
        return self.plan.part("objective", f"{self.key}-{number}")

    def measure(self, number: int) -> URIRef:
        """The measure that the page numbers *number*."""
        return self.plan.measure(str(number))

    def action(self, measure: int, number: int) -> URIRef:
        """The action at place *number* of its measure."""
        return self.plan.part("action", f"{measure}-{number}")

    def projects(self, measure: int, number: int) -> URIRef:
        """The list of projects in the title of an action."""
        return self.plan.part("projects", f"{measure}-{number}")


def gap(plan: PlanIdentifiers, number: int) -> URIRef:
    """The absence of a measure with that number."""
    return plan.part("gap", str(number))
