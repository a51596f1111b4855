"""What each passage of a page says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD

from teixit import namespaces
from teixit.importing.pages import identifiers, projects
from teixit.importing.pages.identifiers import Identifiers
from teixit.importing.pages.lexicon import (
    RELATION_TO_FRAMEWORK,
    RELATION_TO_ORGANISATION,
    RELATION_TO_ROLE,
    Lexicon,
    Mention,
)
from teixit.importing.pages.lines import Span, tidy
from teixit.importing.pages.template import Action, Measure, Page

Triple = tuple[URIRef, URIRef, URIRef | Literal]

#: The language of the pages that the template is read from.
LANGUAGE: Final = "ca"
_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…](?=\s+[^\Wa-zà-ÿ\d_]|\s*$)|$)", re.DOTALL)
#: Between a framework and the organisation that leads it.
_LED_BY: Final = re.compile(
    r"\s+(?:d['’]|de l['’]|de la |de |del |lidera(?:t|da|ts|des) per (?:l['’]|la |el )?)"
)


def term(name: str) -> URIRef:
    """The IRI of a prefixed name."""
    return URIRef(namespaces.expand(name))


def text(words: str) -> Literal:
    """The words of the page as a literal in its language."""
    return Literal(words, lang=LANGUAGE)


def gyear(year: int) -> Literal:
    """A year as ``xsd:gYear``."""
    return Literal(str(year), datatype=XSD.gYear)


def sentences(page: Page, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of a paragraph, each at its place in the page."""
    words = page.text[paragraph.start : paragraph.end]
    for match in _SENTENCE.finditer(words):
        start, end = paragraph.start + match.start(), paragraph.start + match.end()
        line = paragraph.first_line
        yield Span(start, end, line, line, tidy(match[0]))


