"""The pages of the ontology and of the shapes: what words mean, and what must hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from flask import Blueprint, render_template, url_for

from teixit import namespaces, tokens
from teixit.findings import Severity
from teixit.languages import LANGUAGES, in_language
from teixit.queries import Query
from teixit.web import formats, loom, results, shapes
from teixit.web.site import site
from teixit.web.terms import Term, Thing, Vocabulary
from teixit.web.texts import reader_language

blueprint = Blueprint("vocabulary", __name__)

_LANGUAGE: Final = f"<any({', '.join(LANGUAGES)}):language>"
#: The files of the ontology, which are served beside its page.
_FILES: Final = ("ttl", "rdf", "jsonld", "nt")
#: What the header says, in the order of the page, and under which heading.
_HEADER: Final = {
    "owl:versionIRI": "vocabulary.version",
    "bibo:status": "vocabulary.status",
    "dct:issued": "vocabulary.issued",
    "dct:modified": "vocabulary.modified",
    "dct:created": "vocabulary.created",
    "dct:creator": "vocabulary.creator",
    "dct:contributor": "vocabulary.contributor",
    "dct:publisher": "vocabulary.publisher",
    "dct:license": "vocabulary.licence",
    "dct:source": "vocabulary.source",
    "dct:identifier": "vocabulary.identifier",
    "vann:preferredNamespaceUri": "vocabulary.namespace",
    "vann:preferredNamespacePrefix": "vocabulary.prefix",
    "dct:bibliographicCitation": "vocabulary.citation",
}
#: What is said of a term by IRIs, in the order of the page.
_RELATIONS: Final = {
    "rdfs:domain": "vocabulary.domain",
    "rdfs:range": "vocabulary.range",
    "rdfs:subClassOf": "vocabulary.superclasses",
    "rdfs:subPropertyOf": "vocabulary.superproperties",
    "skos:closeMatch": "vocabulary.close",
    "skos:broadMatch": "vocabulary.broad",
    "skos:narrowMatch": "vocabulary.narrow",
    "skos:relatedMatch": "vocabulary.related",
}
_KINDS: Final = {
    "owl:Class": "vocabulary.class",
    "owl:ObjectProperty": "vocabulary.object_property",
    "owl:DatatypeProperty": "vocabulary.datatype_property",
    "owl:FunctionalProperty": "vocabulary.functional",
    "owl:InverseFunctionalProperty": "vocabulary.inverse_functional",
}
#: The words of the vocabulary of term status, and of BIBO, of which we use some.
_STATUSES: Final = {
    "unstable": "vocabulary.unstable",
    "testing": "vocabulary.testing",
    "stable": "vocabulary.stable",
    "archaic": "vocabulary.archaic",
    "http://purl.org/ontology/bibo/status/draft": "vocabulary.draft",
    "http://purl.org/ontology/bibo/status/published": "vocabulary.published",
}
_SEVERITIES: Final = {
    Severity.VIOLATION: "shapes.violation",
    Severity.WARNING: "shapes.warning",
    Severity.INFO: "shapes.info",
}


@dataclass(frozen=True)
class Link:
    """What a page shows of a value, and where it leads, if anywhere."""

    text: str
    address: str | None = None


@dataclass(frozen=True)
class Page:
    """What the template needs to know of the ontology, in one language."""

    vocabulary: Vocabulary
    language: str

    @cached_property
    def _terms(self) -> Mapping[str, Term]:
        return {term.iri: term for term in self.vocabulary.terms}

    @property
    def header(self) -> Mapping[str, tuple[Link, ...]]:
        """What the header says, by the keys of the headings."""
        said = self.vocabulary.header
        return {
            key: tuple(self._named(thing) for thing in said[property_])
            for property_, key in _HEADER.items()
            if property_ in said
        }

    @property
    def classes(self) -> list[Term]:
        """The classes, by their names in this language."""
        return self._sorted(term for term in self.vocabulary.terms if term.is_class)

    @property
    def properties(self) -> list[Term]:
        """The properties, by their names in this language."""
        return self._sorted(term for term in self.vocabulary.terms if not term.is_class)

    def title(self, property_: str) -> str:
        """Give what the header says by *property_* in this language."""
        return in_language(self.vocabulary.texts[property_], self.language)

    def name(self, term: Term) -> str:
        """Give the name of *term* in this language."""
        return in_language(term.spoken("rdfs:label") or {self.language: term.name}, self.language)

    def relations(self, term: Term) -> Mapping[str, list[Link]]:
        """Give what *term* is related to, by the keys of the headings."""
        found = {
            key: [self.link(iri) for iri in term.values[property_]]
            for property_, key in _RELATIONS.items()
            if property_ in term.values
        }
        below = [self.link(other.iri) for other in self.vocabulary.terms if _is_below(other, term)]
        return found | ({"vocabulary.subclasses": below} if below else {})

    def used_with(self, term: Term) -> list[Link]:
        """List the properties that things of the class *term* may have."""
        return [
            self.link(property_.iri)
            for property_ in self.properties
            if term.iri in property_.values.get("rdfs:domain", ())
        ]

    def example(self, term: Term) -> list[Link]:
        """Give a thing of a class, or the subject and the object of a statement; or nothing."""
        thing = self.vocabulary.things.get(term.iri)
        found = self.vocabulary.statements.get(term.iri) or ((thing,) if thing else ())
        return [self._named(named) for named in found]

    def link(self, iri: str) -> Link:
        """Name what has this *iri*, and say where it is described."""
        if iri in self._terms:
            term = self._terms[iri]
            return Link(self.name(term), f"#{term.name}")
        return Link(results.short(iri), address_of(iri))

    def drawing(self) -> loom.Loom | None:
        """Draw the ontology, in the words of this language; None if no property joins classes."""
        properties = [
            loom.Property(
                self.name(term),
                f"#{term.name}",
                term.values["rdfs:domain"],
                term.values["rdfs:range"][0],
            )
            for term in self.properties
            if term.values.keys() >= {"rdfs:domain", "rdfs:range"}
        ]
        drawn = {key for found in properties for key in (*found.domains, found.range)}
        own = {term.iri for term in self.classes}
        classes = [
            loom.Class(key, link.text, link.address or "", self._parent(key), key in own)
            for key in sorted(own | drawn)
            for link in (self.link(key),)
        ]
        return loom.Loom.of(classes, properties) if properties else None

    def ends(self, drawn: loom.Property) -> Mapping[str, str]:
        """Name a property that is drawn, and the classes that it joins."""
        return {
            "property": drawn.text,
            "domains": ", ".join(self.link(key).text for key in drawn.domains),
            "range": self.link(drawn.range).text,
        }

    def _parent(self, iri: str) -> str | None:
        """Find the superclass that is a term of ours."""
        above = self._terms[iri].values.get("rdfs:subClassOf", ()) if iri in self._terms else ()
        return next((found for found in above if found in self._terms), None)

    def _named(self, thing: Thing) -> Link:
        text = (
            in_language(thing.names, self.language) if thing.names else results.short(thing.value)
        )
        return Link(text, address_of(thing.value))

    def _sorted(self, found: Iterable[Term]) -> list[Term]:
        return sorted(found, key=lambda term: (self.name(term).casefold(), term.iri))


def address_of(iri: str) -> str | None:
    """Give the address that *iri* has on this site, or itself if a browser may follow it."""
    if iri.startswith(namespaces.TERM):
        page_of_terms = url_for("vocabulary.in_language", language=reader_language())
        return f"{page_of_terms}#{iri.removeprefix(namespaces.TERM)}"
    if iri.startswith(namespaces.BASE):
        return f"/{iri.removeprefix(namespaces.BASE)}"
    return results.link(iri)


@blueprint.get("/def.html", defaults={"language": ""})
@blueprint.get(f"/{_LANGUAGE}/def", endpoint="in_language")
def page(language: str) -> str:
    """Show the ontology; without a language in the address, in that of the reader.

    Raises:
        NotFoundError: The graph that is served has no ontology of ours.
    """
    found = site()
    rules, questions = shapes.read().of_terms(), _questions(found.questions)
    return _ontology(Vocabulary.read(found.ask), "/def", language, rules, questions)


def old_ontology(vocabulary: Vocabulary, address: str) -> str:
    """Show a version of the ontology that was at *address*, without what belongs to today's."""
    return _ontology(vocabulary, address, "", {}, {})


