"""What notebooks say, as HTML that holds nothing but what is meant to be there."""

import re
from functools import cache
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

#: The parts of a table that are kept, and the attributes of its cells.
_PARTS: Final = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
_SPANS: Final = frozenset({"colspan", "rowspan"})
#: What pandas says of itself, which is no part of the table.
_UNSAID: Final = frozenset({"style", "script"})
#: The heading of a notebook, which is that of its page.
_HEADING: Final = re.compile(r"\A\s*# .*\n*")


@cache
def _markdown() -> "MarkdownIt":
    """Read CommonMark with tables; HTML within it is text, and no link runs a program."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - the web process is light without it

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown(text: str) -> str:
    """Write a *text* in Markdown as HTML, without the heading that it begins with, if it does.

    Links to notebooks become links to their pages.
    """
    reader = _markdown()
    tokens = reader.parse(_HEADING.sub("", text))
    for inner in (inner for token in tokens for inner in token.children or ()):
        if inner.type == "link_open":
            inner.attrs["href"] = str(inner.attrs["href"]).removesuffix(".ipynb")
    return str(reader.renderer.render(tokens, reader.options, {}))


def table(html: str) -> str:
    """Give the table that is in the *html* of others, and nothing else of it."""
    reader = _Table()
    reader.feed(html)
    reader.close()
    return "".join(reader.written)


class _Table(HTMLParser):
    """Writes the parts of a table anew."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self._within: list[str] = []
        self._is_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSAID:
            self._within.append(tag)
        if tag not in _PARTS:
            return
        if tag in {"thead", "tbody"}:
            self._is_head = tag == "thead"
        scope = f' scope="{"col" if self._is_head else "row"}"' if tag == "th" else ""
        spans = (f' {name}="{int(value or 1)}"' for name, value in attrs if name in _SPANS)
        self.written.append(f"<{tag}{scope}{''.join(spans)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSAID:
            self._within.remove(tag)
        elif tag in _PARTS:
            self.written.append(f"</{tag}>")
            if tag == "th":
                self._leave_no_head_empty()

    def handle_data(self, data: str) -> None:
        if not self._within and data.strip():
            self.written.append(escape(data, quote=False))

    def _leave_no_head_empty(self) -> None:
        """Make a plain cell of the head of a column that has none (WCAG 2.2, 1.3.1)."""
        if self.written[-2].startswith("<th"):
            self.written[-2:] = ["<td></td>"]
