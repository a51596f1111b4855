"""Files of a release as distributions (DCAT 3, section 6.8)."""

from typing import Final

from teixit import namespaces
from teixit.catalogue import codes, model
from teixit.catalogue.codes import code
from teixit.catalogue.model import Catalogue
from teixit.catalogue.profiles import LAW, Profile
from teixit.catalogue.stating import Stating, expand
from teixit.catalogue.wording import Wording
from teixit.exporting import ExportedFile

_SHA1: Final = f"{namespaces.PREFIXES['spdx']}checksumAlgorithm_sha1"


def describe(said: Stating, dataset: Wording, catalogue: Catalogue, profile: Profile) -> None:
    """Describe the files of *dataset* that the catalogue lists."""
    for file, title in model.listed(catalogue, dataset):
        iri = model.node("file", file.name)
        said.add(dataset.iri, "dcat:distribution", iri)
        said.texts(iri, "dct:title", title)
        _file(said, file, catalogue, profile)
        _checksum(said, iri, file)


def dates(said: Stating, subject: str, catalogue: Catalogue) -> None:
    """Say since when there is *subject*, and since when as it is."""
    said.date(subject, "dct:issued", catalogue.release.contents.issued)
    said.date(subject, "dct:modified", catalogue.release.contents.modified)


def _file(said: Stating, file: ExportedFile, catalogue: Catalogue, profile: Profile) -> None:
    iri, address = model.node("file", file.name), f"{catalogue.release.iri}{file.name}"
    format_, _ = codes.formats()[file.media_type]
    said.add(iri, "rdf:type", expand("dcat:Distribution"))
    values = {"version": catalogue.release.contents.version, "bytes": file.bytes}
    description = {
        tag: text.format(**values) for tag, text in model.texts()["file"]["description"].items()
    }
    said.texts(iri, "dct:description", description)
    dates(said, iri, catalogue)
    for property_, value in (
        ("dcat:accessURL", address),
        ("dcat:downloadURL", address),
        ("dct:format", code(format_)),
        ("dcat:mediaType", f"{codes.MEDIA_TYPES}{file.media_type}"),
        ("dct:license", code("at:licence/CC_BY_4_0")),
        ("dct:rights", f"{model.IRI}#rights"),
        ("dcatap:availability", code("at:planned-availability/STABLE")),
    ):
        said.add(iri, property_, value)
    if file.compression:
        said.add(iri, "dcat:compressFormat", f"{codes.MEDIA_TYPES}application/gzip")
    if profile.status:
        said.add(iri, "adms:status", code(profile.status))
    if profile.law:
        said.add(iri, "dcatap:applicableLegislation", LAW)
    said.typed(iri, "dcat:byteSize", str(file.bytes), profile.size)


def _checksum(said: Stating, iri: str, file: ExportedFile) -> None:
    """Give the SHA-1 of *file*, the one that DCAT-AP-ES takes; the manifest has the SHA-256."""
    checksum = model.node("checksum", file.name)
    said.add(iri, "spdx:checksum", checksum)
    said.add(checksum, "rdf:type", expand("spdx:Checksum"))
    said.add(checksum, "spdx:algorithm", _SHA1)
    said.typed(checksum, "spdx:checksumValue", file.sha1, "xsd:hexBinary")
