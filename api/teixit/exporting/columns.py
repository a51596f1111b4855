"""The things of a class as a table: a row for each thing, a column for each property.

A property whose values have languages has a column for each of these. Several values stand in
one cell, sorted, with a separator between them that none of them contains.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES, THING, expand

#: Between several values of one cell: the first that none of them contains.
_SEPARATORS: Final = ("|", ";", "¦", "␟")
_XSD: Final = PREFIXES["xsd"]
#: How CSV on the Web calls the datatypes that it knows (Metadata Vocabulary, section 5.11.1).
_DATATYPES: Final = MappingProxyType(
    {
        f"{_XSD}{name}": name
        for name in (
            "anyURI",
            "boolean",
            "date",
            "dateTime",
            "decimal",
            "double",
            "duration",
            "float",
            "gYear",
            "gYearMonth",
            "integer",
            "nonNegativeInteger",
            "positiveInteger",
            "string",
        )
    }
)
#: What names of columns cannot have (Metadata Vocabulary, section 5.6).
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_]")
_LABEL: Final = expand("rdfs:label")

#: A property, and the language of its values; none for those that have no language.
Key: TypeAlias = tuple[str, str | None]
Term: TypeAlias = NamedNode | BlankNode | Literal


@dataclass(frozen=True)
class Column:
    """The values of one property, in one language if they have one.

    Args:
        iri: Of the property.
        language: Of the values, or none.
        values: Of each thing that has any, sorted.
    """

    iri: str
    language: str | None
    values: Mapping[str, list[Term]]

    @property
    def name(self) -> str:
        """What the head of the column says: ``rdfs_label_ca``."""
        name = _NO_NAME.sub("_", prefixed(self.iri, "_"))
        return name if self.language is None else f"{name}_{self.language}"

    @cached_property
    def separator(self) -> str | None:
        """What stands between several values; none where no thing has several."""
        if all(len(found) == 1 for found in self.values.values()):
            return None
        texts = [text_of(term) for found in self.values.values() for term in found]
        return min(_SEPARATORS, key=lambda mark: any(mark in text for text in texts))

    @cached_property
    def datatype(self) -> str | Mapping[str, str]:
        """The datatype of the values, as CSV on the Web writes it."""
        every = {_datatype(term) for found in self.values.values() for term in found}
        if len(every) > 1 or self.language is not None:
            return "string"
        (only,) = every
        known = _DATATYPES.get(only)
        return known or MappingProxyType({"@id": only, "base": "string"})

    def cell(self, thing: str) -> str:
        """Give what the table says of *thing*; nothing where nothing is known."""
        return (self.separator or "").join(map(text_of, self.values.get(thing, ())))


@dataclass(frozen=True)
class Table:
    """The things of a class.

    Args:
        name: Of its files: the local name of a class of ours, else ``prefix-Name``.
        class_: Its IRI.
        things: Their IRIs, sorted.
        columns: Labels first, then the rest by name.
    """

    name: str
    class_: str
    things: tuple[str, ...]
    columns: tuple[Column, ...]


def tables(merge: Iterable[Quad]) -> list[Table]:
    """Give the table of each class that things of ours belong to, sorted by name."""
    statements: dict[str, list[Quad]] = defaultdict(list)
    members: dict[str, set[str]] = defaultdict(set)
    for quad in merge:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(THING):
            thing = quad.subject.value
            statements[thing].append(quad)
            if quad.predicate.value == expand("rdf:type") and isinstance(quad.object, NamedNode):
                members[quad.object.value].add(thing)
    found = (_table(class_, sorted(things), statements) for class_, things in members.items())
    return sorted(found, key=lambda table: table.name)


def text_of(term: Term) -> str:
    """Write *term* as a cell does: the IRI, the text, or the label of a blank node."""
    return str(term) if isinstance(term, BlankNode) else term.value


def prefixed(iri: str, between: str) -> str:
    """Shorten *iri* to a prefix of ours and a local name; give it whole if none fits."""
    fits = [name for name, whole in PREFIXES.items() if iri.startswith(whole)]
    if not fits:
        return iri
    prefix = max(fits, key=lambda name: len(PREFIXES[name]))
    return f"{prefix}{between}{iri.removeprefix(PREFIXES[prefix])}"


def _table(class_: str, things: list[str], statements: Mapping[str, list[Quad]]) -> Table:
    values: dict[Key, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for thing in things:
        for quad in statements[thing]:
            term = quad.object
            assert not isinstance(term, Triple)  # noqa: S101 - RDF 1.1 has none
            language = term.language if isinstance(term, Literal) else None
            values[quad.predicate.value, language][thing].append(term)
    columns = [
        Column(*key, {thing: sorted(found, key=text_of) for thing, found in each.items()})
        for key, each in values.items()
    ]
    name = quote(prefixed(class_, "-").removeprefix("teixit-"), safe="").replace("%", "_")
    return Table(name, class_, tuple(things), tuple(sorted(columns, key=_place)))


def _place(column: Column) -> tuple[bool, int, str]:
    """Put labels first, in the order of our languages; the rest by name."""
    is_label = column.iri == _LABEL and column.language in LANGUAGES
    place = LANGUAGES.index(column.language) if is_label else 0
    return not is_label, place, column.name


def _datatype(term: Term) -> str:
    return term.datatype.value if isinstance(term, Literal) else f"{_XSD}anyURI"
