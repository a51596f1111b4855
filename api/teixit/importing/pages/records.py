"""What Teixit itself says of a page: where its passages stand, and what it concludes from it."""

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, XSD

from teixit import namespaces
from teixit.importing.pages import identifiers, wording
from teixit.importing.pages.lines import Span
from teixit.importing.pages.templates import Conclusion, Reading
from teixit.importing.pages.triples import Triple, gyear, labelled, term, text
from teixit.importing.wording import Wording

#: How much of the text before and after a quotation is kept, so that it can be found again
#: where the page has changed (Web Annotation Data Model, section 4.2.4).
_CONTEXT = 32
_CATALAN = URIRef("http://publications.europa.eu/resource/authority/language/CAT")
_GREGORIAN = URIRef("http://www.opengis.net/def/uom/ISO-8601/0/Gregorian")


def _explained(thing: URIRef, words: Wording) -> Iterator[Triple]:
    for language, method in words.items():
        yield thing, DCTERMS.description, Literal(method, lang=language)


def source(page: Reading) -> Iterator[Triple]:
    """Describe the page as a document, with its full text."""
    this = page.ids.source
    yield this, RDF.type, term("teixit:SourceDocument")
    yield this, DCTERMS.title, text(page.title)
    yield this, DCTERMS.language, _CATALAN
    yield this, term("schema:text"), Literal(page.document.text)
    yield from labelled(this, wording.SOURCE, title=page.title)


def passages(page: Reading, spans: Iterable[Span]) -> Iterator[Triple]:
    """Describe the passages (Web Annotation Data Model, sections 4.2.4 and 4.2.5)."""
    ids = page.ids
    for span in spans:
        passage, selector = ids.passage(span), ids.part("selector", f"{span.start}-{span.end}")
        place = {
            "title": page.title,
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
        yield from labelled(passage, words, **place)
        yield from _selector(page.document.text, selector, span)
        yield from labelled(selector, wording.SELECTOR, **place)


def _selector(page: str, selector: URIRef, span: Span) -> Iterator[Triple]:
    before = page[max(0, span.start - _CONTEXT) : span.start]
    after = page[span.end : span.end + _CONTEXT]
    yield selector, RDF.type, term("oa:TextQuoteSelector")
    yield selector, RDF.type, term("oa:TextPositionSelector")
    yield selector, term("oa:exact"), Literal(page[span.start : span.end])
    yield selector, term("oa:prefix"), Literal(before)
    yield selector, term("oa:suffix"), Literal(after)
    yield selector, term("oa:start"), _count(span.start)
    yield selector, term("oa:end"), _count(span.end)


def years(numbers: Iterable[int]) -> Iterator[Triple]:
    """Describe calendar years (Time Ontology in OWL, section 4.2)."""
    for number in sorted(numbers):
        year = identifiers.year(number)
        date = URIRef(f"{year}-date")
        yield year, RDF.type, term("time:ProperInterval")
        yield year, term("time:hasDateTimeDescription"), date
        yield from labelled(year, wording.YEAR, year=number)
        yield date, RDF.type, term("time:DateTimeDescription")
        yield date, term("time:hasTRS"), _GREGORIAN
        yield date, term("time:unitType"), term("time:unitYear")
        yield date, term("time:year"), gyear(number)
        yield from labelled(date, wording.CALENDAR_YEAR, year=number)


def record(graph: URIRef, name: Wording, method: Wording, title: str) -> Iterator[Triple]:
    """Describe a graph that describes others: it describes itself too."""
    yield graph, RDF.type, term("teixit:Record")
    yield from labelled(graph, name, title=title)
    yield from _explained(graph, method)


def conclusion(graph: URIRef, found: Conclusion, title: str) -> Iterator[Triple]:
    """Describe a graph of conclusions: what it rests on and how it was reached.

    What the importer concludes is counted, not guessed, and so as sure as the page.

    Args:
        graph: Its name.
        found: What stands in it.
        title: What the page, or the plan, is called.
    """
    yield graph, RDF.type, term("teixit:Conclusion")
    yield graph, term("teixit:hasConfidence"), URIRef(namespaces.thing("confidence", "high"))
    for ground in found.grounds:
        yield graph, PROV.wasDerivedFrom, ground
    yield from labelled(graph, found.name, title=title)
    yield from _explained(graph, found.method)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.nonNegativeInteger)
