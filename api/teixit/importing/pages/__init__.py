"""From the pages of plans to their graphs.

A page comes as text or as saved HTML (``documents``), and is read by its template: so far there are
``line_of_work`` and ``district_plan``. They share how text is taken apart (``lines``, ``walking``),
how names are recognised (``lexicon``, ``names``), what passages say alike (``triples``) and what is
said of them (``records``, ``assembling``); ``templates`` says what a template has to give. Here all
of it becomes one set of graphs and one report, for one page and for several that are read together.
``versions`` says what differs between two versions of a page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from rdflib.namespace import RDF

from teixit import namespaces
from teixit.errors import KnowledgeError
from teixit.importing.pages import assembling, documents, lines
from teixit.importing.pages.district_plan import DistrictPlanPage
from teixit.importing.pages.identifiers import PlanIdentifiers
from teixit.importing.pages.lexicon import Lexicon, known_names
from teixit.importing.pages.line_of_work import LineOfWork
from teixit.importing.pages.lines import Span
from teixit.importing.pages.names import Known, Names, known_things
from teixit.importing.pages.templates import Reading
from teixit.importing.pages.triples import term
from teixit.trig import Graphs, serialise

__all__ = ["PLAN", "Import", "Imported", "import_page", "import_pages", "read"]

#: The plan that pages of lines of work belong to, where the reader names no other.
PLAN: Final = namespaces.PLAN

#: The first whose mark a page has reads it, or else the last.
_TEMPLATES: Final = (DistrictPlanPage, LineOfWork)
_PLAN_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_PLAN: Final = 80


@dataclass(frozen=True)
class Import:
    """A page that has been imported.

    Attributes:
        page: What its template has read.
        graphs: What it says, one named graph for each passage, and what we say of it.
        spans: The passages that say something, in their order.
    """

    page: Reading
    graphs: Graphs
    spans: tuple[Span, ...]

    @property
    def trig(self) -> str:
        """The graphs as TriG; the same page gives the same bytes."""
        return serialise(self.graphs, _prefixes([self.page.plan], self.page))

    @property
    def lines(self) -> tuple[Span, ...]:
        """The lines of the page that are not blank."""
        return tuple(lines.lines(self.page.document.text))

    @property
    def not_understood(self) -> tuple[Span, ...]:
        """The lines of the page that no passage uses."""
        used = {line for span in self.spans for line in range(span.first_line, span.last_line + 1)}
        return tuple(line for line in self.lines if line.first_line not in used)

    def report(self) -> str:
        """Say in words how much of the page was understood."""
        total, left = len(self.lines), self.not_understood
        share = 100 * (total - len(left)) // total
        passages = f"{len(self.spans)} passages ({share} %)"
        counts = self.page.counts(lambda class_: _count([self.graphs], class_))
        return "\n".join(
            [
                f"{self.page.title}: {', '.join(counts)}",
                f"{total - len(left)} of {total} lines used by {passages}",
                *(f"line {line.first_line} not understood: {line.text}" for line in left),
                *self.page.doubts(),
            ]
        )


@dataclass(frozen=True)
class Imported:
    """Pages that have been imported together.

    Attributes:
        pages: Each of them, in the order of the measures of its plan.
        plans: What follows from the pages of a plan together, by the local name of the plan.
    """

    pages: tuple[Import, ...]
    plans: dict[str, Graphs]

    @cached_property
    def files(self) -> dict[str, str]:
        """The graphs as TriG, by the name of the file that each belongs in, without its end.

        Raises:
            KnowledgeError: Two of them would have one name.
        """
        written = [(page.page.name, page.trig) for page in self.pages] + [
            (plan, serialise(graphs, _prefixes([PlanIdentifiers(plan)])))
            for plan, graphs in self.plans.items()
        ]
        files = dict(written)
        for name, trig in written:
            if files[name] is not trig:
                raise KnowledgeError(f"{name}: two graphs would have this name; rename a page")
        return files

    @property
    def trig(self) -> str:
        """All graphs as one TriG."""
        if len(self.pages) == 1 and not self.plans:
            return self.pages[0].trig
        graphs = Graphs()
        for one in [*(page.graphs for page in self.pages), *self.plans.values()]:
            graphs.update(one)
        plans = {page.page.plan.plan: page.page.plan for page in self.pages}
        return serialise(graphs, _prefixes([*plans.values()]))

    def report(self) -> str:
        """Say in words how much of the pages was understood, and what is missing between them."""
        gaps = _count(self.plans.values(), "teixit:NumberGap")
        between = [f"{gaps} measure numbers absent between the pages"] if gaps else []
        return "\n".join([*(page.report() for page in self.pages), *between])


def read(file: Path, plan: str | None = None) -> Reading:
    """Read the page in *file* by its template.

    Args:
        file: The text of a page in UTF-8, or its HTML as a browser saves it.
        plan: The local name of the plan that it belongs to; by default as its template says.

    Raises:
        SourceError: The file is not a page of a template; says line and what was expected.
        KnowledgeError: The plan has no name that an IRI can carry, or none that the template knows.
    """
    if plan is not None and (len(plan) > _LONGEST_PLAN or not _PLAN_NAME.fullmatch(plan)):
        raise KnowledgeError(f"plan {plan[:80]!r}: expected a name such as {PLAN}")
    document = documents.read(file)
    marked = (template for template in _TEMPLATES if template.MARK.search(document.text))
    return next(marked, _TEMPLATES[-1])(document, plan)


def import_page(file: Path, plan: str | None = None, lexicon: Lexicon | None = None) -> Import:
    """Import one page, as :func:`import_pages` does; what follows for its plan is left out."""
    return import_pages([file], plan, lexicon).pages[0]


def import_pages(
    files: Iterable[Path],
    plan: str | None = None,
    lexicon: Lexicon | None = None,
    known: Iterable[Known] | None = None,
) -> Imported:
    """Import pages, and keep those of one plan in one plan.

    Args:
        files: The pages, in any order.
        plan: The local name of the plan that they belong to; by default as their templates say.
        lexicon: The names to recognise; by default those that Teixit ships.
        known: The target groups and projects that there are already; by default those that Teixit
            ships, but for what it has from pages of the same titles.

    Raises:
        SourceError: A file is not a page of a template, or two pages have the same title or
            number a measure alike.
        KnowledgeError: The plan has no name that an IRI can carry, or the names that Teixit
            ships cannot be read.
    """
    plans: dict[str, list[Reading]] = {}
    for page in (read(file, plan) for file in files):
        plans.setdefault(page.plan.plan, []).append(page)
    ordered = {name: sorted(plans[name], key=_place) for name in sorted(plans)}
    pages = [page for of_plan in ordered.values() for page in of_plan]
    assembling.refuse_doubles(pages)
    things = known_things([page.ids for page in pages]) if known is None else known
    names = Names(lexicon or known_names(), things)
    imported = tuple(
        Import(page, *assembling.of_page(page, names, of_plan))
        for of_plan in ordered.values()
        for page in of_plan
    )
    together = {name: assembling.of_plan(of_plan) for name, of_plan in ordered.items()}
    return Imported(imported, {name: graphs for name, graphs in together.items() if graphs})


def _place(page: Reading) -> list[int]:
    """Order pages by the number of their first measure."""
    first = next(iter(page.measures))
    return [int(number) for number in first.split(".")]


def _count(all_graphs: Iterable[Graphs], class_: str) -> int:
    found: Iterator[object] = (
        thing
        for graphs in all_graphs
        for graph in graphs.values()
        for thing in graph[: RDF.type : term(class_)]
    )
    return len(set(found))


def _prefixes(plans: Sequence[PlanIdentifiers], page: Reading | None = None) -> dict[str, str]:
    prefixes = {plan.prefix: plan.namespace for plan in plans}
    return prefixes if page is None else {**prefixes, "page": page.ids.namespace}
