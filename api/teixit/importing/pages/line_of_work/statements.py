"""What each passage of the page of a line of work says."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from teixit import namespaces
from teixit.importing.pages import identifiers
from teixit.importing.pages.lexicon import RELATION_TO_ORGANISATION
from teixit.importing.pages.line_of_work import projects
from teixit.importing.pages.line_of_work.identifiers import Identifiers
from teixit.importing.pages.line_of_work.outline import Action, Measure, Page
from teixit.importing.pages.names import Names
from teixit.importing.pages.triples import Said, Triple, at, described, gyear, named, term


@dataclass(frozen=True)
class Statements:
    """Reads the statements off the outline of a page.

    Args:
        page: The outline.
        ids: The IRIs of what it numbers.
        names: The names to recognise.
    """

    page: Page
    ids: Identifiers
    names: Names

    def __iter__(self) -> Iterator[Said]:
        """Yield each statement with the passage that makes it."""
        yield from self._line()
        yield from self._objectives()
        yield from self._target_groups()
        for measure in self.page.measures:
            yield from self._measure(measure)

    def _line(self) -> Iterator[Said]:
        line, title, lexicon = self.ids.line, self.page.title, self.names.lexicon
        yield title, (line, RDF.type, term("teixit:StrategicLine"))
        yield from at(title, named(line, title.text, lexicon))
        yield from described(line, self.page.text, self.page.paragraphs, lexicon)

    def _objectives(self) -> Iterator[Said]:
        head = self.page.objectives_head
        for number, span in enumerate(self.page.objectives, 1):
            objective = self.ids.objective(number)
            yield head, (objective, RDF.type, term("teixit:Objective"))
            yield head, (objective, term("teixit:belongsToLine"), self.ids.line)
            yield from at(span, named(objective, span.text, self.names.lexicon))

    def _target_groups(self) -> Iterator[Said]:
        scheme = URIRef(namespaces.thing("scheme", "target-groups"))
        for span in self.page.target_groups:
            known = self.names.target_groups.named(span.text)
            group = known.iri
            yield self.page.target_groups_head, (self.ids.line, DCTERMS.audience, group)
            yield span, (group, RDF.type, term("teixit:TargetGroup"))
            yield span, (group, RDF.type, SKOS.Concept)
            yield from at(span, known.labels(RDFS.label, SKOS.prefLabel))
            yield span, (group, SKOS.inScheme, scheme)
            yield span, (group, SKOS.topConceptOf, scheme)
            for mention in self.names.lexicon.mentions(span.text):
                if mention.relation == RELATION_TO_ORGANISATION:
                    yield span, (group, URIRef(mention.relation), URIRef(mention.thing))

    def _measure(self, measure: Measure) -> Iterator[Said]:
        this, head = self.ids.measure(measure.number), measure.head
        yield head, (this, RDF.type, term("teixit:Measure"))
        yield head, (this, term("teixit:number"), Literal(measure.number))
        yield head, (this, DCTERMS.identifier, Literal(str(measure.number)))
        yield head, (this, term("teixit:belongsToLine"), self.ids.line)
        yield from at(head, named(this, measure.title, self.names.lexicon))
        for year in measure.years:
            yield measure.offered_head, (this, term("teixit:coversYear"), gyear(year))
        for place, action in enumerate(measure.actions, 1):
            yield from self._action(measure, place, action)

    def _action(self, measure: Measure, place: int, action: Action) -> Iterator[Said]:
        this, head = self.ids.action(measure.number, place), measure.scheduled_head
        yield head, (this, RDF.type, term("teixit:Action"))
        yield head, (this, term("teixit:belongsToMeasure"), self.ids.measure(measure.number))
        for year in action.years:
            yield action.scheduled, (this, term("teixit:scheduledYear"), gyear(year))
            yield action.scheduled, (this, term("teixit:scheduledIn"), identifiers.year(year))
        said = [*named(this, action.title, self.names.lexicon)]
        listed = projects.find(action.title, self.names.lexicon.mentions(action.title))
        if listed is not None:
            said += self._listing(this, self.ids.projects(measure.number, place), listed)
        for span in (action.offered, action.scheduled):
            yield from at(span, said)

    def _listing(
        self, action: URIRef, list_: URIRef, listed: projects.NamedProjects
    ) -> Iterator[Triple]:
        role = URIRef(listed.role)
        yield action, term("teixit:hasProjectList"), list_
        yield list_, RDF.type, term("teixit:ProjectList")
        yield list_, term("teixit:assignsRole"), role
        yield list_, term("teixit:isOpenEnded"), Literal(listed.is_open)
        for mentioned in listed.names:
            known = self.names.projects.named(mentioned)
            project = known.iri
            yield list_, term("teixit:listsProject"), project
            yield action, term("teixit:namesProject"), project
            yield project, RDF.type, term("teixit:FlagshipProject")
            yield from known.labels(RDFS.label)
            yield project, term("teixit:playsRole"), role
