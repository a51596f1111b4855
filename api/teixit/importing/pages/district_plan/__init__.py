"""The template of a measure of a district's economic development plan.

``outline`` takes a page apart, ``districts`` tells which district it is of. The page is that of one
measure; the plan, and the lines that it has, follow from the numbers of its measures.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Self

from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF
from rdflib.term import Node

from teixit import namespaces
from teixit.errors import KnowledgeError
from teixit.importing.pages.district_plan import districts, outline, progress, wording
from teixit.importing.pages.documents import Document
from teixit.importing.pages.identifiers import PlanIdentifiers
from teixit.importing.pages.lines import Span
from teixit.importing.pages.names import Names
from teixit.importing.pages.templates import Conclusion, Part, Reading
from teixit.importing.pages.triples import (
    Said,
    Triple,
    at,
    described,
    gyear,
    labelled,
    named,
    term,
)

__all__ = ["DistrictPlanPage"]

#: What these plans are of, and who leads them: data/organisations.trig and the plan's own page.
_FRAMEWORK = URIRef(namespaces.thing("framework", "pla-economic-de-districte"))
_LEADER = URIRef(namespaces.thing("organisation", "barcelona-activa"))
_SAYS_SO = URIRef(namespaces.thing("source", "territorialitzacio"))


class DistrictPlanPage(Reading):
    """The page of a measure, by default of the plan of the district that its address names."""

    MARK: ClassVar = outline.MARK

    def __init__(self, document: Document, plan: str | None = None) -> None:
        self.document = document
        district = districts.of_plan(plan) if plan else districts.of_address(document.address)
        if district is None:
            expected = " or ".join(f"--plan {name}" for name in districts.plans())
            raise KnowledgeError(
                f"{document.file}: a page of a district plan; say of which district: {expected}"
            )
        self.district = district
        self.plan = PlanIdentifiers(district.plan)
        self.page = outline.parse(document.text, document.file)

    @property
    def key(self) -> str:
        """The plan, and the number of the measure as the page has it."""
        return f"{self.plan.plan}-{self.page.digits}"

    @property
    def name(self) -> str:
        """The key: a page of another district may have the same number."""
        return self.key

    @property
    def title(self) -> str:
        """The title of the measure."""
        return self.page.title.text

    @property
    def plan_title(self) -> str:
        """What the plan is called in Catalan."""
        return wording.PLAN["ca"].format(district=self.district.name)

    @property
    def measures(self) -> Mapping[str, Span]:
        """The one measure of the page."""
        return {self.page.identifier: self.page.number}

    def statements(self, names: Names) -> Iterator[Said]:
        """Yield each statement with the passage that makes it."""
        page, this = self.page, self.plan.measure(self.page.identifier)
        yield page.number, (this, RDF.type, term("teixit:Measure"))
        yield page.number, (this, DCTERMS.identifier, Literal(page.identifier))
        yield from at(page.title, named(this, page.title.text, names.lexicon))
        yield from progress.said(page, self.plan)
        for year in range(page.period.first, page.period.last + 1):
            yield page.period.span, (this, term("teixit:coversYear"), gyear(year))
        yield from described(this, page.text, page.paragraphs, names.lexicon)

    def conclusions(
        self,
        said: Container[Node],  # noqa: ARG002 - the number says it all
        elsewhere: Container[str],  # noqa: ARG002
    ) -> Iterable[Conclusion]:
        """Conclude of which line the measure is."""
        measure, line = self.plan.measure(self.page.identifier), self._line
        triples: list[Triple] = [
            (measure, term("teixit:number"), Literal(self.page.place)),
            (measure, term("teixit:belongsToLine"), line),
            (line, RDF.type, term("teixit:StrategicLine")),
            (line, term("teixit:number"), Literal(self.page.line)),
            (line, term("teixit:belongsToPlan"), self.plan.itself),
            *labelled(line, wording.LINE, number=self.page.line, district=self.district.name),
            *progress.named(self.page, self.plan),
        ]
        spans = (self.page.number, self.page.progress)
        grounds = [self.ids.passage(span) for span in spans if span is not None]
        yield Conclusion("numbering", triples, grounds, wording.NUMBERING, wording.NUMBERING_METHOD)

    @classmethod
    def together(cls, pages: Sequence[Self]) -> Iterable[Conclusion]:
        """Conclude what the plan is, and which years it is of."""
        plan, district = pages[0].plan.itself, pages[0].district
        first = min(page.page.period.first for page in pages)
        last = max(page.page.period.last for page in pages)
        period = URIRef(namespaces.thing("period", f"{first}-{last}"))
        triples: list[Triple] = [
            (plan, RDF.type, term("teixit:Plan")),
            (plan, DCTERMS.isPartOf, _FRAMEWORK),
            (plan, DCTERMS.spatial, district.iri),
            (plan, DCTERMS.temporal, period),
            (plan, term("teixit:ledBy"), _LEADER),
            *labelled(plan, wording.PLAN, district=district.name),
            (period, RDF.type, DCTERMS.PeriodOfTime),
            (period, DCAT.startDate, gyear(first)),
            (period, DCAT.endDate, gyear(last)),
            *labelled(period, wording.PERIOD, first=first, last=last),
        ]
        grounds = [*(page.ids.source for page in pages), _SAYS_SO]
        yield Conclusion("plan", triples, grounds, wording.CONCLUSION, wording.CONCLUSION_METHOD)

    def part(self, names: Names) -> Part:  # noqa: ARG002 - no names are looked for
        """Give the measure with its progress, years and paragraphs."""
        page = self.page
        period = page.period
        level = f"{page.level} %" if page.is_percent else str(page.level)
        reached = [Part("progress", level)] if page.progress else []
        years = [Part("year", str(year)) for year in range(period.first, period.last + 1)]
        paragraphs = [Part("paragraph", span.text) for span in page.paragraphs]
        parts = (*reached, *years, *paragraphs)
        return Part("measure", page.title.text, page.identifier, parts)

    def counts(self, count: Callable[[str], int]) -> list[str]:
        """Say how many parts of each kind the page has."""
        period = self.page.period
        return [
            f"{count('teixit:Measure')} measure of {self.district.name}",
            f"{period.last - period.first + 1} years",
            f"{len(self.page.paragraphs)} paragraphs",
        ]

    @property
    def _line(self) -> URIRef:
        return self.plan.part("line", str(self.page.line))
