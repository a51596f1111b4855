"""Titles, descriptions and keywords of our datasets, and what those are called that we link to."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from teixit import namespaces

_HERE: Final = Path(__file__).parent
#: What shows well what the dataset is like.
EXAMPLES: Final = (
    namespaces.thing("district", "03"),
    namespaces.thing("measure", "31", namespaces.PLAN),
    namespaces.thing("project", "coopolis"),
)


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
    texts = tomllib.loads((_HERE / "datasets.toml").read_text("utf-8"))
    return MappingProxyType({name: Wording(name, **said) for name, said in texts.items()})


@cache
def linked() -> Mapping[str, Mapping[str, Any]]:
    """Give the datasets of others that ours is linked to, by our names for them."""
    text = (_HERE / "linked.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))
