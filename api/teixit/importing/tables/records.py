"""What Teixit itself says of a table: the document that it is, and where its cells stand."""

from collections.abc import Iterable, Iterator
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from teixit import namespaces
from teixit.importing.pages.triples import Triple, labelled, term
from teixit.importing.tables import wording
from teixit.importing.tables.cells import Place, letters
from teixit.importing.wording import Wording

#: What the reference of a cell conforms to: fragments of CSV, and cells of workbooks.
_CSV: Final = URIRef("https://www.rfc-editor.org/rfc/rfc7111")
_WORKBOOK: Final = URIRef(
    "https://ecma-international.org/publications-and-standards/standards/ecma-376/"
)


def passage(source: str, place: Place) -> URIRef:
    """Give the IRI of a cell of a document."""
    return URIRef(f"{source}/cell-{place.row}-{letters(place.column).lower()}")


def source(document: str, file: str) -> Iterator[Triple]:
    """Describe the table as a document."""
    yield URIRef(document), RDF.type, term("teixit:SourceDocument")
    yield from labelled(URIRef(document), wording.SOURCE, file=file)


def cells(document: str, said: Iterable[tuple[Place, str]]) -> Iterator[Triple]:
    """Describe cells as passages (Web Annotation Data Model, sections 4.2.1 and 4.2.4).

    Args:
        document: The table.
        said: The place of each cell, and its text.
    """
    for place, text in said:
        cell = passage(document, place)
        selector = URIRef(f"{document}/selector-{cell.rpartition('/cell-')[2]}")
        yield cell, RDF.type, term("teixit:Passage")
        yield cell, RDF.type, term("oa:SpecificResource")
        yield cell, term("oa:hasSource"), URIRef(document)
        yield cell, term("oa:hasSelector"), selector
        yield cell, term("teixit:startLine"), Literal(place.row)
        yield cell, term("teixit:endLine"), Literal(place.row)
        yield from _placed(cell, wording.PASSAGE, place)
        yield selector, RDF.type, term("oa:TextQuoteSelector")
        yield selector, RDF.type, term("oa:FragmentSelector")
        yield selector, term("oa:exact"), Literal(text)
        yield selector, DCTERMS.identifier, Literal(place.reference)
        yield selector, DCTERMS.conformsTo, _WORKBOOK if place.sheet else _CSV
        yield from _placed(selector, wording.SELECTOR, place)


def record(graph: URIRef, file: str, kind: str) -> Iterator[Triple]:
    """Describe the graph that describes the cells: it describes itself too."""
    yield graph, RDF.type, term("teixit:Record")
    yield from labelled(graph, wording.RECORD, file=file)
    for language, text in wording.RECORD_METHOD.items():
        yield graph, DCTERMS.description, Literal(text.format(kind=kind), lang=language)


def graph_of(key: str) -> URIRef:
    """Give the name of the graph that describes the table *key*."""
    return URIRef(namespaces.thing("record", f"table-{key}"))


def _placed(thing: URIRef, words: Wording, place: Place) -> Iterator[Triple]:
    for language, pattern in words.items():
        text = pattern.format(file=place.file, place=place.words(language))
        yield thing, RDFS.label, Literal(text, lang=language)
