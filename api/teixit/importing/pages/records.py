"""What Teixit itself says of a page: where its passages stand, and how it numbers things."""

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, XSD

from teixit import namespaces
from teixit.importing.pages import identifiers, wording
from teixit.importing.pages.identifiers import Identifiers
from teixit.importing.pages.lines import Span
from teixit.importing.pages.statements import Triple, gyear, term, text
from teixit.importing.pages.template import Page
from teixit.importing.pages.wording import Wording

#: How much of the text before and after a quotation is kept, so that it can be found again
#: where the page has changed (Web Annotation Data Model, section 4.2.4).
_CONTEXT = 32
_CATALAN = URIRef("http://publications.europa.eu/resource/authority/language/CAT")
_GREGORIAN = URIRef("http://www.opengis.net/def/uom/ISO-8601/0/Gregorian")


def _named(thing: URIRef, words: Wording, **values: object) -> Iterator[Triple]:
    for language, pattern in words.items():
        yield thing, RDFS.label, Literal(pattern.format(**values), lang=language)


def _explained(thing: URIRef, words: Wording) -> Iterator[Triple]:
    for language, method in words.items():
        yield thing, DCTERMS.description, Literal(method, lang=language)


def source(page: Page, ids: Identifiers) -> Iterator[Triple]:
    """Describe the page as a document, with its full text."""
    yield ids.source, RDF.type, term("teixit:SourceDocument")
    yield ids.source, DCTERMS.title, text(page.title.text)
    yield ids.source, DCTERMS.language, _CATALAN
    yield ids.source, term("schema:text"), Literal(page.text)
    yield from _named(ids.source, wording.SOURCE, title=page.title.text)


def passages(page: Page, ids: Identifiers, spans: Iterable[Span]) -> Iterator[Triple]:
    """Describe the passages (Web Annotation Data Model, sections 4.2.4 and 4.2.5)."""
    for span in spans:
        passage, selector = ids.passage(span), ids.of_source("selector", f"{span.start}-{span.end}")
        place = {
            "title": page.title.text,
            "first": span.first_line,
            "last": span.last_line,
            "start": span.start,
            "end": span.end,
        }
        one_line = span.first_line == span.last_line
        yield passage, RDF.type, term("teixit:Passage")
        yield passage, RDF.type, term("oa:SpecificResource")
        yield passage, term("oa:hasSource"), ids.source
        yield passage, term("oa:hasSelector"), selector
        yield passage, DCTERMS.language, _CATALAN
        yield passage, term("teixit:startLine"), Literal(span.first_line)
        yield passage, term("teixit:endLine"), Literal(span.last_line)
        words = wording.PASSAGE if one_line else wording.PASSAGE_OF_LINES
        yield from _named(passage, words, **place)
        yield from _selector(page, selector, span)
        yield from _named(selector, wording.SELECTOR, **place)


def _selector(page: Page, selector: URIRef, span: Span) -> Iterator[Triple]:
    before = page.text[max(0, span.start - _CONTEXT) : span.start]
    after = page.text[span.end : span.end + _CONTEXT]
    yield selector, RDF.type, term("oa:TextQuoteSelector")
    yield selector, RDF.type, term("oa:TextPositionSelector")
    yield selector, term("oa:exact"), Literal(page.text[span.start : span.end])
    yield selector, term("oa:prefix"), Literal(before)
    yield selector, term("oa:suffix"), Literal(after)
    yield selector, term("oa:start"), _count(span.start)
    yield selector, term("oa:end"), _count(span.end)


def years(page: Page) -> Iterator[Triple]:
    """Describe the calendar years of the page (Time Ontology in OWL, section 4.2)."""
    for number in sorted({year for measure in page.measures for year in measure.years}):
        year = identifiers.year(number)
        date = URIRef(f"{year}-date")
        yield year, RDF.type, term("time:ProperInterval")
        yield year, term("time:hasDateTimeDescription"), date
        yield from _named(year, wording.YEAR, year=number)
        yield date, RDF.type, term("time:DateTimeDescription")
        yield date, term("time:hasTRS"), _GREGORIAN
        yield date, term("time:unitType"), term("time:unitYear")
        yield date, term("time:year"), gyear(number)
        yield from _named(date, wording.CALENDAR_YEAR, year=number)


def numbering(page: Page, ids: Identifiers) -> Iterator[Triple]:
    """Number what the page lists without a number."""
    for place, _ in enumerate(page.objectives, 1):
        yield ids.objective(place), term("teixit:number"), Literal(place)
    for measure in page.measures:
        for place, _ in enumerate(measure.actions, 1):
            action = ids.action(measure.number, place)
            yield action, term("teixit:number"), Literal(place)
            yield action, DCTERMS.identifier, Literal(f"{measure.number}.{place}")


def lists(page: Page, ids: Identifiers, named: Container[URIRef]) -> Iterator[Triple]:
    """Name the lists of projects after their actions; *named* are those that there are."""
    for measure in page.measures:
        for place, _ in enumerate(measure.actions, 1):
            list_ = ids.projects(measure.number, place)
            if list_ in named:
                yield from _named(list_, wording.PROJECTS, action=f"{measure.number}.{place}")


def gaps(page: Page, ids: Identifiers) -> Iterator[Triple]:
    """State which numbers between the first and the last measure the page does not use."""
    numbers = sorted(measure.number for measure in page.measures)
    for before, after in pairwise(numbers):
        for number in range(before + 1, after):
            gap = ids.gap(number)
            yield gap, RDF.type, term("teixit:NumberGap")
            yield gap, term("teixit:missingNumber"), Literal(number)
            yield gap, term("teixit:gapIn"), ids.source
            yield gap, term("teixit:followsMeasure"), ids.measure(before)
            yield gap, term("teixit:precedesMeasure"), ids.measure(after)
            yield from _named(gap, wording.GAP, number=number)


def record(graph: URIRef, page: Page) -> Iterator[Triple]:
    """Describe the graph that describes the passages: it describes itself too."""
    yield graph, RDF.type, term("teixit:Record")
    yield from _named(graph, wording.RECORD, title=page.title.text)
    yield from _explained(graph, wording.RECORD_METHOD)


def conclusion(
    graph: URIRef, page: Page, grounds: Iterable[URIRef], name: Wording, method: Wording
) -> Iterator[Triple]:
    """Describe a graph of conclusions: what it rests on and how it was reached.

    What the importer concludes is counted, not guessed, and so as sure as the page.
    """
    yield graph, RDF.type, term("teixit:Conclusion")
    yield graph, term("teixit:hasConfidence"), URIRef(namespaces.thing("confidence", "high"))
    for ground in grounds:
        yield graph, PROV.wasDerivedFrom, ground
    yield from _named(graph, name, title=page.title.text)
    yield from _explained(graph, method)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.nonNegativeInteger)
