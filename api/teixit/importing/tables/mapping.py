"""What the columns of a table mean: a mapping in CSV on the Web, read from ``ontology/mappings``.

A further kind of table is a further file there, and no program. It is metadata of one table
(W3C, Metadata Vocabulary for Tabular Data), which the library csvw reads:

* ``titles``: the headings by language, the first of each being that of the template;
* ``propertyUrl``, ``valueUrl``, ``aboutUrl``, ``datatype``, ``lang``, ``separator``, ``required``:
  as the standard has them; ``suppressOutput`` for a column that only names what a row is about;
* a virtual column is a statement of each row; its source is the first cell of the row;
* ``primaryKey``: the column that names what a row is about. Where its cell is empty, the thing is
  looked for by the columns of ``rdfs:label``, and a new one gets its identifier of its name. A
  thing is in one row; without a key it may be in many.

Beside the standard, as it allows, a column has these properties:

* ``schema:rangeIncludes``: classes. A cell names a thing of them (by label, other name, code or
  identifier), and its IRI takes the place of the name before the templates are filled in;
* ``dc:description`` and ``skos:example``: what the template says of it, by language.

Templates are absolute, and may also use ``{+source}``, the document that the table is.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from csvw.metadata import Column as Declared
from csvw.metadata import Table

from teixit import namespaces, paths
from teixit.errors import KnowledgeError
from teixit.importing.tables.names import folded
from teixit.languages import LANGUAGES

_TYPE: Final = "rdf:type"
_LABEL: Final = "rdfs:label"
_RANGE: Final = "schema:rangeIncludes"


@dataclass(frozen=True)
class Column:
    """A column as the mapping declares it."""

    declared: Declared

    @property
    def name(self) -> str:
        """Its name in templates."""
        return str(self.declared.name)

    @cached_property
    def titles(self) -> Mapping[str, list[str]]:
        """Its headings by language; the first is the one that templates have."""
        return {language: list(titles) for language, titles in (self.declared.titles or {}).items()}

    @property
    def heading(self) -> Mapping[str, str]:
        """Its first heading by language."""
        return {language: titles[0] for language, titles in self.titles.items()}

    @cached_property
    def ranges(self) -> tuple[str, ...]:
        """The IRIs of the classes that its cells name things of."""
        found = self.declared.common_props.get(_RANGE, [])
        return tuple(item["@id"] for item in (found if isinstance(found, list) else [found]))

    @property
    def description(self) -> Mapping[str, str]:
        """What is to be written in it, by language."""
        return _texts(self.declared.common_props, "dc:description")

    @property
    def example(self) -> Mapping[str, str]:
        """A cell of it, by language."""
        return _texts(self.declared.common_props, "skos:example")

    @property
    def base(self) -> str:
        """The name of its datatype in XML Schema, such as ``date``."""
        datatype = self.declared.inherit("datatype")
        return str(datatype.base) if datatype else "string"

    @property
    def language(self) -> str | None:
        """The language of its texts, if they have one."""
        language = self.declared.inherit("lang")
        return None if language in {None, "und"} else str(language)

    def read(self, text: str) -> list[str]:
        """Give the values of a cell, as RDF writes them.

        Raises:
            ValueError: The text is no value of the datatype.
        """
        value = self.declared.read(text)
        if isinstance(value, list):
            return [part.strip() for part in value if part and part.strip()]
        datatype = self.declared.inherit("datatype")
        return [str(datatype.formatted(value)) if datatype else str(value)]


@dataclass(frozen=True)
class Kind:
    """A kind of table.

    Attributes:
        name: Its name, by which people ask for it.
        table: The table as csvw has read its metadata.
    """

    name: str
    table: Table
    _written: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, file: Path) -> "Kind":
        """Read a mapping; its name is that of the file.

        Raises:
            KnowledgeError: It is no metadata of a table.
        """
        try:
            content = json.loads(namespaces.rebased(file.read_bytes()))
            return cls(file.stem, Table.fromvalue(content))
        except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
            raise KnowledgeError(f"{file}: no metadata of a table (CSVW): {error}") from error

    @property
    def title(self) -> Mapping[str, str]:
        """What the rows are, by language."""
        return _texts(self.table.common_props, "dc:title")

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that a table has, in the order of the template."""
        return tuple(
            Column(column) for column in self.table.tableSchema.columns if not column.virtual
        )

    @cached_property
    def virtual(self) -> tuple[Column, ...]:
        """What each row says without a cell that says it."""
        return tuple(Column(column) for column in self.table.tableSchema.columns if column.virtual)

    @property
    def key(self) -> Column | None:
        """The column that names what a row is about."""
        names = self.table.tableSchema.primaryKey or [None]
        return next((column for column in self.columns if column.name == names[0]), None)

    @property
    def labels(self) -> tuple[Column, ...]:
        """The columns of names of what a row is about."""
        return tuple(column for column in self.columns if self.property(column) == _rdfs_label())

    @property
    def classes(self) -> tuple[str, ...]:
        """The IRIs of the classes of what a row is about."""
        return tuple(
            self.expand(column.declared.valueUrl, {})
            for column in self.virtual
            if str(column.declared.propertyUrl) == _TYPE
        )

    def property(self, column: Column) -> str | None:
        """Give the IRI of the property that a column says, if it says one."""
        template = column.declared.inherit("propertyUrl")
        quiet = column.declared.suppressOutput
        return None if template is None or quiet else self.expand(template, {})

    def about(self, column: Column, values: Mapping[str, str]) -> str:
        """Give the IRI of what a cell of the column speaks of."""
        return self.expand(column.declared.inherit("aboutUrl"), values)

    def subject(self, values: Mapping[str, str]) -> str:
        """Give the IRI of what a row is about."""
        return self.expand(self.table.tableSchema.aboutUrl, values)

    def expand(self, template: Any, values: Mapping[str, str]) -> str:
        """Fill in a template (RFC 6570), or write out a prefixed name.

        A template with variables gives an absolute IRI: csvw would resolve it against a file.
        """
        if template.variable_names:
            return str(template.expand(dict(values)))
        if template.uri not in self._written:
            self._written[template.uri] = str(self.table.expand(template, {}, None))
        return self._written[template.uri]

    def recognised(self, headings: Mapping[int, str]) -> dict[int, Column]:
        """Tell which columns of a table are which of this kind, by their headings."""
        return {
            place: self._by_title[folded(text)]
            for place, text in headings.items()
            if folded(text) in self._by_title
        }

    @cached_property
    def _by_title(self) -> Mapping[str, Column]:
        return {
            folded(title): column
            for column in self.columns
            for title in [
                column.name,
                *(title for titles in column.titles.values() for title in titles),
            ]
        }


def kinds(folder: Path = paths.MAPPINGS) -> dict[str, Kind]:
    """Read the kinds of tables, by their names.

    Raises:
        KnowledgeError: A mapping cannot be read, or there is none.
    """
    found = {file.stem: Kind.read(file) for file in sorted(folder.glob("*.json"))}
    if not found:
        raise KnowledgeError(f"{folder}: no mapping; is the installation complete?")
    return found


def _texts(properties: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """Read the texts of a property by language."""
    found = properties.get(name, [])
    values: Iterable[Any] = found if isinstance(found, list) else [found]
    said = {value["@language"]: value["@value"] for value in values}
    return {language: said[language] for language in LANGUAGES if language in said}


def _rdfs_label() -> str:
    return namespaces.expand(_LABEL)
