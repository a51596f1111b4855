"""A page as a document: its words, whatever file they came in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teixit.importing import files, saved
from teixit.importing.pages import lines

#: Longer than any page by far: theirs have 5,000 characters, with all that stands around those in
#: HTML perhaps 200,000.
_MAX_BYTES: Final = 1 << 20
_HTML: Final = frozenset({".html", ".htm", ".xhtml"})
#: How a saved page begins that was given the name of a text.
_DECLARED: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Document:
    """A page that was received.

    Attributes:
        file: Where it was read from, as errors call it.
        text: Its words: of a text, the file as it is; of saved HTML, those of its content.
        heading: Where in the text its heading begins, if something stands above.
        address: Where it was published, if it says so itself.
        marks: Its tables with marks under years, each row with the years that are marked.
    """

    file: Path | str
    text: str
    heading: int = 0
    address: str | None = None
    marks: Sequence[saved.Marks] = ()


def read(file: Path) -> Document:
    """Read the text, or the saved HTML, of a page.

    Raises:
        SourceError: It cannot be read, is too long, or is not text in UTF-8.
        FileRefusedError: It is HTML that takes too much to be read.
    """
    raw = files.content(file, _MAX_BYTES)
    if file.suffix.lower() in _HTML or _DECLARED.match(raw):
        found = saved.read(raw, file)
        return Document(
            file, lines.checked(found.text, file), found.heading, found.address, found.marks
        )
    return Document(file, lines.decode(raw, file))