@dataclass(frozen=True)
class Statements:
    """Reads the statements off the outline of a page.

    Args:
        page: The outline.
        ids: The IRIs of what it speaks of.
        lexicon: The names to recognise.
    """

    page: Page
    ids: Identifiers
    lexicon: Lexicon

    def __iter__(self) -> Iterator[tuple[Span, Triple]]:
        """Yield each statement with the passage that makes it."""
        yield from self._line()
        yield from self._objectives()
        yield from self._target_groups()
        for measure in self.page.measures:
            yield from self._measure(measure)

    def _line(self) -> Iterator[tuple[Span, Triple]]:
        line, title = self.ids.line, self.page.title
        yield title, (line, RDF.type, term("teixit:StrategicLine"))
        yield from _at(title, self._named(line, title.text))
        for paragraph in self.page.paragraphs:
            yield paragraph, (line, DCTERMS.description, text(paragraph.text))
            for sentence in sentences(self.page, paragraph):
                yield from _at(sentence, self._mentions(line, sentence.text))

    def _objectives(self) -> Iterator[tuple[Span, Triple]]:
        for number, span in enumerate(self.page.objectives, 1):
            objective = self.ids.objective(number)
            yield self.page.objectives_head, (objective, RDF.type, term("teixit:Objective"))
            yield (
                self.page.objectives_head,
                (objective, term("teixit:belongsToLine"), self.ids.line),
            )
            yield from _at(span, self._named(objective, span.text))

    def _target_groups(self) -> Iterator[tuple[Span, Triple]]:
        scheme = URIRef(namespaces.thing("scheme", "target-groups"))
        for span in self.page.target_groups:
            group, name = self.ids.target_group(span.text)
            yield self.page.target_groups_head, (self.ids.line, DCTERMS.audience, group)
            yield span, (group, RDF.type, term("teixit:TargetGroup"))
            yield span, (group, RDF.type, SKOS.Concept)
            yield span, (group, RDFS.label, text(name))
            yield span, (group, SKOS.prefLabel, text(name))
            yield span, (group, SKOS.inScheme, scheme)
            yield span, (group, SKOS.topConceptOf, scheme)
            for mention in self.lexicon.mentions(span.text):
                if mention.relation == RELATION_TO_ORGANISATION:
                    yield span, (group, URIRef(mention.relation), URIRef(mention.thing))

    def _measure(self, measure: Measure) -> Iterator[tuple[Span, Triple]]:
        this, head = self.ids.measure(measure.number), measure.head
        yield head, (this, RDF.type, term("teixit:Measure"))
        yield head, (this, term("teixit:number"), Literal(measure.number))
        yield head, (this, DCTERMS.identifier, Literal(str(measure.number)))
        yield head, (this, term("teixit:belongsToLine"), self.ids.line)
        yield from _at(head, self._named(this, measure.title))
        for year in measure.years:
            yield measure.offered_head, (this, term("teixit:coversYear"), gyear(year))
        for place, action in enumerate(measure.actions, 1):
            yield from self._action(measure, place, action)

    def _action(
        self, measure: Measure, place: int, action: Action
    ) -> Iterator[tuple[Span, Triple]]:
        this, head = self.ids.action(measure.number, place), measure.scheduled_head
        yield head, (this, RDF.type, term("teixit:Action"))
        yield head, (this, term("teixit:belongsToMeasure"), self.ids.measure(measure.number))
        for year in action.years:
            yield action.scheduled, (this, term("teixit:scheduledYear"), gyear(year))
            yield action.scheduled, (this, term("teixit:scheduledIn"), identifiers.year(year))
        said = [*self._named(this, action.title)]
        listed = projects.find(action.title, self.lexicon.mentions(action.title))
        if listed is not None:
            said += self._listing(this, self.ids.projects(measure.number, place), listed)
        for span in (action.offered, action.scheduled):
            yield from _at(span, said)

    def _named(self, thing: URIRef, title: str) -> Iterator[Triple]:
        yield thing, RDFS.label, text(title)
        yield from self._mentions(thing, title)

    def _mentions(self, thing: URIRef, words: str) -> Iterator[Triple]:
        mentions = self.lexicon.mentions(words)
        for mention in mentions:
            # A role counts where it introduces a list of projects, and nowhere else.
            if mention.relation != RELATION_TO_ROLE:
                yield thing, URIRef(mention.relation), URIRef(mention.thing)
            if mention.relation == RELATION_TO_FRAMEWORK:
                framework = URIRef(mention.thing)
                yield framework, SKOS.altLabel, text(words[mention.start : mention.end])
                for leader in _leaders(words, mention, mentions):
                    yield framework, term("teixit:ledBy"), URIRef(leader.thing)

    def _listing(
        self, action: URIRef, list_: URIRef, listed: projects.NamedProjects
    ) -> Iterator[Triple]:
        role = URIRef(listed.role)
        yield action, term("teixit:hasProjectList"), list_
        yield list_, RDF.type, term("teixit:ProjectList")
        yield list_, term("teixit:assignsRole"), role
        yield list_, term("teixit:isOpenEnded"), Literal(listed.is_open)
        for mentioned in listed.names:
            project, name = self.ids.project(mentioned)
            yield list_, term("teixit:listsProject"), project
            yield action, term("teixit:namesProject"), project
            yield project, RDF.type, term("teixit:FlagshipProject")
            yield project, RDFS.label, text(name)
            yield project, term("teixit:playsRole"), role


def _at(span: Span, triples: Iterable[Triple]) -> Iterator[tuple[Span, Triple]]:
    """Say that the passage at *span* makes the statements *triples*."""
    return ((span, triple) for triple in triples)


def _leaders(words: str, framework: Mention, mentions: list[Mention]) -> Iterator[Mention]:
    """Find who leads a framework: «Plans … liderats per Barcelona Activa»."""
    for other in mentions:
        between = words[framework.end : other.start]
        if other.relation == RELATION_TO_ORGANISATION and _LED_BY.fullmatch(between):
            yield other
