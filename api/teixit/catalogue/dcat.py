"""The catalogue in the words of DCAT, by profile: one model, and what each profile wants of it.

Where profiles contradict each other, :mod:`teixit.catalogue.profiles` says how. There are no pages
and no blank nodes; every value of others is typed in the same file.
"""

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import NamedNode, Triple

from teixit import namespaces
from teixit.catalogue import codes, distributions, model, wording
from teixit.catalogue.codes import code
from teixit.catalogue.model import Catalogue
from teixit.catalogue.profiles import LAW, Profile
from teixit.catalogue.publishers import Publisher
from teixit.catalogue.stating import Stating, expand
from teixit.catalogue.wording import Wording
from teixit.languages import LANGUAGES

CATALOGUE: Final = model.IRI
SERVICE: Final = f"{CATALOGUE}#sparql"

_LANGUAGES: Final = ("at:language/CAT", "at:language/SPA", "at:language/ENG")
_THEMES: Final = (
    "at:data-theme/ECON",
    "at:data-theme/SOCI",
    "nti:sector/economia",
    "nti:sector/sociedad-bienestar",
)
_TYPES: Final = {"ontology": "at:dataset-type/ONTOLOGY", "shapes": "at:dataset-type/SCHEMA"}
_PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
#: The box around the municipality, and its middle, from the boundaries of CartoBCN.
_BOX: Final = "POLYGON((2.05 41.31,2.23 41.31,2.23 41.47,2.05 41.47,2.05 41.31))"
_MIDDLE: Final = "POINT(2.14 41.39)"


def describe(catalogue: Catalogue, profile: Profile) -> list[Triple]:
    """Describe *catalogue* as *profile* wants it, in the order of subjects and properties."""
    said = Stating()
    _catalogue(said, catalogue)
    _publisher(said, catalogue.publisher)
    _contact(said, catalogue.contact)
    _shared(said)
    for dataset in wording.datasets().values():
        _dataset(said, dataset, catalogue, profile)
        distributions.describe(said, dataset, catalogue, profile)
        if profile.records:
            _record(said, dataset, catalogue, profile)
    _service(said, catalogue, profile)
    if profile.versions:
        _quality(said, catalogue)
    said += codes.describe(value.value for _, _, value in said if isinstance(value, NamedNode))
    return sorted({Triple(*statement) for statement in said}, key=str)


def _described(texts: Mapping[str, str], catalogue: Catalogue) -> Mapping[str, str]:
    """Add to a description that its publisher has not taken it on, where that is so."""
    if not catalogue.is_proposal:
        return texts
    return {tag: f"{text} {model.texts()['proposal'][tag]}" for tag, text in texts.items()}


def _catalogue(said: Stating, catalogue: Catalogue) -> None:
    said.add(CATALOGUE, "rdf:type", expand("dcat:Catalog"))
    said.texts(CATALOGUE, "dct:title", model.texts()["catalogue"]["title"])
    description = _described(model.texts()["catalogue"]["description"], catalogue)
    said.texts(CATALOGUE, "dct:description", description)
    distributions.dates(said, CATALOGUE, catalogue.release)
    for property_, value in (
        ("dct:publisher", catalogue.publisher.iri),
        ("dct:license", code("at:licence/CC_BY_4_0")),
        ("dct:spatial", code("at:place/ESP_BCN")),
        ("foaf:homepage", namespaces.BASE),
        ("dcat:themeTaxonomy", code("at:data-theme")),
        ("dcat:themeTaxonomy", code("nti:sector")),
        ("dcat:service", SERVICE),
    ):
        said.add(CATALOGUE, property_, value)
    for language in _LANGUAGES:
        said.add(CATALOGUE, "dct:language", code(language))
    for dataset in wording.datasets().values():
        said.add(CATALOGUE, "dcat:dataset", dataset.iri)
    said.add(namespaces.BASE, "rdf:type", expand("foaf:Document"))


def _publisher(said: Stating, publisher: Publisher) -> None:
    for type_ in ("foaf:Agent", "foaf:Organization"):
        said.add(publisher.iri, "rdf:type", expand(type_))
    said.texts(publisher.iri, "foaf:name", publisher.name)
    said.add(publisher.iri, "dct:type", code(f"adms-publisher:{publisher.kind}"))
    said.literal(publisher.iri, "dct:identifier", publisher.identifier or publisher.iri)


