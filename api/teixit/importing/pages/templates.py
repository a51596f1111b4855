"""What a template of pages is: how its pages are told, and what is read off each of them.

A template is a class of :class:`Reading`. All else (files, names, passages, their positions, what
Teixit says of them, what differs between two versions) is common to all.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self

from rdflib import URIRef
from rdflib.term import Node

from teixit.importing.pages.documents import Document
from teixit.importing.pages.identifiers import PageIdentifiers, PlanIdentifiers
from teixit.importing.pages.lines import Span
from teixit.importing.pages.names import Names
from teixit.importing.pages.triples import Said, Triple
from teixit.importing.wording import Wording


@dataclass(frozen=True)
class Conclusion:
    """What follows from a page, or from the pages of a plan, and is said by none of them.

    Attributes:
        kind: What its graph is called, as in ``conclusion-KIND``.
        triples: The statements.
        grounds: The pages and passages that they follow from.
        name: What the graph is called, with ``{title}`` for the page or the plan.
        method: How the conclusion was reached.
    """

    kind: str
    triples: Sequence[Triple]
    grounds: Sequence[URIRef]
    name: Wording
    method: Wording


@dataclass(frozen=True)
class Part:
    """A part of a page, for comparing two versions of it.

    Attributes:
        kind: What it is, as :data:`teixit.importing.pages.wording.PARTS` names it.
        text: Its words.
        number: How the page numbers it, if it does.
        parts: What it consists of.
    """

    kind: str
    text: str
    number: str = ""
    parts: tuple["Part", ...] = field(default=())


class Reading(ABC):
    """A page, read by its template.

    Args:
        document: The page.
        plan: The local name of the plan that it belongs to; by default as the template says.

    Raises:
        SourceError: It is not a page of the template; says line and what was expected.
        KnowledgeError: The template knows no such plan.
    """

    #: What only a page of the template has, found in a text that is one or was meant to be.
    MARK: ClassVar[re.Pattern[str]]

    document: Document
    plan: PlanIdentifiers

    @abstractmethod
    def __init__(self, document: Document, plan: str | None = None) -> None:
        """Take the document apart."""

    @cached_property
    def ids(self) -> PageIdentifiers:
        """The IRIs of the page and its passages."""
        return PageIdentifiers(self.key)

    @property
    @abstractmethod
    def key(self) -> str:
        """What tells the page from all others, as a part of IRIs."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What the page is called."""

    @property
    def name(self) -> str:
        """What a file with the graphs of the page is called, without its end."""
        return Path(self.document.file).stem

    @property
    def plan_title(self) -> str:
        """What the plan is called: by its local name, where the template knows no other."""
        return self.plan.plan

    @property
    @abstractmethod
    def measures(self) -> Mapping[str, Span]:
        """The measures by their identifiers, with the passages that number them."""

    @abstractmethod
    def statements(self, names: Names) -> Iterator[Said]:
        """Yield each statement of the page with the passage that makes it."""

    def conclusions(
        self,
        said: Container[Node],  # noqa: ARG002 - nothing follows, unless a template says so
        elsewhere: Container[str],  # noqa: ARG002
    ) -> Iterable[Conclusion]:
        """Conclude what follows from this page.

        Args:
            said: All that the statements are about.
            elsewhere: The identifiers of the measures of other pages of the plan.
        """
        return ()

    @classmethod
    def together(cls, pages: Sequence[Self]) -> Iterable[Conclusion]:  # noqa: ARG003
        """Conclude what follows from *pages* of one plan, in the order of their measures."""
        return ()

    def years(self) -> Iterable[int]:
        """Give the calendar years to describe, as things that something is scheduled in."""
        return ()

    def doubts(self) -> Iterable[str]:
        """Say in words what a reader should look at, although the page could be read."""
        return ()

    @abstractmethod
    def part(self, names: Names) -> Part:
        """Give the page as a part that consists of others."""

    @abstractmethod
    def counts(self, count: Callable[[str], int]) -> list[str]:
        """Say in words what stands in the page; *count* gives the number of things of a class."""
