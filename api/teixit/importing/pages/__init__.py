"""From a page of the plan to its graph.

``lines`` reads its text and ``template`` that into an outline, ``lexicon`` and ``projects``
recognise names in its sentences, ``statements`` says what each passage says, and ``records``
what Teixit says of the passages. Here all of it becomes one set of graphs and one report.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import Graph
from rdflib.namespace import RDF

from teixit import namespaces
from teixit.errors import KnowledgeError
from teixit.importing.pages import lines, records, template, wording
from teixit.importing.pages.identifiers import Identifiers
from teixit.importing.pages.lexicon import Lexicon, known_names
from teixit.importing.pages.lines import Span
from teixit.importing.pages.statements import Statements, Triple, term
from teixit.importing.pages.template import Page
from teixit.trig import Graphs, serialise

__all__ = ["PLAN", "Import", "import_page"]

#: The plan whose pages have the template, where the reader names no other.
PLAN: Final = namespaces.PLAN

_PLAN_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_PLAN: Final = 80


@dataclass(frozen=True)
class Import:
    """A page that has been read.

    Attributes:
        page: Its outline.
        ids: The IRIs of what it speaks of.
        graphs: What it says, one named graph for each passage, and what we say of it.
        spans: The passages that say something, in their order.
    """

    page: Page
    ids: Identifiers
    graphs: Graphs
    spans: tuple[Span, ...]

    @property
    def trig(self) -> str:
        """The graphs as TriG; the same page gives the same bytes."""
        return serialise(
            self.graphs, {"piess": self.ids.plan_namespace, "page": self.ids.source_namespace}
        )

    @property
    def lines(self) -> tuple[Span, ...]:
        """The lines of the page that are not blank."""
        return tuple(lines.lines(self.page.text))

    @property
    def not_understood(self) -> tuple[Span, ...]:
        """The lines of the page that no passage uses."""
        used = {line for span in self.spans for line in range(span.first_line, span.last_line + 1)}
        return tuple(line for line in self.lines if line.first_line not in used)

    def report(self) -> str:
        """Say in words how much of the page was understood."""
        total, left = len(self.lines), self.not_understood
        share = 100 * (total - len(left)) // total
        actions = [action for measure in self.page.measures for action in measure.actions]
        passages = f"{len(self.spans)} passages ({share} %)"
        counts = [
            f"{len(self.page.objectives)} objectives",
            f"{len(self.page.target_groups)} target groups",
            f"{len(self.page.measures)} measures",
            f"{len(actions)} actions",
            f"{sum(len(action.years) for action in actions)} action-years",
            f"{self._count('teixit:FlagshipProject')} flagship projects",
            f"{self._count('teixit:NumberGap')} absent measure numbers",
        ]
        return "\n".join(
            [
                f"{self.page.title.text}: {', '.join(counts)}",
                f"{total - len(left)} of {total} lines used by {passages}",
                *(f"line {line.first_line} not understood: {line.text}" for line in left),
            ]
        )

    def _count(self, class_: str) -> int:
        graphs = self.graphs.values()
        return len({thing for graph in graphs for thing in graph[: RDF.type : term(class_)]})


def import_page(file: Path, plan: str = PLAN, lexicon: Lexicon | None = None) -> Import:
    """Read the page in *file*.

    Args:
        file: The text of a page, as the city publishes it, in UTF-8.
        plan: The local name of the plan that the page belongs to.
        lexicon: The names to recognise; by default those that Teixit ships.

    Raises:
        SourceError: The file is not a page of the template; says line and what was expected.
        KnowledgeError: The plan has no name that an IRI can carry, or the names that Teixit
            ships cannot be read.
    """
    if len(plan) > _LONGEST_PLAN or not _PLAN_NAME.fullmatch(plan):
        raise KnowledgeError(f"plan {plan[:80]!r}: expected a name such as {PLAN}")
    page = template.parse(lines.decode(file), file)
    ids = Identifiers(page, plan)
    graphs = Graphs()
    spans: dict[tuple[int, int], Span] = {}
    for span, triple in Statements(page, ids, lexicon or known_names()):
        spans[span.start, span.end] = span
        graphs[ids.passage(span)].add(triple)
    passages = tuple(span for _, span in sorted(spans.items()))
    _record(graphs, page, ids, passages)
    return Import(page, ids, graphs, passages)


def _record(graphs: Graphs, page: Page, ids: Identifiers, spans: tuple[Span, ...]) -> None:
    """Add what Teixit says of the page."""
    record = ids.of_source("record", "passages")
    _add(graphs[record], records.source(page, ids))
    _add(graphs[record], records.passages(page, ids, spans))
    _add(graphs[record], records.years(page))
    _add(graphs[record], records.record(record, page))
    numbering = ids.of_source("conclusion", "numbering")
    has_list = term("teixit:hasProjectList")
    lists = {list_ for graph in graphs.values() for _, list_ in graph[:has_list]}
    _add(graphs[numbering], records.numbering(page, ids))
    _add(graphs[numbering], records.lists(page, ids, lists))
    method = (wording.NUMBERING, wording.NUMBERING_METHOD)
    _add(graphs[record], records.conclusion(numbering, page, [ids.source], *method))
    if gaps := list(records.gaps(page, ids)):
        conclusion = ids.of_source("conclusion", "gaps")
        heads = [ids.passage(measure.head) for measure in page.measures]
        method = (wording.GAPS, wording.GAPS_METHOD)
        _add(graphs[conclusion], gaps)
        _add(graphs[record], records.conclusion(conclusion, page, heads, *method))


def _add(graph: Graph, triples: Iterable[Triple]) -> None:
    for triple in triples:
        graph.add(triple)
