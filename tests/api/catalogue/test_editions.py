"""A release is described in the words of the catalogue, and says what it is a version of."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple

from teixit import namespaces
from teixit.catalogue import editions
from teixit.catalogue.model import Release
from teixit.catalogue.stating import expand
from teixit.exporting import ExportedFile

HERE = f"{namespaces.BASE}releases/0.2.0/"
OWN = ExportedFile.of("classes/void-Dataset.csv", ("graph", "Datasets", "text/csv"), b"iri\r\n")


def values(said: Sequence[Triple], subject: str, property_: str) -> set[str]:
    wanted = NamedNode(subject), NamedNode(expand(property_))
    return {
        triple.object.value
        for triple in said
        if (triple.subject, triple.predicate) == wanted
        and isinstance(triple.object, NamedNode | Literal)
    }


def ours(release: Release) -> Release:
    contents = replace(release.contents, files=(*release.contents.files, OWN))
    return Release(contents, release.earlier)


def test_each_dataset_of_a_release_says_what_it_is_a_version_of(release: Release) -> None:
    said = editions.of_one(ours(release))
    parts = values(said, HERE, "dct:hasPart")
    assert parts == {f"{HERE}#{name}" for name in ("graph", "ontology", "shapes", "questions")}
    for part in parts:
        name = part.rpartition("#")[2]
        assert values(said, part, "dcat:isVersionOf") == {namespaces.thing("dataset", name)}
        before = f"{namespaces.BASE}releases/0.1.0/#{name}"
        assert values(said, part, "dcat:previousVersion") == {before}
    assert values(said, HERE, "prov:wasRevisionOf") == {f"{namespaces.BASE}releases/0.1.0/"}
    assert f"{namespaces.BASE}diff/0.1.0/0.2.0" in values(said, HERE, "rdfs:seeAlso")
    assert values(said, HERE, "dct:title") == {"Teixit 0.2.0"}


def test_every_file_has_its_type_size_and_hash(release: Release) -> None:
    said = editions.of_one(ours(release))
    addresses = {t.object.value for t in said if t.predicate.value == expand("dcat:downloadURL")}
    files = [*release.contents.files, OWN]
    assert addresses == {f"{HERE}{file.name}" for file in files}
    iri = f"{HERE}#file-classes-void-Dataset-csv"
    assert values(said, iri, "dcat:byteSize") == {"5"}
    (checksum,) = values(said, iri, "spdx:checksum")
    digits = hashlib.sha256(b"iri\r\n").hexdigest()
    assert values(said, checksum, "spdx:checksumValue") == {digits}
    parquet = f"{HERE}#file-classes-Action-parquet"
    assert values(said, parquet, "dct:format") == set()
    assert values(said, parquet, "dcat:mediaType")


def test_what_is_not_ours_is_not_said_to_be(release: Release) -> None:
    first = Release(release.contents)
    said = editions.of_one(first)
    assert not values(said, HERE, "dct:publisher")
    assert not values(said, f"{HERE}#graph", "dcat:isVersionOf")
    assert values(said, f"{HERE}#ontology", "dcat:isVersionOf")
    assert not values(said, HERE, "prov:wasRevisionOf")


def test_the_list_names_each_release(release: Release) -> None:
    said = editions.of_all([release])
    assert values(said, editions.LIST, "dct:hasPart") == {HERE}
    assert values(said, HERE, "dcat:version") == {"0.2.0"}
    assert editions.of_all([])
