"""What pages say, what we say of it, and what follows, as named graphs."""

from collections.abc import Iterable, Sequence

from rdflib import URIRef

from teixit.errors import SourceError
from teixit.importing.pages import records, wording
from teixit.importing.pages.lines import Span
from teixit.importing.pages.names import Names
from teixit.importing.pages.templates import Conclusion, Reading
from teixit.importing.pages.triples import Triple
from teixit.trig import Graphs


def refuse_doubles(pages: Sequence[Reading]) -> None:
    """Make sure that pages can be kept together.

    Raises:
        SourceError: Two of them have the same title, or number a measure alike, or are of one plan
            and different templates.
    """
    pages_by_key: dict[str, Reading] = {}
    measures: dict[URIRef, Reading] = {}
    kinds: dict[str, Reading] = {}
    for page in pages:
        other = kinds.setdefault(page.plan.plan, page)
        if type(other) is not type(page):
            found = f"a page of {page.plan.plan} in another template than {other.document.file}"
            raise SourceError(page.document.file, 1, found, "another plan, by --plan")
        _refuse_measures(page, measures)
        if (other := pages_by_key.setdefault(page.key, page)) is not page:
            found = f"«{page.title}» begins as the title of {other.document.file} does"
            raise SourceError(page.document.file, 1, found, "a page with a title of its own")


def _refuse_measures(page: Reading, measures: dict[URIRef, Reading]) -> None:
    for identifier, head in page.measures.items():
        other = measures.setdefault(page.plan.measure(identifier), page)
        if other is not page:
            there = other.measures[identifier].first_line
            found = f"measure {identifier} stands in {other.document.file}, line {there}, already"
            raise SourceError(page.document.file, head.first_line, found, "another number")


def of_page(
    page: Reading, names: Names, of_plan: Sequence[Reading]
) -> tuple[Graphs, tuple[Span, ...]]:
    """Give the graphs of a page, and the passages that say something in their order.

    Args:
        page: The page.
        names: The names to recognise in it.
        of_plan: All pages of its plan that are read together.
    """
    graphs = Graphs()
    spans: dict[tuple[int, int], Span] = {}
    for span, triple in page.statements(names):
        spans[span.start, span.end] = span
        graphs[page.ids.passage(span)].add(triple)
    passages = tuple(span for _, span in sorted(spans.items()))
    said = {subject for graph in graphs.values() for subject in graph.subjects()}
    elsewhere = {number for other in of_plan if other is not page for number in other.measures}
    record = page.ids.part("record", "passages")
    words = (wording.RECORD, wording.RECORD_METHOD)
    _add(graphs, record, records.source(page))
    _add(graphs, record, records.passages(page, passages))
    _add(graphs, record, records.years(page.years()))
    _add(graphs, record, records.record(record, *words, page.title))
    for found in page.conclusions(said, elsewhere):
        _conclude(graphs, page.ids.part("conclusion", found.kind), record, found, page.title)
    return graphs, passages


def of_plan(pages: Sequence[Reading]) -> Graphs:
    """Give the graphs of what follows from pages of one plan; none where nothing does."""
    graphs, first = Graphs(), pages[0]
    record = first.plan.part("record", "pages")
    for found in first.together(pages):
        graph = first.plan.part("conclusion", found.kind)
        _conclude(graphs, graph, record, found, first.plan_title)
    if graphs:
        words = (wording.RECORD_OF_PLAN, wording.RECORD_OF_PLAN_METHOD)
        _add(graphs, record, records.record(record, *words, first.plan_title))
    return graphs


def _conclude(graphs: Graphs, graph: URIRef, record: URIRef, found: Conclusion, title: str) -> None:
    _add(graphs, graph, found.triples)
    _add(graphs, record, records.conclusion(graph, found, title))


def _add(graphs: Graphs, name: URIRef, triples: Iterable[Triple]) -> None:
    for triple in triples:
        graphs[name].add(triple)
