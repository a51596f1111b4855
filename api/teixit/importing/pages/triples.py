"""The statements that all templates make, whatever their pages are about."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS, XSD

from teixit import namespaces
from teixit.importing.pages.lexicon import (
    RELATION_TO_FRAMEWORK,
    RELATION_TO_ORGANISATION,
    RELATION_TO_ROLE,
    Lexicon,
    Mention,
)
from teixit.importing.pages.lines import Span, tidy
from teixit.importing.wording import Wording

Triple = tuple[URIRef, URIRef, URIRef | Literal]
#: A statement, and the passage that makes it.
Said = tuple[Span, Triple]

#: The language of the pages that the templates are read from.
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


def labelled(thing: URIRef, words: Wording, **values: object) -> Iterator[Triple]:
    """Call a thing by words of ours, in every language."""
    for language, pattern in words.items():
        yield thing, RDFS.label, Literal(pattern.format(**values), lang=language)


def at(span: Span, triples: Iterable[Triple]) -> Iterator[Said]:
    """Say that the passage at *span* makes the statements *triples*."""
    return ((span, triple) for triple in triples)


def sentences(page: str, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of a paragraph, each at its place in the text of the *page*."""
    words = page[paragraph.start : paragraph.end]
    for match in _SENTENCE.finditer(words):
        start, end = paragraph.start + match.start(), paragraph.start + match.end()
        line = paragraph.first_line
        yield Span(start, end, line, line, tidy(match[0]))


def named(thing: URIRef, title: str, lexicon: Lexicon) -> Iterator[Triple]:
    """Say that a thing has a title, and what its title speaks of."""
    yield thing, RDFS.label, text(title)
    yield from mentioned(thing, title, lexicon)


def described(
    thing: URIRef, page: str, paragraphs: Iterable[Span], lexicon: Lexicon
) -> Iterator[Said]:
    """Say that paragraphs describe a thing, and what each sentence of them speaks of."""
    for paragraph in paragraphs:
        yield paragraph, (thing, DCTERMS.description, text(paragraph.text))
        for sentence in sentences(page, paragraph):
            yield from at(sentence, mentioned(thing, sentence.text, lexicon))


def mentioned(thing: URIRef, words: str, lexicon: Lexicon) -> Iterator[Triple]:
    """Say which of the known names *words* hold."""
    mentions = lexicon.mentions(words)
    for mention in mentions:
        # A role counts where it introduces a list of projects, and nowhere else.
        if mention.relation != RELATION_TO_ROLE:
            yield thing, URIRef(mention.relation), URIRef(mention.thing)
        if mention.relation == RELATION_TO_FRAMEWORK:
            framework = URIRef(mention.thing)
            yield framework, SKOS.altLabel, text(words[mention.start : mention.end])
            for leader in _leaders(words, mention, mentions):
                yield framework, term("teixit:ledBy"), URIRef(leader.thing)


def _leaders(words: str, framework: Mention, mentions: list[Mention]) -> Iterator[Mention]:
    """Find who leads a framework: «Plans … liderats per Barcelona Activa»."""
    for other in mentions:
        between = words[framework.end : other.start]
        if other.relation == RELATION_TO_ORGANISATION and _LED_BY.fullmatch(between):
            yield other
