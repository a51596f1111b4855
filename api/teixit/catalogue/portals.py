"""The catalogue for portals that read JSON of their own: CKAN, the LOD Cloud, and data.json."""

from collections.abc import Iterator
from typing import Any, Final

from teixit import namespaces
from teixit.catalogue import model, wording
from teixit.catalogue.model import Catalogue
from teixit.catalogue.wording import Wording
from teixit.exporting import ExportedFile
from teixit.languages import LANGUAGES

_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
#: The language of titles where a portal has room for one.
_ONE: Final = "en"


def ckan(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Give a body of ``package_create`` (CKAN 2.12, Action API) for each dataset.

    Titles and notes also stand in three languages, as Open Data BCN and other portals that use
    ckanext-fluent read them. Whose it shall be, ``owner_org``, is for the portal to say.
    """
    return [_package(catalogue, dataset) for dataset in wording.datasets().values()]


def lod_cloud(catalogue: Catalogue) -> dict[str, Any]:
    """Give what the form of the LOD Cloud asks for (github.com/lod-cloud)."""
    graph, facts = wording.datasets()["graph"], catalogue.facts
    known = {other["space"]: other.get("cloud", name) for name, other in wording.linked().items()}
    files = [file for file, _ in model.listed(catalogue, graph) if file.name.startswith("teixit.")]
    return {
        "_id": "teixit",
        "identifier": "teixit",
        "title": graph.title[_ONE],
        "description": dict(graph.description),
        "website": namespaces.BASE,
        "contact_point": _contact(catalogue),
        "owner": {"name": catalogue.publisher.name[_ONE], "email": catalogue.publisher.email or ""},
        "domain": "government",
        "license": _LICENCE,
        "namespace": namespaces.THING,
        "keywords": list(graph.keywords[_ONE]),
        "triples": str(facts.triples),
        "full_download": [_download(catalogue, file) for file in files],
        "sparql": [
            {
                "title": "SPARQL endpoint",
                "access_url": f"{namespaces.BASE}sparql",
                "description": "SPARQL 1.1 queries over the whole graph",
            }
        ],
        "example": [
            {"title": iri.rpartition("/")[2], "access_url": iri, "media_type": "text/turtle"}
            for iri in wording.EXAMPLES
        ],
        "links": [
            {"target": known[space], "value": str(count)}
            for space, count in sorted(facts.links.items())
        ],
    }


def data_json(catalogue: Catalogue) -> dict[str, Any]:
    """Give the datasets as ``data.json`` has them (Project Open Data Metadata Schema 1.1)."""
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": f"{namespaces.BASE}data.json",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [_entry(catalogue, dataset) for dataset in wording.datasets().values()],
    }


def _package(catalogue: Catalogue, dataset: Wording) -> dict[str, Any]:
    keywords = {word for language in LANGUAGES for word in dataset.keywords[language]}
    extras = {
        "identifier": dataset.iri,
        "issued": catalogue.release.contents.issued,
        "modified": catalogue.release.contents.modified,
        "language": "ca, es, en",
        "spatial_text": "Barcelona",
        "publisher_name": catalogue.publisher.name[_ONE],
        "publisher_uri": catalogue.publisher.iri,
    }
    return {
        "name": f"teixit-{dataset.name}",
        "title": dataset.title[_ONE],
        "title_translated": dict(dataset.title),
        "notes": dataset.description[_ONE],
        "notes_translated": dict(dataset.description),
        "url": dataset.landing_page,
        "version": catalogue.release.contents.version,
        "author": catalogue.publisher.name[_ONE],
        "author_email": catalogue.publisher.email or "",
        "license_id": "cc-by",
        "isopen": True,
        "private": False,
        "tags": [{"name": word} for word in sorted(keywords)],
        "extras": [{"key": key, "value": value} for key, value in extras.items()],
        "resources": list(_resources(catalogue, dataset)),
    }


def _resources(catalogue: Catalogue, dataset: Wording) -> Iterator[dict[str, Any]]:
    for file, title in model.listed(catalogue, dataset):
        yield {
            "name": title[_ONE],
            "name_translated": title,
            "url": _address(catalogue, file),
            "format": model.form(file),
            "mimetype": _sent_as(file),
            "size": file.bytes,
            "hash": f"sha1:{file.sha1}",
        }


def _entry(catalogue: Catalogue, dataset: Wording) -> dict[str, Any]:
    publisher = catalogue.publisher
    return {
        "@type": "dcat:Dataset",
        "identifier": dataset.iri,
        "title": dataset.title[_ONE],
        "description": dataset.description[_ONE],
        "keyword": list(dataset.keywords[_ONE]),
        "issued": catalogue.release.contents.issued,
        "modified": catalogue.release.contents.modified,
        "publisher": {"@type": "org:Organization", "name": publisher.name[_ONE]},
        "contactPoint": {"@type": "vcard:Contact", **_vcard(catalogue)},
        "accessLevel": "public",
        "license": _LICENCE,
        "language": list(LANGUAGES),
        "spatial": "Barcelona",
        "temporal": "2016-01-01/2019-12-31",
        "landingPage": dataset.landing_page,
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": title[_ONE],
                "downloadURL": _address(catalogue, file),
                "mediaType": _sent_as(file),
                "format": model.form(file),
            }
            for file, title in model.listed(catalogue, dataset)
        ],
    }


def _contact(catalogue: Catalogue) -> dict[str, str]:
    return {"name": catalogue.contact.name[_ONE], "email": catalogue.contact.email or ""}


def _vcard(catalogue: Catalogue) -> dict[str, str]:
    email = catalogue.contact.email
    said = {"fn": catalogue.contact.name[_ONE]}
    return {**said, "hasEmail": f"mailto:{email}"} if email else said


def _download(catalogue: Catalogue, file: ExportedFile) -> dict[str, str]:
    return {
        "title": file.name,
        "download_url": _address(catalogue, file),
        "media_type": _sent_as(file),
        "description": f"The whole graph, {file.bytes} bytes",
    }


def _address(catalogue: Catalogue, file: ExportedFile) -> str:
    return f"{catalogue.release.iri}{file.name}"


def _sent_as(file: ExportedFile) -> str:
    return "application/gzip" if file.compression else file.media_type