def _ontology(
    vocabulary: Vocabulary,
    address: str,
    language: str,
    rules: Mapping[str, Sequence[object]],
    questions: Mapping[str, Sequence[Query]],
) -> str:
    language = language or reader_language()
    shown = Page(vocabulary, language)
    return render_template(
        "vocabulary/ontology.html",
        address_of=address_of,
        addresses={tag: f"{address}.{tag}.html" for tag in LANGUAGES},
        canonical=f"{site().address}{address}.{language}.html",
        in_language=in_language,
        files=_files(address),
        kinds=_KINDS,
        language=language,
        loom=shown.drawing(),
        ontology=namespaces.ONTOLOGY,
        page=shown,
        questions=questions,
        shapes=rules,
        short=results.short,
        thing=namespaces.thing,
        statuses=_STATUSES,
    )


@blueprint.get("/shapes.html", endpoint="all_shapes", defaults={"language": ""})
@blueprint.get(f"/{_LANGUAGE}/shapes", endpoint="shapes_in_language")
def rules(language: str) -> str:
    """Show the shapes; without a language in the address, in that of the reader."""
    return _rules(shapes.read(), "/shapes", language)


def old_shapes(found: shapes.Shapes, address: str) -> str:
    """Show a version of the shapes that was at *address*."""
    return _rules(found, address, "")


def _rules(found: shapes.Shapes, address: str, language: str) -> str:
    language = language or reader_language()
    return render_template(
        "vocabulary/shapes.html",
        address_of=address_of,
        addresses={tag: f"{address}.{tag}.html" for tag in LANGUAGES},
        canonical=f"{site().address}{address}.{language}.html",
        files=_files(address),
        found=found,
        told_in=found.told_in(),
        in_language=in_language,
        language=language,
        severities=_SEVERITIES,
        short=results.short,
    )


def _files(address: str) -> Mapping[str, tuple[str, str]]:
    """Give the address and the media type of each file beside the page at *address*."""
    return {name: (f"{address}.{name}", formats.FORMATS[name]) for name in _FILES}


def _questions(questions: Iterable[Query]) -> Mapping[str, tuple[Query, ...]]:
    """List the questions that use each term, by its IRI."""
    found: dict[str, list[Query]] = defaultdict(list)
    for query in questions:
        read = tokens.scan(query.text)
        for iri in {read.iri(word, namespaces.BASE) for word in read.words if tokens.is_name(word)}:
            found[iri].append(query)
    return {iri: tuple(using) for iri, using in found.items()}


def _is_below(term: Term, above: Term) -> bool:
    return above.iri in term.values.get("rdfs:subClassOf", ())
