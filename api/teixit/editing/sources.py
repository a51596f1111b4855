"""A source that a form describes: the document, and the extract that says what it says."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from teixit import namespaces
from teixit.editing import rows
from teixit.editing.fields import Field, fields_of
from teixit.editing.knowledge import DOCUMENT, EXTRACT, LABEL, RECORD, SOURCE, TYPE, Knowledge
from teixit.editing.rows import Row
from teixit.importing.pages.identifiers import slug
from teixit.languages import DEFAULT

_ALTERNATIVE: Final = namespaces.expand("skos:altLabel")
_ENTITY: Final = NamedNode(namespaces.expand("prov:Entity"))
_TITLE: Final = NamedNode(namespaces.expand("dct:title"))
_LANGUAGE: Final = NamedNode(namespaces.expand("dct:language"))
_MODIFIED: Final = NamedNode(namespaces.expand("dct:modified"))
_DATE: Final = NamedNode(namespaces.expand("xsd:date"))
#: The languages as the European Union names them.
_LANGUAGES: Final = MappingProxyType(
    {
        tag: NamedNode(f"http://publications.europa.eu/resource/authority/language/{code}")
        for tag, code in (("ca", "CAT"), ("es", "SPA"), ("en", "ENG"))
    }
)
#: What an extract is called.
_NAMES: Final = MappingProxyType(
    {"ca": "Extret de «{}»", "es": "Extracto de «{}»", "en": "Extract from “{}”"}
)
#: The words of the name that the IRI is made of: enough to tell it, short enough to read.
_WORDS: Final = 8


@dataclass(frozen=True)
class Source:
    """A source that a form describes.

    Args:
        rows: The lines, with what is wrong in them.
        quads: What they say.
        extract: The graph that what it says stands in; None while the source has no good name.
    """

    rows: Sequence[Row]
    quads: frozenset[Quad]
    extract: NamedNode | None


def fields() -> list[tuple[str, Field]]:
    """List what is asked of a new source, each with the part of the form that it is in."""
    asked = [("source", one) for one in fields_of(DOCUMENT.value)]
    asked += [("extract", one) for one in fields_of(EXTRACT.value) if one.predicate != LABEL]
    return [(part, one) for part, one in asked if one.predicate.value != _ALTERNATIVE]


def described(lines: Sequence[Row], knowledge: Knowledge, *, used: bool) -> Source:
    """Read the lines about a new source; they say nothing where none is filled in nor *used*."""
    if not used and all(row.is_blank for row in lines):
        return Source([replace(row, fault="") for row in lines], frozenset(), None)
    key = _key(lines)
    extract = NamedNode(namespaces.thing("extract", key or "new"))
    document = NamedNode(namespaces.thing("source", key or "new"))

    def said(row: Row) -> Quad | None:
        subject = document if row.part == "source" else extract
        return rows.statement(row, subject, knowledge, lambda _: RECORD)

    found, told = rows.with_faults([*lines], said)
    fault = _fault(key, document, knowledge)
    found = [replace(row, fault=row.fault or fault) if _is_name(row) else row for row in found]
    quads = {*told.values(), *_besides(document, extract, [*told.values()])}
    return Source(found, frozenset(quads), None if fault else extract)


def _fault(key: str, document: NamedNode, knowledge: Knowledge) -> str:
    if not key:
        return "nameless"
    return "taken" if knowledge.about(document) else ""


def document_of(graph: object, added: Iterable[Quad], knowledge: Knowledge) -> NamedNode | None:
    """Give the document that an extract is of; None for a graph that is no extract."""
    for quad in added:
        if (quad.subject, quad.predicate) == (graph, SOURCE):
            return quad.object if isinstance(quad.object, NamedNode) else None
    if isinstance(graph, NamedNode) and EXTRACT in knowledge.types(graph):
        return knowledge.value(graph, SOURCE)
    return None


def _besides(document: NamedNode, extract: NamedNode, told: Iterable[Quad]) -> Iterable[Quad]:
    """Give what follows of what was typed: classes, names of the extract, language, day."""
    yield Quad(document, TYPE, _ENTITY, RECORD)
    yield Quad(document, TYPE, DOCUMENT, RECORD)
    yield Quad(extract, TYPE, EXTRACT, RECORD)
    yield Quad(extract, SOURCE, document, RECORD)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    yield Quad(extract, _MODIFIED, Literal(today, datatype=_DATE), RECORD)
    for quad in told:
        if isinstance(quad.object, Literal) and quad.object.language:
            tag = quad.object.language
            if quad.predicate == LABEL:
                name = Literal(_NAMES[tag].format(quad.object.value), language=tag)
                yield Quad(extract, LABEL, name, RECORD)
            if quad.predicate == _TITLE:
                yield Quad(document, _LANGUAGE, _LANGUAGES[tag], RECORD)


def _key(lines: Sequence[Row]) -> str:
    name = next((row.value for row in lines if _is_name(row) and not row.is_blank), "")
    return slug(" ".join(name.split()[:_WORDS]))


def _is_name(row: Row) -> bool:
    return row.part == "source" and row.field.predicate == LABEL and row.language == DEFAULT
