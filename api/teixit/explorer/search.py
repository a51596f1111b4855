"""What was found for words: things and passages, with the text that has them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal

from teixit import binding, queries
from teixit.explorer import addresses
from teixit.explorer.reading import QUERIES
from teixit.explorer.views import Asked, Cell, Table, View
from teixit.languages import in_language
from teixit.searching import Found, Index, Thing, marking, words
from teixit.searching.asking import FARTHEST
from teixit.searching.contents import KINDS, Role
from teixit.searching.marking import Piece

#: How many results are on a page.
PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the view, in the reader's language.

    Args:
        title: Of the page, given the words that were searched for.
        summary: How many things were found, given their number and whether they have all the words.
        caption: Of the table.
        columns: Its headings: name, kind, text, language of the text, identifier.
        one: What a thing of a kind is, by the name of the kind.
        several: What several things of it are.
    """

    title: Callable[[str], str]
    summary: Callable[[int, bool], str]
    caption: str
    columns: Sequence[str]
    one: Mapping[str, str]
    several: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """The text that has the words, where that is not the name that is shown.

    Args:
        role: What it is to the thing: a name, another name or a text about it.
        language: Where it is not the reader's own.
        pieces: The text, or the part of it with the words.
    """

    role: Role
    language: str | None
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: its name, also in pieces, its kind as the reader says it, and why it is one."""

    iri: str
    name: Cell
    pieces: Sequence[Piece]
    kind: str
    match: Match | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Results of one kind: its name in addresses and for the reader, and how many there are."""

    kind: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Search(View):
    """What was found.

    Args:
        words: What was searched for.
        hits: The results of this page.
        kinds: The kinds of all results.
        kind: The kind that was chosen.
        total: How many results there are of that kind, or of all.
        count: How many there are of all kinds.
        page: The number of this page, from 1.
        pages: How many there are; no more than can be looked through.
        whole: Whether the results have all the words.
    """

    words: str
    hits: Sequence[Hit] = ()
    kinds: Sequence[Choice] = ()
    kind: str | None = None
    total: int = 0
    count: int = 0
    page: int = 1
    pages: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for, as the address has it, and for whom.

    Args:
        text: As :func:`teixit.searching.words.clean` gives it.
        language: Of the reader.
        kind: One of :data:`~teixit.searching.contents.KINDS`; anything else is any kind.
        page: The number of the page; anything else is the first one, or the last.
        complete: Whether all is wanted, not a page: as far as anybody looks.
    """

    text: str
    language: str
    kind: str | None = None
    page: str | None = None
    complete: bool = False


def search(index: Index, question: Question, wording: Wording) -> Search:
    """Search for the words of a *question*.

    Raises:
        LimitError: It takes too long.
    """
    asked = words.asked(question.text)
    if not asked:
        return nothing(question, wording)
    kind = question.kind if question.kind in KINDS else None
    size = FARTHEST if question.complete else PAGE
    wanted = _number(question.page)
    found = index.find(asked, kind, (wanted - 1) * size, size)
    pages = -(-min(found.total, FARTHEST) // size)
    if wanted > pages > 0:  # no link leads there
        found = index.find(asked, kind, (pages - 1) * size, size)
    hits = [_hit(thing, asked, question.language, wording) for thing in found.things]
    count = sum(found.counts.values())
    return Search(
        title=wording.title(question.text),
        summary=wording.summary(count, found.whole),
        tables=[_table(hits, wording)],
        asked=[_in_sparql(question)],
        words=question.text,
        hits=hits,
        kinds=_choices(found, wording),
        kind=kind,
        total=found.total,
        count=count,
        page=min(wanted, max(pages, 1)),
        pages=pages,
        whole=found.whole,
    )


def nothing(question: Question, wording: Wording) -> Search:
    """Say that there is nothing to search for, or nothing in it that is a word."""
    return Search(
        title=wording.title(question.text),
        summary=wording.summary(0, True),  # noqa: FBT003
        tables=[_table([], wording)],
        words=question.text,
    )


def _in_sparql(question: Question) -> Asked:
    """Ask for what comes nearest to a search: one word, as it is spelled, anywhere in a text."""
    query = queries.named("texts-with-word", QUERIES)
    values = {"word": Literal(words.longest(question.text))}
    text = binding.bound(query.text, "SELECT", values)
    return Asked(query.title[question.language], text)


def _number(page: str | None) -> int:
    """Read the number of a page; the last one that can be is far behind any that there is."""
    is_number = page is not None and page.isascii() and page.isdigit() and len(page) < len("1000")
    return max(int(page), 1) if is_number and page else 1


def _choices(found: Found, wording: Wording) -> Sequence[Choice]:
    return [Choice(kind, wording.several[kind], count) for kind, count in found.counts.items()]


def _hit(thing: Thing, asked: Sequence[str], language: str, wording: Wording) -> Hit:
    name = _name(thing, language)
    found = marking.best(thing.said, asked, language)
    match = None
    if found and found.value != name.text:
        pieces = marking.excerpt(found.value, asked)
        match = Match(found.role, _other(found.language, language), pieces)
    pieces = marking.marked(name.text, asked)
    return Hit(thing.iri, name, pieces, wording.one[thing.kind], match)


def _name(thing: Thing, language: str) -> Cell:
    """Call a *thing* as its reader does, if anybody calls it so; at last by its IRI."""
    names: dict[str, str] = {}
    for one in thing.said:
        if one.role in {"name", "title"}:
            names.setdefault(one.language or "", one.value)
    name = in_language(names, language) if names else thing.iri
    tags = [tag for tag, text in names.items() if text == name]
    other = None if language in tags or not tags else tags[0] or None
    return Cell(name, addresses.about(thing.iri, language), other)


def _other(tag: str | None, language: str) -> str | None:
    return tag if tag != language else None


def _table(hits: Sequence[Hit], wording: Wording) -> Table:
    return Table("results", wording.caption, wording.columns, [_row(hit) for hit in hits])


def _row(hit: Hit) -> Sequence[Cell]:
    pieces = hit.match.pieces if hit.match else hit.pieces
    language = hit.match.language if hit.match else hit.name.language
    text = "".join(piece.text for piece in pieces)
    return [hit.name, Cell(hit.kind), Cell(text), Cell(language or ""), Cell(hit.iri)]
