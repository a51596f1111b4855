"""What follows from the pages of lines of work: places, gaps, and how the pages make one plan."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF
from rdflib.term import Node

from teixit.importing.pages.identifiers import PageIdentifiers, PlanIdentifiers
from teixit.importing.pages.line_of_work import wording
from teixit.importing.pages.line_of_work.identifiers import Identifiers, gap
from teixit.importing.pages.line_of_work.outline import Page
from teixit.importing.pages.templates import Conclusion
from teixit.importing.pages.triples import Triple, labelled, term
from teixit.importing.wording import Wording


def numbering(page: Page, ids: Identifiers, source: URIRef, lists: Container[Node]) -> Conclusion:
    """Number what the page lists without a number, and name those lists that there are."""
    triples = [*_numbers(page, ids), *_lists(page, ids, lists)]
    method = wording.NUMBERING_METHOD
    return Conclusion("numbering", triples, [source], wording.NUMBERING, method)


def _numbers(page: Page, ids: Identifiers) -> Iterator[Triple]:
    for place, _ in enumerate(page.objectives, 1):
        yield ids.objective(place), term("teixit:number"), Literal(place)
    for measure in page.measures:
        for place, _ in enumerate(measure.actions, 1):
            action = ids.action(measure.number, place)
            yield action, term("teixit:number"), Literal(place)
            yield action, DCTERMS.identifier, Literal(f"{measure.number}.{place}")


def _lists(page: Page, ids: Identifiers, lists: Container[Node]) -> Iterator[Triple]:
    for measure in page.measures:
        for place, _ in enumerate(measure.actions, 1):
            list_ = ids.projects(measure.number, place)
            if list_ in lists:
                action = f"{measure.number}.{place}"
                yield from labelled(list_, wording.PROJECTS, action=action)


def gaps(
    page: Page, plan: PlanIdentifiers, of_page: PageIdentifiers, elsewhere: Container[str]
) -> Iterator[Conclusion]:
    """State which numbers, from the first measure to the last, no page uses."""
    triples: list[Triple] = []
    for before, number, after in _missing(sorted(measure.number for measure in page.measures)):
        if str(number) not in elsewhere:
            triples += _gap(plan, (before, number, after), wording.GAP)
            triples.append((gap(plan, number), term("teixit:gapIn"), of_page.source))
    if triples:
        heads = [of_page.passage(measure.head) for measure in page.measures]
        yield Conclusion("gaps", triples, heads, wording.GAPS, wording.GAPS_METHOD)


def together(
    plan: PlanIdentifiers, lines: Sequence[tuple[Identifiers, PageIdentifiers, Page]]
) -> Iterator[Conclusion]:
    """Conclude what follows from several pages of one plan, in the order of their measures."""
    if len(lines) == 1:
        return
    sources = [source.source for _, source, _ in lines]
    yield Conclusion("lines", [*_lines(plan, lines)], sources, wording.LINES, wording.LINES_METHOD)
    of_page = {measure.number: ids.key for ids, _, page in lines for measure in page.measures}
    if triples := [*_between(plan, of_page)]:
        method = wording.BETWEEN_PAGES_METHOD
        yield Conclusion("gaps", triples, sources, wording.BETWEEN_PAGES, method)


def _lines(
    plan: PlanIdentifiers, lines: Sequence[tuple[Identifiers, PageIdentifiers, Page]]
) -> Iterator[Triple]:
    next_number, is_whole = 1, True
    for place, (ids, _, page) in enumerate(lines, 1):
        yield ids.line, term("teixit:belongsToPlan"), plan.itself
        numbers = [measure.number for measure in page.measures]
        is_whole = is_whole and min(numbers) == next_number
        next_number = max(numbers) + 1
        if is_whole:
            yield ids.line, term("teixit:number"), Literal(place)


def _between(plan: PlanIdentifiers, of_page: Mapping[int, str]) -> Iterator[Triple]:
    """State which numbers are missing between two pages."""
    within = {
        number
        for key in of_page.values()
        for _, number, _ in _missing(sorted(one for one, of in of_page.items() if of == key))
    }
    for before, number, after in _missing(sorted(of_page)):
        if number not in within:
            yield from _gap(plan, (before, number, after), wording.BETWEEN)
            yield gap(plan, number), DCTERMS.isPartOf, plan.itself


def _missing(numbers: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each number that is not there, between those before and after it."""
    for before, after in pairwise(numbers):
        for number in range(before + 1, after):
            yield before, number, after


def _gap(plan: PlanIdentifiers, place: tuple[int, int, int], words: Wording) -> Iterator[Triple]:
    before, number, after = place
    this = gap(plan, number)
    yield this, RDF.type, term("teixit:NumberGap")
    yield this, term("teixit:missingNumber"), Literal(number)
    yield this, term("teixit:followsMeasure"), plan.measure(str(before))
    yield this, term("teixit:precedesMeasure"), plan.measure(str(after))
    yield from labelled(this, words, number=number)
