"""The lines of a form: a value, who says so, and what is wrong with what was typed.

A line whose value is wrong keeps what was typed, and says what is wrong; it makes no statement.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Literal as Typed
from rdflib import URIRef

from teixit import namespaces
from teixit.editing.fields import Field
from teixit.editing.knowledge import Knowledge, iri_of
from teixit.languages import LANGUAGES

#: Chosen as a source, it stands for the one that the same form describes.
NEW: Final = "new"
#: A value may have so many characters, and a field so many lines.
LONGEST: Final = 2000
MOST: Final = 60

#: What no text of ours has: characters that steer a terminal, or that turn the direction of
#: reading, and what is put in place of bytes that are no UTF-8.
_STRANGE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd\ufeff]"
)
_DAYS: Final = MappingProxyType(
    {
        namespaces.expand(f"xsd:{name}"): form
        for name, form in (("date", "%Y-%m-%d"), ("gYearMonth", "%Y-%m"), ("gYear", "%Y"))
    }
)
_PLAIN: Final = namespaces.expand("xsd:string")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


class Fault(Exception):  # noqa: N818 - no error of the program: what was typed is wrong
    """What was typed cannot be meant; ``key`` says in which way."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Row:
    """One line of a form.

    Args:
        part: The part of the form: ``thing``, ``source`` or ``extract``.
        field: The property.
        number: Its place among the lines of the field.
        value: What was typed or chosen: a text, or an IRI.
        language: Of the text.
        source: The IRI of the graph that says so, or :data:`NEW`.
        was: The statement that the line stands for in the file, if it is no new one.
        dropped: Whether it shall go.
        fault: What is wrong with it; empty if nothing is.
    """

    part: str
    field: Field
    number: int
    value: str = ""
    language: str = ""
    source: str = ""
    was: Quad | None = None
    dropped: bool = False
    fault: str = ""

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"{self.part}.{self.field.name}.{self.number}"

    @property
    def place(self) -> int:
        """Its place among the lines of its field when they are first shown: by language."""
        return LANGUAGES.index(self.language) if self.language in LANGUAGES else len(LANGUAGES)

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing, or no longer does."""
        return self.dropped or not self.value.strip()

    @property
    def old(self) -> str:
        """The statement that it stands for, as N-Quads; empty for a new line."""
        return "" if self.was is None else f"{self.was} ."


def read(part: str, field: Field, typed: Mapping[str, str]) -> list[Row]:
    """Read the lines of a field from what was sent, in the order of their numbers."""
    found = []
    for number in range(MOST):
        name = f"{part}.{field.name}.{number}"
        if f"{name}.value" in typed:
            told = {key: typed.get(f"{name}.{key}", "") for key in ("value", "language", "source")}
            was, dropped = _old(typed.get(f"{name}.was", "")), f"{name}.drop" in typed
            found.append(Row(part, field, number, was=was, dropped=dropped, **told))
    return found


def _old(text: str) -> Quad | None:
    """Read the statement that a line stood for; one that is none makes it a new line."""
    try:
        found = [*parse(text.encode("utf-8", "replace"), RdfFormat.N_QUADS)]
    except SyntaxError:
        return None
    return found[0] if len(found) == 1 else None


def of_statement(field: Field, number: int, quad: Quad) -> Row:
    """Make the line that stands for a statement of the files."""
    node = quad.subject if field.inverse else quad.object
    language = (quad.object.language or "") if isinstance(quad.object, Literal) else ""
    value = node.value if isinstance(node, Literal) else iri_of(node)
    return Row("thing", field, number, value, language, iri_of(quad.graph_name), quad)


def is_of(field: Field, subject: NamedNode, quad: Quad) -> bool:
    """Say whether a statement says of *subject* what the field asks."""
    end = quad.object if field.inverse else quad.subject
    return quad.predicate == field.predicate and end == subject


def statement(
    row: Row, subject: NamedNode, knowledge: Knowledge, graph: Callable[[str], NamedNode]
) -> Quad | None:
    """Give what a line says of *subject*; nothing if it is blank.

    Args:
        row: The line.
        subject: What the form is about.
        knowledge: What can be chosen.
        graph: Gives the graph for what was chosen as source, or raises :class:`Fault`.

    Raises:
        Fault: What was typed cannot be meant.
    """
    if row.is_blank:
        return None
    term = _term(row, knowledge)
    source = graph(row.source)
    if row.field.inverse:
        assert isinstance(term, NamedNode)  # noqa: S101 - it was chosen
        return Quad(term, row.field.predicate, subject, source)
    return Quad(subject, row.field.predicate, term, source)


def with_faults(
    rows: list[Row], said: Callable[[Row], Quad | None]
) -> tuple[list[Row], dict[str, Quad]]:
    """Ask what each line says: give the lines with what is wrong, and the statements by line."""
    told: dict[str, Quad] = {}
    found = []
    for row in rows:
        fault = ""
        try:
            quad = said(row)
            if quad is not None and quad in told.values():
                fault = "double"
            elif quad is not None:
                told[row.name] = quad
        except Fault as wrong:
            fault = wrong.key
        found.append(replace(row, fault=fault))
    return found, told


def _term(row: Row, knowledge: Knowledge) -> NamedNode | Literal:
    value = row.value.strip()
    if len(value) > LONGEST:
        raise Fault("long")
    if _STRANGE.search(value):
        raise Fault("strange")
    if row.field.is_choice:
        return _chosen(row.field, value, knowledge)
    if row.field.is_address:
        return _address(value)
    if row.field.languages:
        if row.language not in row.field.languages:
            raise Fault("language")
        return Literal(value, language=row.language)
    return _typed(value, row.field.datatypes or (_PLAIN,))


def _chosen(field: Field, value: str, knowledge: Knowledge) -> NamedNode:
    allowed = [*field.among, *(choice.node for choice in knowledge.choices(field.classes))]
    if value not in {node.value for node in allowed}:
        raise Fault("choice")
    return NamedNode(value)


def _address(value: str) -> NamedNode:
    try:
        if not _ADDRESS.fullmatch(value) or not urlsplit(value).hostname:
            raise Fault("address")
        return NamedNode(value)
    except ValueError as error:
        raise Fault("address") from error


def _typed(value: str, datatypes: tuple[str, ...]) -> Literal:
    """Give the text as the first datatype that it is a value of."""
    for datatype in datatypes:
        if _is_of(value, datatype):
            return Literal(value, datatype=NamedNode(datatype))
    raise Fault("datatype")


def _is_of(value: str, datatype: str) -> bool:
    """Say whether *value* is written as the datatype has it; rdflib takes any text for a year."""
    form = _DAYS.get(datatype)
    if form is None:
        return not Typed(value, datatype=URIRef(datatype), normalize=False).ill_typed
    try:
        day = dt.datetime.strptime(value, form).replace(tzinfo=dt.UTC)
    except ValueError:
        return False
    return value == day.strftime(form)


def blanks(
    field: Field, rows: list[Row], part: str, said: frozenset[str] = frozenset()
) -> Iterator[Row]:
    """Give the empty lines that a field ends with: one, or one for each language that lacks.

    Args:
        field: The field.
        rows: Its lines.
        part: The part of the form.
        said: The languages that files say it in which no form writes to.
    """
    number = max((row.number for row in rows), default=-1) + 1
    if field.once:
        there = {row.language for row in rows} | said
        missing = [tag for tag in field.languages if tag not in there]
        for place, tag in enumerate(missing):
            yield Row(part, field, number + place, language=tag)
    elif len(rows) < (field.most or MOST) and not any(row.is_blank for row in rows):
        yield Row(part, field, number, language=next(iter(field.languages), ""))
