"""The template of a line of work: how the city publishes its plan for the social economy.

``outline`` takes a page apart, ``projects`` finds the projects that a title names, ``statements``
says what each passage says, and ``conclusions`` what follows from one page and from several.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Self

from rdflib.term import Node

from teixit import namespaces
from teixit.importing.pages.documents import Document
from teixit.importing.pages.identifiers import PlanIdentifiers, first_words, slug
from teixit.importing.pages.line_of_work import conclusions, outline, projects
from teixit.importing.pages.line_of_work.identifiers import Identifiers
from teixit.importing.pages.line_of_work.outline import Action, Measure
from teixit.importing.pages.line_of_work.statements import Statements
from teixit.importing.pages.lines import Span
from teixit.importing.pages.names import Names, plan_name
from teixit.importing.pages.templates import Conclusion, Part, Reading
from teixit.importing.pages.triples import Said

__all__ = ["LineOfWork"]


class LineOfWork(Reading):
    """The page of a line of work, by default of the plan that Teixit ships."""

    #: The head of the objectives.
    MARK: ClassVar = re.compile(r"^[^\S\n]*objectius?\s*:?\s*$", re.IGNORECASE | re.MULTILINE)

    def __init__(self, document: Document, plan: str | None = None) -> None:
        self.document = document
        self.plan = PlanIdentifiers(plan or namespaces.PLAN)
        self.page = outline.parse(document.text, document.file, document.heading)
        self.numbers = Identifiers(self.plan, self.key)

    @cached_property
    def key(self) -> str:
        """The first words of the slug of the title.

        Two pages that share them would be one line with two names.
        """
        return first_words(slug(self.title)) or "page"

    @property
    def title(self) -> str:
        """The title of the page, which is that of the line."""
        return self.page.title.text

    @cached_property
    def plan_title(self) -> str:
        """What the graph calls the plan, since no page names it."""
        return plan_name(self.plan) or self.plan.plan

    @property
    def measures(self) -> Mapping[str, Span]:
        """The measures by their numbers, which run through all pages of the plan."""
        return {str(measure.number): measure.head for measure in self.page.measures}

    def statements(self, names: Names) -> Iterator[Said]:
        """Yield each statement with the passage that makes it."""
        return iter(Statements(self.page, self.numbers, names))

    def conclusions(self, said: Container[Node], elsewhere: Container[str]) -> Iterable[Conclusion]:
        """Conclude the places of objectives and actions, and the gaps between measures."""
        yield conclusions.numbering(self.page, self.numbers, self.ids.source, said)
        yield from conclusions.gaps(self.page, self.plan, self.ids, elsewhere)

    @classmethod
    def together(cls, pages: Sequence[Self]) -> Iterable[Conclusion]:
        """Conclude which lines the plan has, and the gaps between the measures of two pages."""
        lines = [(page.numbers, page.ids, page.page) for page in pages]
        return conclusions.together(pages[0].plan, lines)

    def years(self) -> Iterable[int]:
        """Give the years that the tables offer."""
        return {year for measure in self.page.measures for year in measure.years}

    def doubts(self) -> Iterator[str]:
        """Say where a saved page marks other years in the first table than the second lists."""
        tables = {tuple(title for title, _ in table): table for table in self.document.marks}
        for measure in self.page.measures:
            marked = tables.get(tuple(action.title for action in measure.actions), ())
            for action, (_, years) in zip(measure.actions, marked, strict=False):
                if list(action.years) != list(years):
                    told = " ".join(map(str, years)) or "no year"
                    line = action.scheduled.first_line
                    yield f"line {line}: the table of marks has {told} for «{action.title}»"

    def part(self, names: Names) -> Part:
        """Give the page with its paragraphs, objectives, target groups and measures."""
        page = self.page
        return Part(
            "line",
            page.title.text,
            parts=(
                *(Part("paragraph", span.text) for span in page.paragraphs),
                *(Part("objective", span.text) for span in page.objectives),
                *(Part("target_group", span.text) for span in page.target_groups),
                *(_measure(measure, names) for measure in page.measures),
            ),
        )

    def counts(self, count: Callable[[str], int]) -> list[str]:
        """Say how many parts of each kind the page has."""
        actions = [action for measure in self.page.measures for action in measure.actions]
        return [
            f"{len(self.page.objectives)} objectives",
            f"{len(self.page.target_groups)} target groups",
            f"{len(self.page.measures)} measures",
            f"{len(actions)} actions",
            f"{sum(len(action.years) for action in actions)} action-years",
            f"{count('teixit:FlagshipProject')} flagship projects",
            f"{count('teixit:NumberGap')} absent measure numbers",
        ]


def _measure(measure: Measure, names: Names) -> Part:
    years = tuple(Part("offered_year", str(year)) for year in measure.years)
    actions = tuple(_action(action, names) for action in measure.actions)
    return Part("measure", measure.title, str(measure.number), years + actions)


def _action(action: Action, names: Names) -> Part:
    years = tuple(Part("year", str(year)) for year in action.years)
    found = projects.find(action.title, names.lexicon.mentions(action.title))
    named = tuple(Part("project", name) for name in found.names) if found else ()
    return Part("action", action.title, parts=years + named)