def _contact(said: Stating, publisher: Publisher) -> None:
    """Say how to reach those who know the data."""
    contact = f"{CATALOGUE}#contact"
    for type_ in ("vcard:Kind", "vcard:Organization"):
        said.add(contact, "rdf:type", expand(type_))
    said.texts(contact, "vcard:fn", publisher.name)
    said.texts(contact, "vcard:organization-name", publisher.name)
    said.add(contact, "vcard:hasURL", publisher.homepage)
    said.add(contact, "vcard:hasUID", publisher.iri)
    if publisher.email:
        said.add(contact, "vcard:hasEmail", f"mailto:{publisher.email}")
    if publisher.telephone:
        said.add(contact, "vcard:hasTelephone", f"tel:{publisher.telephone}")


def _shared(said: Stating) -> None:
    """Describe what several datasets refer to: place, period, rights, provenance, standard."""
    place, period = code("at:place/ESP_BCN"), f"{CATALOGUE}#period"
    said.typed(place, "dcat:bbox", _BOX, "geo:wktLiteral")
    said.typed(place, "dcat:centroid", _MIDDLE, "geo:wktLiteral")
    said.add(period, "rdf:type", expand("dct:PeriodOfTime"))
    said.date(period, "dcat:startDate", "2016-01-01")
    said.date(period, "dcat:endDate", "2019-12-31")
    said.add(f"{CATALOGUE}#rights", "rdf:type", expand("dct:RightsStatement"))
    said.texts(f"{CATALOGUE}#rights", "rdfs:label", model.texts()["rights"])
    said.add(f"{CATALOGUE}#provenance", "rdf:type", expand("dct:ProvenanceStatement"))
    said.texts(f"{CATALOGUE}#provenance", "rdfs:label", model.texts()["provenance"])
    said.add(namespaces.ONTOLOGY, "rdf:type", expand("dct:Standard"))
    said.texts(namespaces.ONTOLOGY, "dct:title", model.texts()["ontology"])
    licence = code("at:licence/CC_BY_4_0")
    # CKAN knows a licence by this very title.
    said.texts(licence, "dct:title", {"en": "Creative Commons Attribution"})
    said.add(licence, "dct:type", code("adms-licence:Attribution"))
    said.add(licence, "rdfs:seeAlso", "https://spdx.org/licenses/CC-BY-4.0")


def _resource(said: Stating, iri: str, words: Mapping[str, Any], catalogue: Catalogue) -> None:
    """Say what datasets and services have in common."""
    said.texts(iri, "dct:title", words["title"])
    said.texts(iri, "dct:description", _described(words["description"], catalogue))
    for language in LANGUAGES:
        for keyword in words["keywords"][language]:
            said.texts(iri, "dcat:keyword", {language: keyword})
    said.literal(iri, "dct:identifier", iri)
    said.add(iri, "dct:publisher", catalogue.publisher.iri)
    said.add(iri, "dcat:contactPoint", f"{CATALOGUE}#contact")
    said.add(iri, "dct:accessRights", code("at:access-right/PUBLIC"))
    for theme in _THEMES:
        said.add(iri, "dcat:theme", code(theme))


def _dataset(said: Stating, dataset: Wording, catalogue: Catalogue, profile: Profile) -> None:
    iri, release = dataset.iri, catalogue.release
    for type_ in ("dcat:Dataset", "dcat:Resource"):
        said.add(iri, "rdf:type", expand(type_))
    _resource(said, iri, vars(dataset), catalogue)
    distributions.dates(said, iri, catalogue.release)
    for property_, value in (
        ("dct:accrualPeriodicity", code("at:frequency/IRREG")),
        ("dct:provenance", f"{CATALOGUE}#provenance"),
        ("dct:spatial", code("at:place/ESP_BCN")),
        ("dct:temporal", f"{CATALOGUE}#period"),
        ("dcat:landingPage", dataset.landing_page),
        ("foaf:page", dataset.landing_page),
    ):
        said.add(iri, property_, value)
    said.add(dataset.landing_page, "rdf:type", expand("foaf:Document"))
    for language in _LANGUAGES:
        said.add(iri, "dct:language", code(language))
    if dataset.name in _TYPES:
        said.add(iri, "dct:type", code(_TYPES[dataset.name]))
    else:
        said.add(iri, "dct:conformsTo", namespaces.ONTOLOGY)
    if dataset.name == "graph":
        for source in catalogue.facts.sources:
            said.add(iri, "prov:wasDerivedFrom", source)
    said.literal(iri, "dcat:version", release.contents.version)
    _version(said, dataset, catalogue, profile)


