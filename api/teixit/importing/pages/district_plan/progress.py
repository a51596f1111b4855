"""How far a measure has come, as its page says it.

A page says «Progrés 2» on a scale that it does not explain: that is a status, by the name that the
page gives it. Where it says «Progrés: 60 %», that is a share.
"""

from collections.abc import Iterator
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from teixit import namespaces
from teixit.importing.pages.district_plan import wording
from teixit.importing.pages.district_plan.outline import Page
from teixit.importing.pages.identifiers import PlanIdentifiers, slug
from teixit.importing.pages.triples import Said, Triple, labelled, term

_SCHEME = URIRef(namespaces.thing("scheme", "progress-of-district-plans"))


def said(page: Page, plan: PlanIdentifiers) -> Iterator[Said]:
    """Yield what the page says of progress, if it does."""
    if page.progress is not None:
        report = _report(page, plan)
        yield page.progress, (report, RDF.type, term("teixit:ProgressReport"))
        yield page.progress, (report, term("teixit:reportsOn"), plan.measure(page.identifier))
        if page.is_percent:
            share = Literal(Decimal(page.level), datatype=XSD.decimal)
            yield page.progress, (report, term("teixit:percentDone"), share)
        else:
            yield page.progress, (report, term("teixit:hasStatus"), _status(page))


def named(page: Page, plan: PlanIdentifiers) -> Iterator[Triple]:
    """Name the report and the status, as the page has no names for them."""
    if page.progress is not None:
        yield from labelled(_report(page, plan), wording.REPORT, measure=page.identifier)
        if not page.is_percent:
            status = _status(page)
            yield status, RDF.type, term("teixit:ProgressStatus")
            yield status, RDF.type, SKOS.Concept
            yield status, SKOS.inScheme, _SCHEME
            yield _SCHEME, RDF.type, SKOS.ConceptScheme
            yield from labelled(_SCHEME, wording.SCALE)
            for thing, predicate, name in labelled(status, wording.STATUS, level=page.level):
                yield thing, predicate, name
                yield thing, SKOS.prefLabel, name


def _report(page: Page, plan: PlanIdentifiers) -> URIRef:
    return plan.part("progress", slug(page.identifier))


def _status(page: Page) -> URIRef:
    return URIRef(namespaces.thing("status", f"of-district-plans-{page.level}"))
