"""The description of the dataset that stands in it (VoID, W3C Interest Group Note 3 March 2011).

It counts itself: it is made again and again until no count changes.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from teixit import __version__, namespaces, paths, store
from teixit.catalogue import statistics, wording
from teixit.catalogue.stating import Statement, Stating
from teixit.catalogue.statistics import Statistics
from teixit.catalogue.writing import write
from teixit.errors import KnowledgeError
from teixit.languages import LANGUAGES

#: The file that the description is kept in; a test holds it against a fresh run.
FILE: Final = paths.DATA / "void.trig"
#: The document that the description is served as.
DOCUMENT: Final = f"{namespaces.BASE}void"
RECORD: Final = namespaces.thing("record", "void")
DATASET: Final = namespaces.thing("dataset", "graph")
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"

_ROUNDS: Final = 12
#: Harvesters want names of less than 80 characters.
_LONGEST: Final = 79
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
#: Formats that every document is served in (http://www.w3.org/ns/formats/).
_FEATURES: Final = ("JSON-LD", "N-Quads", "N-Triples", "RDF_XML", "TriG", "Turtle")
#: The vocabularies of which the classes describe data, and are not what the dataset is about.
_DESCRIBING: Final = tuple(namespaces.PREFIXES[name] for name in ("owl", "rdfs", "sh", "void"))
_RECORD_LABEL: Final = MappingProxyType(
    {
        "ca": "Registre de la descripció del conjunt de dades",
        "es": "Registro de la descripción del conjunto de datos",
        "en": "Record of the description of the dataset",
    }
)
_DOCUMENT_TITLE: Final = MappingProxyType(
    {
        "ca": "Descripció VoID de Teixit",
        "es": "Descripción VoID de Teixit",
        "en": "VoID description of Teixit",
    }
)


def describe() -> str:
    """Describe all that Teixit ships, this description included, as TriG.

    Raises:
        KnowledgeError: A file does not parse, or the counts never settle.
    """
    files = [file for file in store.knowledge_files() if file != FILE]
    others, rest = store.load(files), set(_written(files))
    fixed = [*_documents(others), *_datasets(), *_linked_datasets(), *_sources(others)]
    found = fixed
    for _ in range(_ROUNDS):
        statements = rest.union(found)
        following = fixed + _counted(statements)
        if set(following) == set(found):
            return write({RECORD: found})
        found = following
    raise KnowledgeError(f"{FILE}: its counts do not settle; change any label and try again")


def _written(files: Iterable[Path]) -> Iterator[Statement]:
    """Give what *files* say as they write it: a store would take 1.0 and 1.00 for one."""
    for file in files:
        for quad in store.read(file):
            yield cast("Statement", (quad.subject, quad.predicate, quad.object))  # RDF 1.1


def _values(graph: Store, subject: NamedNode | None, property_: str) -> list[str]:
    named = NamedNode(namespaces.expand(property_))
    quads = graph.quads_for_pattern(subject, named, None, DefaultGraph())
    return sorted({cast("NamedNode | Literal", quad.object).value for quad in quads})


def _documents(graph: Store) -> Iterable[Statement]:
    """Say of the record, the document and the dataset what needs no count."""
    issued = _values(graph, NamedNode(namespaces.ONTOLOGY), "dct:issued")[0]
    modified = _values(graph, None, "dct:modified")[-1]
    publisher = namespaces.thing("organisation", "teixit")
    said = Stating()
    said.add(RECORD, "rdf:type", namespaces.term("Record"))
    said.texts(RECORD, "rdfs:label", _RECORD_LABEL)
    said.add(DOCUMENT, "rdf:type", namespaces.expand("void:DatasetDescription"))
    for naming in ("rdfs:label", "dct:title"):
        said.texts(DOCUMENT, naming, _DOCUMENT_TITLE)
    said.add(DOCUMENT, "foaf:primaryTopic", DATASET)
    for dataset in wording.datasets().values():
        said.add(DOCUMENT, "foaf:topic", dataset.iri)
        for maker in ("dct:creator", "dct:publisher"):
            said.add(dataset.iri, maker, publisher)
        said.date(dataset.iri, "dct:issued", issued)
        said.date(dataset.iri, "dct:modified", modified)
    for property_, value in (("dct:creator", publisher), ("dct:license", LICENCE)):
        said.add(DOCUMENT, property_, value)
    said.date(DOCUMENT, "dct:modified", modified)
    return said


def _datasets() -> Iterable[Statement]:
    """Say what the datasets are, and where they are had."""
    said = Stating()
    for name, dataset in wording.datasets().items():
        said.add(dataset.iri, "rdf:type", namespaces.expand("void:Dataset"))
        for naming in ("rdfs:label", "dct:title"):
            said.texts(dataset.iri, naming, dataset.title)
        said.texts(dataset.iri, "dct:description", dataset.description)
        said.add(dataset.iri, "dct:license", LICENCE)
        said.add(dataset.iri, "foaf:page", dataset.landing_page)
        said.literal(dataset.iri, "dcat:version", __version__)
        stem = "teixit" if name == "graph" else name
        for extension in ("jsonld", "rdf", "ttl", *(("nq", "trig") if name == "graph" else ())):
            dump = f"{namespaces.BASE}releases/{__version__}/{stem}.{extension}"
            said.add(dataset.iri, "void:dataDump", dump)
        if name != "graph":
            said.add(DATASET, "void:subset" if name == "questions" else "dct:relation", dataset.iri)
    said.add(DATASET, "void:sparqlEndpoint", f"{namespaces.BASE}sparql")
    said.add(DATASET, "void:rootResource", namespaces.THING + namespaces.PLAN)
    said.add(DATASET, "foaf:homepage", namespaces.BASE)
    said.literal(DATASET, "void:uriSpace", namespaces.THING)
    said.literal(DATASET, "void:uriRegexPattern", statistics.ENTITIES)
    for example in wording.EXAMPLES:
        said.add(DATASET, "void:exampleResource", example)
    for format_ in _FEATURES:
        said.add(DATASET, "void:feature", f"http://www.w3.org/ns/formats/{format_}")
    return said


def _linked_datasets() -> Iterable[Statement]:
    said = Stating()
    for name, other in wording.linked().items():
        iri = namespaces.thing("linked-dataset", name)
        said.add(iri, "rdf:type", namespaces.expand("void:Dataset"))
        said.texts(iri, "rdfs:label", other["label"])
        said.literal(iri, "void:uriSpace", other["space"])
        said.add(iri, "foaf:homepage", other["homepage"])
    return said


def _sources(graph: Store) -> Iterable[Statement]:
    """Name the documents whose statements the dataset holds."""
    said = Stating()
    for property_ in ("prov:hadPrimarySource", "oa:hasSource"):
        for source in _values(graph, None, property_):
            said.add(DATASET, "prov:wasDerivedFrom", source)
    return said


def _counted(statements: set[Statement]) -> list[Statement]:
    found = statistics.count(statements)
    return [*_totals(found), *_partitions(found), *_uses(found), *_linksets(statements)]


def _totals(found: Statistics) -> Iterable[Statement]:
    said = Stating()
    said.number(DATASET, "void:triples", found.triples)
    said.number(DATASET, "void:entities", found.entities)
    said.number(DATASET, "void:distinctSubjects", found.subjects)
    said.number(DATASET, "void:distinctObjects", found.objects)
    said.number(DATASET, "void:classes", len(found.classes))
    said.number(DATASET, "void:properties", len(found.properties))
    for vocabulary in found.vocabularies:
        said.add(DATASET, "void:vocabulary", vocabulary)
    return said


def _partitions(found: Statistics) -> Iterable[Statement]:
    """Describe the parts of the dataset by class and by property, each with its names."""
    said = Stating()
    for kind, counts, named, unit in (
        ("class", found.classes, _instances_of, "void:entities"),
        ("property", found.properties, _triples_with, "void:triples"),
    ):
        for term, count in sorted(counts.items()):
            part = _part(kind, term)
            said.add(DATASET, f"void:{kind}Partition", part)
            said.add(part, "rdf:type", namespaces.expand("void:Dataset"))
            said.texts(part, "rdfs:label", named(short(term)))
            said.add(part, f"void:{kind}", term)
            said.number(part, unit, count)
    return said


def _uses(found: Statistics) -> Iterable[Statement]:
    """Say which properties the instances of each class have, and of what kind the values are.

    Editors complete queries by it. These parts have no names: nobody reads them one by one.
    The classes of descriptions are left out, or half of the dataset would describe this.
    """
    said = Stating()
    for (kind, property_), count in sorted(found.uses.items()):
        if not kind.startswith(_DESCRIBING):
            part = _inner(kind, property_)
            _use(said, _part("class", kind), part, ("void:property", property_), count)
    for (kind, property_, value), count in sorted(found.values.items()):
        if not kind.startswith(_DESCRIBING):
            of = "void:class" if value in found.classes else "voidext:datatype"
            whole, part = _inner(kind, property_), _inner(kind, property_, value)
            _use(said, whole, part, (of, value), count)
    return said


def _use(said: Stating, whole: str, part: str, of: tuple[str, str], count: int) -> None:
    """Describe a part of a part, without a name: by which term, and how many triples it has."""
    by, term = of
    said.add(whole, f"{by}Partition", part)
    said.add(part, by, term)
    said.number(part, "void:triples", count)


def _linksets(statements: set[Statement]) -> Iterable[Statement]:
    said = Stating()
    names = {other["space"]: name for name, other in wording.linked().items()}
    for (space, property_), count in sorted(statistics.links(statements, names).items()):
        name = names[space]
        linkset = namespaces.thing("linkset", f"{name}-{_key(property_)}")
        linkset = _short_enough(linkset, space, property_)
        said.add(DATASET, "void:subset", linkset)
        said.add(linkset, "rdf:type", namespaces.expand("void:Linkset"))
        said.texts(
            linkset, "rdfs:label", _links_to(wording.linked()[name]["label"], short(property_))
        )
        said.add(linkset, "void:subjectsTarget", DATASET)
        said.add(linkset, "void:objectsTarget", namespaces.thing("linked-dataset", name))
        said.add(linkset, "void:linkPredicate", property_)
        said.number(linkset, "void:triples", count)
    return said


def short(iri: str) -> str:
    """Give the prefixed name of *iri*, or its last part where its namespace has no prefix."""
    space = statistics.namespace(iri)
    prefix = next((name for name, found in namespaces.PREFIXES.items() if found == space), "")
    local_name = iri.removeprefix(space)
    return f"{prefix}:{local_name}" if prefix else local_name


def _key(iri: str) -> str:
    """Turn ``teixit:scheduledIn`` into ``teixit-scheduled-in``."""
    return "-".join(part for part in _HUMP.split(short(iri)) if part).lower()


def _part(kind: str, iri: str) -> str:
    return _short_enough(namespaces.thing(kind, _key(iri), "dataset-graph"), iri)


def _short_enough(name: str, *iris: str) -> str:
    """Give *name*, or that of a part of these *iris* where it would be longer than others bear."""
    return name if len(name) <= _LONGEST else _inner(*iris)


def _inner(*iris: str) -> str:
    """Name a part by what it is of, in a few letters: spelt out it would be too long."""
    names = "\n".join(iri.removeprefix(namespaces.BASE) for iri in iris)
    digest = hashlib.sha256(names.encode()).hexdigest()
    return namespaces.thing("part", digest[:12], "dataset-graph")


def _instances_of(name: str) -> dict[str, str]:
    return {
        "ca": f"Instàncies de {name}",
        "es": f"Instancias de {name}",
        "en": f"Instances of {name}",
    }


def _triples_with(name: str) -> dict[str, str]:
    return {
        "ca": f"Enunciats amb {name}",
        "es": f"Enunciados con {name}",
        "en": f"Statements with {name}",
    }


def _links_to(other: Mapping[str, str], name: str) -> dict[str, str]:
    to = {"ca": "Enllaços amb", "es": "Enlaces con", "en": "Links to"}
    return {language: f"{to[language]} {other[language]} ({name})" for language in LANGUAGES}
