"""The IRIs of what a page speaks of."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from teixit import namespaces
from teixit.importing.lines import Span
from teixit.importing.template import Page

_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
#: Long enough for any title of the plan, short enough for any file system and address bar.
_MAX_SLUG: Final = 80


def slug(text: str) -> str:
    """Give *text* as lower-case ASCII letters, digits and hyphens; empty where it has neither."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    hyphened = _NOT_SLUG.sub("-", bare.lower())
    return hyphened.strip("-")[:_MAX_SLUG].rstrip("-")


@dataclass(frozen=True)
class Identifiers:
    """Mints the IRIs of one page.

    Args:
        page: The outline of the page.
        plan: The local name of the plan that numbers its measures.
    """

    page: Page
    plan: str

    @property
    def key(self) -> str:
        """The slug of the page's title."""
        return slug(self.page.title.text) or "page"

    @property
    def plan_namespace(self) -> str:
        """The beginning of the IRIs that the plan numbers."""
        return f"{namespaces.THING}{self.plan}/"

    @property
    def source_namespace(self) -> str:
        """The beginning of the IRIs of the page's passages."""
        return f"{namespaces.thing('source', self.key)}/"

    @property
    def source(self) -> URIRef:
        """The page itself, as a document."""
        return URIRef(namespaces.thing("source", self.key))

    @property
    def line(self) -> URIRef:
        """The line of work that the page is about."""
        return self._of_plan("line", self.key)

    def objective(self, number: int) -> URIRef:
        """The objective that stands in the page at place *number*."""
        return self._of_plan("objective", f"{self.key}-{number}")

    def measure(self, number: int) -> URIRef:
        """The measure that the page numbers *number*."""
        return self._of_plan("measure", str(number))

    def action(self, measure: int, number: int) -> URIRef:
        """The action at place *number* of its measure."""
        return self._of_plan("action", f"{measure}-{number}")

    def projects(self, measure: int, number: int) -> URIRef:
        """The list of projects in the title of an action."""
        return self._of_plan("projects", f"{measure}-{number}")

    def gap(self, number: int) -> URIRef:
        """The absence of a measure with that number."""
        return self._of_plan("gap", str(number))

    def target_groups(self) -> list[URIRef]:
        """The target groups of the page, one for each line that names one.

        Two labels that differ only in signs get different IRIs.
        """
        label_of: dict[str, str] = {}
        groups = []
        for span in self.page.target_groups:
            key = base = slug(span.text) or "group"
            while label_of.setdefault(key, span.text) != span.text:
                key = f"{base}-{len(label_of) + 1}"
            groups.append(URIRef(namespaces.thing("audience", key)))
        return groups

    def passage(self, span: Span) -> URIRef:
        """The passage of the page from ``span.start`` to ``span.end``."""
        return self.of_source("passage", f"{span.start}-{span.end}")

    def of_source(self, kind: str, key: str) -> URIRef:
        """A thing that exists within the page only."""
        return URIRef(namespaces.thing(kind, key, within=f"source-{self.key}"))

    def _of_plan(self, kind: str, key: str) -> URIRef:
        return URIRef(namespaces.thing(kind, key, within=self.plan))


def project(name: str) -> URIRef:
    """The project called *name*."""
    return URIRef(namespaces.thing("project", slug(name) or "unnamed"))


def year(number: int) -> URIRef:
    """The calendar year *number*."""
    return URIRef(namespaces.thing("year", str(number)))
