"""Statements about our datasets, gathered one by one, and written as one file of ``data/``."""

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import URIRef

from teixit import namespaces, trig
from teixit.catalogue.statistics import Statement


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
        self.append((NamedNode(subject), NamedNode(namespaces.expand(property_)), value))


def write(graphs: Mapping[str, Iterable[Statement]]) -> str:
    """Write *graphs*, by their names, as TriG of one form."""
    built = trig.Graphs()
    for name, statements in graphs.items():
        lines = "".join(f"{Triple(*statement)} .\n" for statement in statements)
        built[URIRef(name)].parse(data=lines, format="nt")
    return trig.serialise(built)
