"""Datasets as the catalogue describes them (DCAT 3): what pages and links say is read from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from teixit import namespaces
from teixit.errors import KnowledgeError

Texts = Mapping[str, str]

#: The datasets by the names that addresses give them, in the order in which they are shown.
NAMES: Final = ("graph", "ontology", "shapes", "questions")
CATALOGUE: Final = f"{namespaces.BASE}catalog"
#: Of the vocabulary of visiting cards, which has no prefix of ours.
_EMAIL: Final = "http://www.w3.org/2006/vcard/ns#hasEmail"
#: Media types are IRIs in DCAT: the name follows this.
_MEDIA_TYPES: Final = "assignments/media-types/"


@dataclass(frozen=True)
class File:
    """One file of a dataset.

    Args:
        address: Where it is downloaded.
        title: By language.
        media_type: Of what is sent.
        bytes: Its size, where it is known.
        sha1: In hexadecimal digits, where it is known.
    """

    address: str
    title: Texts
    media_type: str
    bytes: int | None
    sha1: str | None

    @property
    def name(self) -> str:
        """Of the file, without its folder."""
        return self.address.rpartition("/")[2]


@dataclass(frozen=True)
class Record:
    """What the catalogue says of one dataset; texts are by language.

    Args:
        iri: The dataset, which lasts.
        name: In addresses, such as ``graph``.
        title: Its name.
        description: What it holds.
        keywords: By language, sorted.
        licence: IRI of its terms of use.
        version: Of the release.
        issued: The first release, as ISO 8601 has it.
        modified: This release, as ISO 8601 has it.
        publisher: IRI of who publishes it.
        publisher_name: What they are called.
        contact: The address of electronic mail, as an IRI, that questions go to; or "".
        places: IRIs of what it is about, in space.
        box: The box around them, as WKT; or "".
        period: The first and the last day that it is about; or None.
        files: What can be downloaded, sorted by address.
    """

    iri: str
    name: str
    title: Texts
    description: Texts
    keywords: Mapping[str, tuple[str, ...]]
    licence: str
    version: str
    issued: str
    modified: str
    publisher: str
    publisher_name: str
    contact: str
    places: tuple[str, ...]
    box: str
    period: tuple[str, str] | None
    files: tuple[File, ...]


def read(catalogue: Store) -> Mapping[str, Record]:
    """Read the datasets of the *catalogue*, by name, in the order of :data:`NAMES`.

    Raises:
        KnowledgeError: One of them is not described, or lacks what all need.
    """
    return {name: _record(_Described(catalogue, _iri(name)), name) for name in NAMES}


def _iri(name: str) -> str:
    return f"{namespaces.THING}dataset-{name}"


@dataclass(frozen=True)
class _Described:
    """A node of the catalogue, asked for its values by prefixed names or IRIs; none is blank."""

    catalogue: Store
    iri: str

    def objects(self, name: str) -> list[Literal | NamedNode]:
        """Give all values, sorted."""
        property_ = NamedNode(name if "://" in name else namespaces.expand(name))
        found = self.catalogue.quads_for_pattern(NamedNode(self.iri), property_, None)
        objects = {quad.object for quad in found if isinstance(quad.object, Literal | NamedNode)}
        return sorted(objects, key=str)

    def texts(self, name: str) -> dict[str, tuple[str, ...]]:
        """Give the texts in each language, sorted."""
        found: dict[str, list[str]] = {}
        for value in self.objects(name):
            if isinstance(value, Literal):
                found.setdefault(value.language or "", []).append(value.value)
        return {language: tuple(sorted(texts)) for language, texts in found.items()}

    def text(self, name: str) -> dict[str, str]:
        """Give the one text in each language."""
        return {language: texts[0] for language, texts in self.texts(name).items()}

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value.value for value in self.objects(name))

    def maybe(self, name: str) -> str | None:
        return next(iter(self.values(name)), None)

    def one(self, name: str) -> str:
        value = self.maybe(name)
        if value is None:
            raise KnowledgeError(f"the catalogue: {self.iri}: expected {name}, found none")
        return value

    def nodes(self, *path: str) -> list["_Described"]:
        """Give what is reached by the properties of *path*."""
        found = [self]
        for name in path:
            steps = (node.objects(name) for node in found)
            iris = [value.value for step in steps for value in step if isinstance(value, NamedNode)]
            found = [_Described(self.catalogue, iri) for iri in iris]
        return found


def _record(node: _Described, name: str) -> Record:
    publisher = _Described(node.catalogue, node.one("dct:publisher"))
    addresses = [by.maybe(_EMAIL) for by in node.nodes("dcat:contactPoint")]
    boxes = [place.maybe("dcat:bbox") for place in node.nodes("dct:spatial")]
    return Record(
        iri=node.iri,
        name=name,
        title=node.text("dct:title"),
        description=node.text("dct:description"),
        keywords=node.texts("dcat:keyword"),
        licence=_licence(node),
        version=node.one("dcat:version"),
        issued=node.one("dct:issued"),
        modified=node.one("dct:modified"),
        publisher=publisher.iri,
        publisher_name=publisher.one("foaf:name"),
        contact=next((address for address in addresses if address), ""),
        places=node.values("dct:spatial"),
        box=next((box for box in boxes if box), ""),
        period=_period(node),
        files=_files(node),
    )


def _licence(node: _Described) -> str:
    """Give the licence, which DCAT lets stand at the dataset, at its files or at the catalogue."""
    whole = _Described(node.catalogue, CATALOGUE)
    saying = (node, *node.nodes("dcat:distribution"), whole)
    found = [by.maybe("dct:license") for by in saying]
    for licence in found:
        if licence:
            return licence
    raise KnowledgeError(f"the catalogue: {node.iri}: expected dct:license, found none")


def _period(node: _Described) -> tuple[str, str] | None:
    for period in node.nodes("dct:temporal"):
        return period.one("dcat:startDate"), period.one("dcat:endDate")
    return None


def _files(node: _Described) -> tuple[File, ...]:
    found = (_file(by) for by in node.nodes("dcat:distribution") if by.maybe("dcat:downloadURL"))
    return tuple(sorted(found, key=lambda file: file.address))


def _file(node: _Described) -> File:
    sums = [by.maybe("spdx:checksumValue") for by in node.nodes("spdx:checksum")]
    size = node.maybe("dcat:byteSize")
    type_ = node.maybe("dcat:compressFormat") or node.one("dcat:mediaType")
    return File(
        address=node.one("dcat:downloadURL"),
        title=node.text("dct:title"),
        media_type=type_.partition(_MEDIA_TYPES)[2] or type_,
        bytes=int(size) if size else None,
        sha1=next((sum_ for sum_ in sums if sum_), None),
    )
