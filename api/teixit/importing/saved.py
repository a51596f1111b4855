"""The words of a page that a browser has saved as HTML.

The text is that which a reader sees: blocks are paragraphs, the cells of a row stand in one line,
and what stands below each other in a cell, in lines below. Marks under the years of a table (icons,
ticks) are no words: they are given apart, so that they can be held against the years in figures.
Menus, side bars and the like are no part of a page. What the page refers to is never fetched.

It stands by itself, so that the process that it is called in has nothing else to load.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from teixit.errors import FileRefusedError
from teixit.importing import bounded

_DEEPEST: Final = 250
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
#: What browsers write above a page that they save.
_SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_NOT_SHOWN: Final = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "iframe", "object", "select"}
)
_AROUND: Final = frozenset({"nav", "aside", "footer", "header", "button"})
_HIDDEN: Final = frozenset({"visually-hidden", "element-invisible", "sr-only", "breadcrumb"})
_INLINE: Final = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"}
    | {"font", "i", "img", "ins", "kbd", "label", "mark", "output", "q", "s", "samp", "small"}
    | {"span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)

#: Above the actions of a table, with years beside it.
_HEAD: Final = "accions"
_PARTS_OF_TABLE: Final = frozenset({"thead", "tbody", "tfoot"})

#: Between two paragraphs, and between two lines of one.
_BLOCK: Final = "\n\n"
_LINE: Final = "\n"
#: Where the heading of the page begins; no HTML has it, since a parser takes it out.
_HEADING: Final = "\x00"


#: The rows of a table: what stands in the first cell, and the years under which a mark stands.
Marks = Sequence[tuple[str, Sequence[int]]]


class Extract(NamedTuple):
    """What a saved page says.

    Attributes:
        text: The words of its content.
        heading: Where in them the heading of the page begins; 0 where it has none.
        address: Where it was published, if it says so.
        marks: The tables with marks under years, where it can be told what is marked.
    """

    text: str
    heading: int
    address: str | None
    marks: Sequence[Marks]


def read(raw: bytes, page: Path) -> Extract:
    """Read the bytes of the saved page *page*, in a process of its own that has limits.

    Raises:
        FileRefusedError: Reading it would take too long or too much, or it is nested too deep.
    """
    try:
        return Extract(*bounded.run(extract, raw.decode("latin-1")))
    except FileRefusedError as error:
        texts = {language: f"{page}: {text}" for language, text in error.texts.items()}
        raise FileRefusedError(texts, error.reason) from error


def extract(content: str) -> Extract:
    """Take the words out of HTML.

    Args:
        content: Its bytes, each as the character of that number.

    Raises:
        ValueError: Its elements are nested deeper than those of any page.
    """
    import html5rdf  # noqa: PLC0415 - only the process that reads HTML carries it

    raw = content.encode("latin-1")
    tree: Element = html5rdf.parse(raw, namespaceHTMLElements=False, default_encoding="utf-8")
    content_ = _content(tree)
    text = _text(_pieces(content_, 0)).replace(f"{_HEADING} ", _HEADING)
    marks = [found for table in content_.iter("table") if (found := _marks(table))]
    words = text.replace(_HEADING, "")
    return Extract(words, max(text.find(_HEADING), 0), _address(raw, tree), marks)


def _content(tree: Element) -> Element:
    """Give the part of the page that is its content: what says so, if the heading is in it."""
    for element in tree.iter():
        is_main = element.tag == "main" or element.get("role") == "main"
        if is_main and element.find(".//h1") is not None:
            return element
    return tree


def _pieces(element: Element, depth: int) -> Iterator[str]:
    """Yield the words of an element, and the breaks between them."""
    if depth > _DEEPEST:
        raise ValueError(f"elements nested deeper than {_DEEPEST}")
    tag: object = element.tag  # of a comment it is no text
    if not isinstance(tag, str) or _is_left_out(element):
        return
    if element.tag == "table":
        yield from (_BLOCK, *_rows(element, depth), _BLOCK)
        return
    around = _LINE if element.tag == "br" else _BLOCK if element.tag not in _INLINE else ""
    yield around
    if element.tag == "h1":
        yield _HEADING
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child, depth + 1)
        yield _SPACE.sub(" ", child.tail or "")
    yield "" if element.tag == "br" else around


def _is_left_out(element: Element) -> bool:
    if element.tag in _AROUND and element.find(".//h1") is None:
        return True
    classes = (element.get("class") or "").split()
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return element.tag in _NOT_SHOWN or is_hidden or not _HIDDEN.isdisjoint(classes)


def _rows(table: Element, depth: int) -> Iterator[str]:
    """Yield the rows of a table, each in a line; those under years without what marks the years."""
    under_years = False
    for row in _cells(table):
        cells = [_text(_pieces_of_cell(cell, depth)).replace(_BLOCK, _LINE) for cell in row]
        if _is_head(cells):
            under_years = True
        elif under_years:
            cells = cells[:1]
        yield " ".join(filter(None, cells))
        yield _LINE


def _marks(table: Element) -> Marks:
    """Give the years that are marked in the rows of a table.

    None where nothing can be told: no row is marked, or each is everywhere, as where the look of
    what stands in a cell makes the difference.
    """
    head, *rows = [*_cells(table)] or [[]]
    years = [_text(_pieces_of_cell(cell, 0)) for cell in head]
    if not _is_head(years) or any(len(row) != len(head) for row in rows):
        return []
    marked = [[_is_marked(cell) for cell in row[1:]] for row in rows]
    if len({mark for row in marked for mark in row}) < 2:  # noqa: PLR2004 - marked, and not
        return []
    return [
        (
            _text(_pieces_of_cell(row[0], 0)),
            [int(year) for year, mark in zip(years[1:], marks, strict=True) if mark],
        )
        for row, marks in zip(rows, marked, strict=True)
    ]


def _is_marked(cell: Element) -> bool:
    return len(cell) > 0 or bool((cell.text or "").strip())


def _cells(table: Element) -> Iterator[list[Element]]:
    """Yield the rows of a table, each as its cells; those of a table within are not its own."""
    parts = [table, *(part for part in table if part.tag in _PARTS_OF_TABLE)]
    for row in (row for part in parts for row in part if row.tag == "tr"):
        yield [cell for cell in row if cell.tag in {"td", "th"}]


def _is_head(cells: Sequence[str]) -> bool:
    """Tell «Accions 2016 2017 …»."""
    first, *others = cells or [""]
    return bool(others) and first.casefold() == _HEAD and all(map(_YEAR.fullmatch, others))


def _pieces_of_cell(cell: Element, depth: int) -> Iterator[str]:
    yield _SPACE.sub(" ", cell.text or "")
    for child in cell:
        yield from _pieces(child, depth + 1)
        yield _SPACE.sub(" ", child.tail or "")


def _text(pieces: Iterator[str]) -> str:
    """Join pieces into lines, with one blank line at most between two."""
    text = re.sub(r" *\n *", "\n", "".join(pieces))
    return re.sub(r"\n{3,}", _BLOCK, re.sub(r" {2,}", " ", text)).strip(" \n")


def _address(raw: bytes, tree: Element) -> str | None:
    if match := _SAVED_FROM.search(raw):
        return match[1].decode("ascii", "replace")
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical":
            return link.get("href")
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:url":
            return meta.get("content")
    return None
