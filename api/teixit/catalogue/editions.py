"""Releases in the words of DCAT: each by itself, with all its files, and the list of them.

The catalogue describes what is published today; here each release says what it is a version of,
and of which files it consists, in the same words.
"""

from collections.abc import Sequence
from typing import Final

from pyoxigraph import Triple

from teixit import namespaces
from teixit.catalogue import distributions, model, profiles, publishers, wording
from teixit.catalogue.codes import code
from teixit.catalogue.model import Release
from teixit.catalogue.stating import Stating, expand
from teixit.catalogue.wording import Wording
from teixit.exporting import MANIFEST, ExportedFile

LIST: Final = f"{namespaces.BASE}releases/"

_SHA256: Final = f"{namespaces.PREFIXES['spdx']}checksumAlgorithm_sha256"
#: The table of the datasets that a graph says it is: only ours does.
_OF_ITSELF: Final = "classes/void-Dataset.csv"


def of_one(release: Release) -> list[Triple]:
    """Describe *release*, its datasets and their files, in the order of subjects."""
    said = Stating()
    _release(said, release)
    for dataset in wording.datasets().values():
        files = [file for file in release.contents.files if file.dataset == dataset.name]
        if files:
            _dataset(said, release, dataset, files)
    return _sorted(said)


def of_all(releases: Sequence[Release]) -> list[Triple]:
    """List the *releases*."""
    said = Stating()
    said.add(LIST, "rdf:type", expand("dcat:Resource"))
    said.texts(LIST, "dct:title", model.texts()["releases"])
    for release in releases:
        said.add(LIST, "dct:hasPart", release.iri)
        _release(said, release)
    return _sorted(said)


def is_ours(release: Release) -> bool:
    """Say whether what is released is our graph, and not just files that are served."""
    return release.contents.file(_OF_ITSELF) is not None


def _release(said: Stating, release: Release) -> None:
    iri, contents = release.iri, release.contents
    said.add(iri, "rdf:type", expand("dcat:Resource"))
    said.literal(iri, "dct:identifier", iri)
    said.literal(iri, "dcat:version", contents.version)
    distributions.dates(said, iri, release)
    said.add(iri, "rdfs:seeAlso", f"{iri}{MANIFEST}")
    if release.previous is not None:
        said.add(iri, "prov:wasRevisionOf", f"{LIST}{release.previous}/")
        changes = f"{namespaces.BASE}diff/{release.previous}/{contents.version}"
        said.add(iri, "rdfs:seeAlso", changes)
    if is_ours(release):
        title = dict.fromkeys(model.texts()["releases"], f"Teixit {contents.version}")
        said.texts(iri, "dct:title", title)
        said.add(iri, "dct:license", code("at:licence/CC_BY_4_0"))
        said.add(iri, "dct:publisher", publishers.chosen().iri)


def _dataset(
    said: Stating, release: Release, dataset: Wording, files: Sequence[ExportedFile]
) -> None:
    """Describe the version of *dataset* that *release* has, which consists of *files*."""
    iri, contents = f"{release.iri}#{dataset.name}", release.contents
    said.add(release.iri, "dct:hasPart", iri)
    said.add(iri, "rdf:type", expand("dcat:Dataset"))
    said.literal(iri, "dcat:version", contents.version)
    distributions.dates(said, iri, release)
    if is_ours(release) or dataset.name != "graph":
        title = {tag: f"{text} ({contents.version})" for tag, text in dataset.title.items()}
        said.texts(iri, "dct:title", title)
        said.add(iri, "dcat:isVersionOf", dataset.iri)
        if release.previous is not None:
            said.add(iri, "dcat:previousVersion", f"{LIST}{release.previous}/#{dataset.name}")
    for file in files:
        _file(said, iri, release, dataset, file)


def _file(
    said: Stating, whole: str, release: Release, dataset: Wording, file: ExportedFile
) -> None:
    iri = model.node("file", file.name, release.iri)
    said.add(whole, "dcat:distribution", iri)
    is_listed = model.is_listed(file, dataset)
    said.texts(iri, "dct:title", model.title(file, dataset) if is_listed else {"en": file.title})
    distributions.file_of(said, iri, file, release, profiles.AP)
    checksum = model.node("sha256", file.name, release.iri)
    distributions.checksum(said, iri, checksum, (_SHA256, file.sha256))


def _sorted(said: Stating) -> list[Triple]:
    return sorted({Triple(*statement) for statement in said}, key=str)
