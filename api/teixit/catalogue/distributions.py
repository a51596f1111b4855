"""Files of a release as distributions (DCAT 3, section 6.8)."""

from typing import Final

from teixit import namespaces
from teixit.catalogue import codes, model
from teixit.catalogue.codes import code
from teixit.catalogue.model import Catalogue, Release
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
        file_of(said, iri, file, catalogue.release, profile)
        # The one that DCAT-AP-ES takes; the manifest has the SHA-256.
        checksum(said, iri, model.node("checksum", file.name), (_SHA1, file.sha1))


def dates(said: Stating, subject: str, release: Release) -> None:
    """Say since when there is *subject*, and since when as it is."""
    said.date(subject, "dct:issued", release.contents.issued)
    said.date(subject, "dct:modified", release.contents.modified)


def file_of(
    said: Stating, iri: str, file: ExportedFile, release: Release, profile: Profile
) -> None:
    """Describe a *file* of *release*, called *iri*, but for its title."""
    address = f"{release.iri}{file.name}"
    said.add(iri, "rdf:type", expand("dcat:Distribution"))
    values = {"version": release.contents.version, "bytes": file.bytes}
    description = {
        tag: text.format(**values) for tag, text in model.texts()["file"]["description"].items()
    }
    said.texts(iri, "dct:description", description)
    dates(said, iri, release)
    if file.media_type in codes.formats():
        said.add(iri, "dct:format", code(codes.formats()[file.media_type][0]))
    for property_, value in (
        ("dcat:accessURL", address),
        ("dcat:downloadURL", address),
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


def checksum(said: Stating, file: str, iri: str, value: tuple[str, str]) -> None:
    """Give the checksum of *file*, called *iri*: an algorithm's IRI, and hexadecimal digits."""
    algorithm, digits = value
    said.add(file, "spdx:checksum", iri)
    said.add(iri, "rdf:type", expand("spdx:Checksum"))
    said.add(iri, "spdx:algorithm", algorithm)
    said.typed(iri, "spdx:checksumValue", digits, "xsd:hexBinary")
