"""A dataset as search engines read it: schema.org, as JSON-LD within its page.

Google's guide to structured data for datasets says which properties it shows. Those that would
not be true are left out: nobody funds Teixit.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from teixit.discovery.records import CATALOGUE, File, Record
from teixit.languages import LANGUAGES, in_language
from teixit.namespaces import thing

Node = Mapping[str, Any]

_POINT: Final = re.compile(r"(-?[\d.]+)\s+(-?[\d.]+)")
_CITY: Final = "Barcelona"
#: Those of the catalogue's licences that have another address, which people know.
_KNOWN: Final = {
    "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0": (
        "https://creativecommons.org/licenses/by/4.0/"
    )
}
#: The questions are a part of the graph; the ontology and the shapes stand beside it.
_PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "graph": {"hasPart": "questions"},
    "questions": {"isPartOf": "graph"},
}


def licence_page(record: Record) -> str:
    """Give the page on which people read the licence of *record*."""
    return _KNOWN.get(record.licence, record.licence)


def dataset(record: Record, language: str, page: str, citation: str, technique: str) -> Node:
    """Describe *record* to readers of *language*.

    Args:
        record: What the catalogue says.
        language: One of ours.
        page: The address of the page that holds the description.
        citation: How the dataset is to be cited.
        technique: How it was made, in a sentence.
    """
    title = in_language(record.title, language)
    whose = {"@type": "Organization", "@id": record.publisher, "name": record.publisher_name}
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": record.iri,
        "name": title,
        "alternateName": sorted({*record.title.values()} - {title}),
        "description": in_language(record.description, language),
        "inLanguage": list(LANGUAGES),
        "identifier": record.iri,
        "sameAs": record.iri,
        "url": page,
        "keywords": list(record.keywords.get(language, ())),
        "license": record.licence,
        "isAccessibleForFree": True,
        "creator": whose,
        "publisher": whose,
        "version": record.version,
        "datePublished": record.issued,
        "dateModified": record.modified,
        "creditText": citation,
        "measurementTechnique": technique,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": CATALOGUE, "url": CATALOGUE},
        "spatialCoverage": _place(record),
        "distribution": [_download(file, language) for file in record.files],
    }
    for relation, other in _PARTS.get(record.name, {}).items():
        described[relation] = {"@type": "Dataset", "@id": thing("dataset", other)}
    if record.period is not None:
        described["temporalCoverage"] = "/".join(record.period)
    return described


def _place(record: Record) -> Node:
    place: dict[str, Any] = {"@type": "Place", "name": _CITY, "sameAs": list(record.places)}
    corners = [(float(y), float(x)) for x, y in _POINT.findall(record.box)]
    if corners:
        south, west = (min(values) for values in zip(*corners, strict=True))
        north, east = (max(values) for values in zip(*corners, strict=True))
        box = f"{south} {west} {north} {east}"
        place["geo"] = {"@type": "GeoShape", "box": box}
    return place


def _download(file: File, language: str) -> Node:
    described: dict[str, Any] = {
        "@type": "DataDownload",
        "name": in_language(file.title, language),
        "contentUrl": file.address,
        "encodingFormat": file.media_type,
    }
    if file.bytes is not None:
        described["contentSize"] = f"{file.bytes} B"
    return described