def _version(said: Stating, dataset: Wording, catalogue: Catalogue, profile: Profile) -> None:
    """Say which release it is, and lead to it.

    Releases are no datasets here, or harvesters would take them for more of ours; so it is they
    that say what they are versions of, each in its own name.
    """
    iri, release = dataset.iri, catalogue.release
    values = {"version": release.contents.version, "releases": release.iri}
    notes = {tag: text.format(**values) for tag, text in model.texts()["notes"].items()}
    said.texts(iri, "adms:versionNotes", notes)
    if not profile.versions:
        return
    current = f"{release.iri}#{dataset.name}"
    said.add(iri, "dcat:hasCurrentVersion", current)
    said.add(current, "dcat:isVersionOf", iri)
    before = [f"{namespaces.BASE}releases/{each}/#{dataset.name}" for each in release.earlier]
    for version in before:
        said.add(version, "dcat:isVersionOf", iri)
    for version in before[-1:]:
        said.add(iri, "dcat:previousVersion", version)


def _record(said: Stating, dataset: Wording, catalogue: Catalogue, profile: Profile) -> None:
    iri = model.node("record", dataset.name)
    said.add(CATALOGUE, "dcat:record", iri)
    said.add(iri, "rdf:type", expand("dcat:CatalogRecord"))
    said.add(iri, "foaf:primaryTopic", dataset.iri)
    said.add(iri, "dct:conformsTo", profile.standard)
    said.add(iri, "adms:status", code("at:concept-status/CURRENT"))
    said.add(iri, "dct:language", code("at:language/CAT"))
    distributions.dates(said, iri, catalogue.release)


def _service(said: Stating, catalogue: Catalogue, profile: Profile) -> None:
    endpoint = f"{namespaces.BASE}sparql"
    said.add(SERVICE, "rdf:type", expand("dcat:DataService"))
    _resource(said, SERVICE, model.texts()["service"], catalogue)
    for property_, value in (
        ("dct:license", code("at:licence/CC_BY_4_0")),
        ("dct:conformsTo", _PROTOCOL),
        ("dcat:endpointURL", endpoint),
        ("dcat:endpointDescription", f"{endpoint}?download=ttl"),
        ("dcat:servesDataset", wording.datasets()["graph"].iri),
        ("dcat:landingPage", endpoint),
        ("foaf:page", endpoint),
        ("dcatap:availability", code("at:planned-availability/AVAILABLE")),
    ):
        said.add(SERVICE, property_, value)
    said.add(endpoint, "rdf:type", expand("foaf:Document"))
    if profile.law:
        said.add(SERVICE, "dcatap:applicableLegislation", LAW)


def _quality(said: Stating, catalogue: Catalogue) -> None:
    """Say how good the graph is, in figures (Data Quality Vocabulary, W3C Note 2016-12-15)."""
    graph = wording.datasets()["graph"].iri
    # A release that breaks a shape of ours is not made.
    for name, value in (("violations", 0), ("links", sum(catalogue.facts.links.values()))):
        metric, measurement = model.node("metric", name), model.node("measurement", name)
        said.add(metric, "rdf:type", expand("dqv:Metric"))
        said.texts(metric, "skos:definition", model.texts()["metric"][name])
        said.add(metric, "dqv:expectedDataType", expand("xsd:integer"))
        said.add(graph, "dqv:hasQualityMeasurement", measurement)
        said.add(measurement, "rdf:type", expand("dqv:QualityMeasurement"))
        said.add(measurement, "dqv:isMeasurementOf", metric)
        said.add(measurement, "dqv:computedOn", graph)
        said.number(measurement, "dqv:value", value)
        said.date(measurement, "dct:date", catalogue.release.contents.modified)
