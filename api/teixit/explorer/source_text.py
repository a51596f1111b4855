"""The text of a source with its passages, and beside each what the graph has from it.

Of most sources the text is not here, only what was taken from them: then that is shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import NamedNode

from teixit.errors import NotFoundError
from teixit.explorer import addresses, statements, text_blocks
from teixit.explorer.reading import Reader, Row, number
from teixit.explorer.statements import Said, shown, value
from teixit.explorer.text_blocks import Block, Span
from teixit.explorer.views import Cell, Table, View
from teixit.namespaces import THING

#: Of so many things at most it is shown what an extract says of them; its document has all.
MOST: Final = 15
#: The tags of the languages of the EU's list of languages (ISO 639-3 there, BCP 47 here).
_TAGS: Final = MappingProxyType({"CAT": "ca", "SPA": "es", "ENG": "en", "FRA": "fr"})
_UNKNOWN: Final = "there is no source called {}"
#: How much of a name that nothing has is repeated.
_REPEATED: Final = 100
#: What a passage is called within its source.
_PASSAGE: Final = "passage-"


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken from a source whose text is not here.

    Args:
        name: In the reader's language, with the address of the document that has all of it.
        description: What it is about, in the reader's language, if somebody says so.
        confidence: How far it is trusted, in the reader's language, if somebody says so.
        said: The first :data:`MOST` things that it speaks of.
        total: Of how many things it speaks, as far as they were read.
    """

    name: Cell
    description: str
    confidence: str
    said: Sequence[Said]
    total: int


@dataclass(frozen=True, kw_only=True)
class SourceText(View):
    """A source: its text, if it is here, or what was taken from it.

    Args:
        language: The tag of the language that it is in; empty where nobody says, as all of these.
        publisher: Who published it.
        issued: When, as far as it is known: a year, a month or a day (ISO 8601).
        retrieved: When it was last read, a day (ISO 8601).
        origin: Its address on the web.
        rights: What is known of its licence, in the reader's language.
        note: What else is to be known of it, in the reader's language.
        blocks: The lines of its text; none where the text is not here.
        words: The words of each passage, by its name.
        said: What each passage says, by its name.
        documents: The addresses of all that each passage says, by its name.
        extracts: What was taken from it.
    """

    language: str
    publisher: Cell
    issued: str
    retrieved: str
    origin: Cell
    rights: str
    note: str
    blocks: Sequence[Block]
    words: Mapping[str, str]
    said: Mapping[str, Sequence[Said]]
    documents: Mapping[str, str]
    extracts: Sequence[Extract]


def source_text(
    reader: Reader, messages: Mapping[str, str], foreign: Mapping[str, str], name: str
) -> SourceText:
    """Show the source called *name* to a reader.

    Args:
        reader: Asks the graph.
        messages: The texts in the reader's language.
        foreign: What properties of others are called in it, by their IRIs.
        name: Of the source, without the base of our IRIs.

    Raises:
        NotFoundError: There is no such source.
        RequestError: The workers or the other server cannot say.
    """
    source, told = _source(reader, name)
    passages = reader.rows("text-passages", source=source)
    quotes = {value(row, "passage"): value(row, "sentence") for row in passages}
    rows = reader.rows("text-statements", source=source)
    said = statements.by_graph(reader, rows, foreign, quotes)
    title = value(told, "title") or value(told, "name") or name
    blocks = text_blocks.blocks(value(told, "text"), [*_spans(passages)]) if "text" in told else []
    return SourceText(
        title=title,
        summary=messages["text.summary" if blocks else "text.without"],
        **_facts(reader, told),
        blocks=blocks,
        words={_name(passage): quote for passage, quote in quotes.items()},
        said={_name(passage): said.get(passage, []) for passage in quotes},
        documents={
            _name(passage): addresses.document(passage, reader.language) for passage in quotes
        },
        extracts=[
            _extract(reader, row, said) for row in reader.rows("text-extracts", source=source)
        ],
        tables=[_table(messages, said, passages)],
        asked=reader.asked,
    )


def _source(reader: Reader, name: str) -> tuple[NamedNode, Row]:
    try:
        source = NamedNode(f"{THING}{name}")
    except ValueError:  # no IRI, so nothing has it
        raise NotFoundError(_UNKNOWN.format(name[:_REPEATED])) from None
    told = next(iter(reader.rows("text-source", source=source)), None)
    if told is None:
        raise NotFoundError(_UNKNOWN.format(name[:_REPEATED]))
    return source, told


def texts(reader: Reader) -> Sequence[Cell]:
    """List the sources whose text can be read here, by title.

    Raises:
        RequestError: The workers or the other server cannot say.
    """
    return [
        Cell(value(row, "title"), addresses.text(value(row, "source"), reader.language))
        for row in reader.rows("texts")
        if value(row, "source").startswith(THING)
    ]


def _facts(reader: Reader, told: Row) -> Mapping[str, Any]:
    """Give what is known of a source, by the names that the view has for it."""
    text = {name: value(told, name) for name in ("issued", "retrieved", "rights", "note")}
    return {
        **text,
        "language": _TAGS.get(value(told, "tongue").rpartition("/")[2], ""),
        "publisher": shown(reader, told, "publisherName", "publisher"),
        "origin": reader.cell(told, "address", "address"),
    }


def _spans(passages: Iterable[Row]) -> Iterator[Span]:
    for row in passages:
        yield Span(_name(value(row, "passage")), int(value(row, "start")), int(value(row, "end")))


def _name(passage: str) -> str:
    """Say how a passage is called within its source, and in the address of its page."""
    return f"{_PASSAGE}{passage.partition(f'/{_PASSAGE}')[2]}"


def _extract(reader: Reader, row: Row, by_graph: Mapping[str, Sequence[Said]]) -> Extract:
    said = by_graph.get(value(row, "graph"), [])
    name = shown(reader, row, "name", "graph")
    told = value(row, "description"), value(row, "confidence")
    return Extract(name, *told, said[:MOST], len(said))


def _table(
    messages: Mapping[str, str],
    said: Mapping[str, Sequence[Said]],
    passages: Iterable[Row],
) -> Table:
    """Put what is said in a table: where, in which words, of what, and what."""
    places = {value(row, "passage"): row for row in passages}
    lines = []
    for graph, things in said.items():
        place = places.get(graph, {})
        where = Cell(value(place, "line"), number=number(place.get("line")))
        words = Cell(value(place, "sentence"))
        lines += [
            [where, words, thing.subject, Cell(fact.name), one]
            for thing in things
            for fact in thing.facts
            for one, _ in fact.values
        ]
    lines.sort(key=lambda line: line[0].number or 0)
    columns = ("text.line", "text.words", "text.thing", "text.respect", "text.value")
    return Table("statements", messages["text.said"], [messages[name] for name in columns], lines)
