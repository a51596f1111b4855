"""Statements about our datasets, gathered one by one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from teixit import namespaces

Subject: TypeAlias = NamedNode | BlankNode
#: A statement of RDF 1.1, without the name of the graph that makes it.
Statement: TypeAlias = tuple[Subject, NamedNode, Subject | Literal]

#: The prefixes of catalogues, beside those of :data:`teixit.namespaces.PREFIXES`.
PREFIXES: Final = MappingProxyType(
    {
        "adms": "http://www.w3.org/ns/adms#",
        "dcatap": "http://data.europa.eu/r5r/",
        "dqv": "http://www.w3.org/ns/dqv#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
    }
)


class Stating(list[Statement]):
    """Statements in the order in which they are made; properties are prefixed names."""

    def add(self, subject: str, property_: str, value: str) -> None:
        """State that *subject* has the resource *value*; both are IRIs."""
        self._say(subject, property_, NamedNode(value))

    def literal(self, subject: str, property_: str, value: str) -> None:
        """State a text in no language."""
        self._say(subject, property_, Literal(value))

    def number(self, subject: str, property_: str, value: int) -> None:
        """State a count."""
        self._say(subject, property_, Literal(value))

    def typed(self, subject: str, property_: str, value: str, datatype: str) -> None:
        """State a literal of *datatype*, a prefixed name."""
        named = NamedNode(namespaces.expand(datatype))
        self._say(subject, property_, Literal(value, datatype=named))

    def date(self, subject: str, property_: str, value: str) -> None:
        """State a day, ``YYYY-MM-DD``."""
        self.typed(subject, property_, value, "xsd:date")

    def texts(self, subject: str, property_: str, texts: Mapping[str, str]) -> None:
        """State a text in each language that *texts* has."""
        for language, text in texts.items():
            self._say(subject, property_, Literal(text, language=language))

    def _say(self, subject: str, property_: str, value: NamedNode | Literal) -> None:
        self.append((NamedNode(subject), NamedNode(expand(property_)), value))


def expand(name: str) -> str:
    """Give the IRI of a prefixed name of ours or of :data:`PREFIXES`.

    Raises:
        KeyError: The prefix is neither.
    """
    prefix, _, local_name = name.partition(":")
    return PREFIXES[prefix] + local_name if prefix in PREFIXES else namespaces.expand(name)
