"""Titles, descriptions and keywords of the datasets, in the three languages."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from teixit import namespaces

_FILE: Final = Path(__file__).parent / "datasets.toml"


@dataclass(frozen=True)
class Wording:
    """What a dataset is called, and what it holds.

    Args:
        name: The last part of its IRI, such as ``graph``.
        title: By language.
        description: By language.
        keywords: By language.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    keywords: Mapping[str, Sequence[str]]

    @property
    def iri(self) -> str:
        """The IRI of the dataset."""
        return namespaces.thing("dataset", self.name)

    @property
    def landing_page(self) -> str:
        """The page about it, for people."""
        return f"{namespaces.BASE}datasets/{self.name}"


@cache
def datasets() -> Mapping[str, Wording]:
    """Give the datasets that Teixit publishes, by their names, the graph first."""
    texts = tomllib.loads(_FILE.read_text("utf-8"))
    return MappingProxyType({name: Wording(name, **said) for name, said in texts.items()})
