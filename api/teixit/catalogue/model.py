"""The catalogue before any profile: what there is, and what to call it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from teixit import namespaces
from teixit.catalogue import codes
from teixit.catalogue.publishers import Publisher
from teixit.catalogue.wording import Wording
from teixit.exporting import Contents, ExportedFile
from teixit.languages import LANGUAGES

IRI: Final = f"{namespaces.BASE}catalog"


@dataclass(frozen=True)
class Facts:
    """What the graph says of itself in VoID.

    Args:
        triples: How many there are.
        sources: IRIs of the documents that it is made from.
        links: How many statements lead to each dataset of others, by how the IRIs of it begin.
    """

    triples: int
    sources: frozenset[str]
    links: Mapping[str, int]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]]) -> Self | None:
        """Read the rows of the query ``facts``; None where the graph says nothing of itself."""
        if not rows:
            return None
        return cls(
            int(rows[0]["triples"]),
            frozenset(row["source"] for row in rows if "source" in row),
            {row["space"]: int(row["links"]) for row in rows if "space" in row},
        )


@dataclass(frozen=True)
class Release:
    """A release among others.

    Args:
        contents: What it consists of.
        earlier: The numbers of those before, the oldest first.
    """

    contents: Contents
    earlier: tuple[str, ...] = ()

    @property
    def previous(self) -> str | None:
        """The number of the one before, if there is one."""
        return self.earlier[-1] if self.earlier else None

    @property
    def iri(self) -> str:
        """Its IRI, which is the address of the folder of its files, with the slash."""
        return f"{namespaces.BASE}releases/{self.contents.version}/"


@dataclass(frozen=True)
class Catalogue:
    """What there is to say, whatever the profile.

    Args:
        release: The files.
        publisher: Who publishes.
        contact: Whom to ask.
        facts: What the graph says of itself.
    """

    release: Release
    publisher: Publisher
    contact: Publisher
    facts: Facts

    @property
    def is_proposal(self) -> bool:
        """Whether the publisher has not taken it on."""
        return self.publisher != self.contact


@cache
def texts() -> Mapping[str, Any]:
    """Give what the catalogue says beside the names of its datasets, by language."""
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text("utf-8"))


def node(kind: str, name: str, of: str = IRI) -> str:
    """Name a node of the document *of*'s own, as a fragment of it; by default the catalogue's."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)
    return f"{of}#{kind}-{plain}"


def listed(
    catalogue: Catalogue, dataset: Wording
) -> Iterable[tuple[ExportedFile, Mapping[str, str]]]:
    """Give the files of *dataset* that the catalogue lists, each with its title by language."""
    for file in catalogue.release.contents.files:
        if is_listed(file, dataset):
            yield file, title(file, dataset)


def form(file: ExportedFile) -> str:
    """Give the name that people have for the format of a listed *file*."""
    return codes.formats()[file.media_type][1]


def is_listed(file: ExportedFile, dataset: Wording) -> bool:
    """Say whether *file* is a distribution of *dataset*: one whose format has a code of the EU.

    What describes another file, and formats without a code, stand in the manifest alone.
    """
    is_metadata = file.name.endswith("-metadata.json")
    return file.dataset == dataset.name and file.media_type in codes.formats() and not is_metadata


def title(file: ExportedFile, dataset: Wording) -> dict[str, str]:
    """Give a title by language to a *file* of *dataset* that is listed."""
    words, form = texts()["file"], codes.formats()[file.media_type][1]
    kind = {"classes": "class", "questions": "answer"}.get(file.name.partition("/")[0], "whole")
    name = file.name.rpartition("/")[2].partition(".")[0]
    found = {}
    for tag in LANGUAGES:
        pattern = words[kind][tag]
        found[tag] = pattern.format(**{"title": dataset.title[tag], "class": name, "form": form})
        if file.compression:
            found[tag] = words["packed"][tag].format(title=found[tag])
    return found
