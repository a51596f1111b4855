"""What a view is made of: facts with those who say so, and the queries that found them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

#: Who says something: words of the plan's page, another document, a rule of ours, a translation of
#: ours, or a description of ours of sources and graphs.
Voice: TypeAlias = Literal["passage", "extract", "conclusion", "translation", "record"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so.

    Args:
        voice: What kind of source it is.
        name: What the passage, the source or the conclusion is called in the reader's language.
        address: Where it can be read: a passage in the text of its page, else its document.
        sentence: The exact words, in the language of the source; None where they are not kept.
        confidence: How far it is trusted, in the reader's language; None where nobody says.
    """

    voice: Voice
    name: str
    address: str
    sentence: str | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table, or one fact.

    Args:
        text: As the reader reads it.
        address: Where it leads, on this site or to the web; None for what leads nowhere.
        language: Of the text, where it is not the reader's own: a translation is missing.
        number: The value, where it is one: files have it as a number.
        evidence: Who says that this is so.
    """

    text: str
    address: str | None = None
    language: str | None = None
    number: float | None = None
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below headings.

    Args:
        name: A word of plain letters, which its file and its sheet are called by.
        caption: What it holds, in the reader's language.
        columns: Its headings, in the reader's language.
        rows: One cell for each column.
        places: The place of each row as WKT, in longitude and latitude (CRS84), where rows have
            places: then there is a file in GeoJSON.
    """

    name: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    places: Sequence[str | None] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that found what a view shows, with all its values, as anybody can ask it."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class View:
    """What a page shows: other views add to this.

    Args:
        title: The heading, in the reader's language.
        summary: One sentence in plain words: what this is.
        tables: All that it shows, for files and for readers of tables; the first is the main one.
        asked: The queries that found it; the first is the main one.
    """

    title: str
    summary: str
    tables: Sequence[Table] = ()
    asked: Sequence[Asked] = field(default=())
