"""The notebooks that Teixit ships, and what they showed when they were run."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from teixit import paths
from teixit.errors import KnowledgeError
from teixit.languages import LANGUAGES

#: The media type of a notebook, as Jupyter names it.
MEDIA_TYPE: Final = "application/x-ipynb+json"
#: The folder beside the notebooks that holds what they showed.
RENDERED: Final = "rendered"
#: What the metadata of a notebook say of it in each language.
_TOLD: Final = ("title", "summary")
#: How a notebook asks a competency question.
_ASKED: Final = re.compile(r'\bquestion\("([\w-]+)"\)')


@dataclass(frozen=True)
class Shown:
    """One thing that a cell showed.

    Args:
        kind: ``text``, ``table`` or ``figure``.
        text: What was written; of a table its HTML, of a figure the words for it.
        file: Of a figure, the name of its file.
        width: Of a figure, in CSS pixels.
        height: Of a figure, in CSS pixels.
    """

    kind: str
    text: str
    file: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Cell:
    """One cell: its text in Markdown or Python, and what it showed."""

    kind: str
    source: str
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """A notebook.

    Args:
        name: Of its file, without ending.
        title: By language.
        summary: By language.
        cells: In their order, those that are empty left out.
        was_run: Whether this very text was run, and what it showed was kept.
        content: The file.
    """

    name: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    cells: tuple[Cell, ...]
    was_run: bool
    content: bytes

    @property
    def questions(self) -> Sequence[str]:
        """Name the competency questions that it asks, in the order of their names."""
        return sorted({name for cell in self.cells for name in _ASKED.findall(cell.source)})


def files(folder: Path = paths.NOTEBOOKS) -> Sequence[Path]:
    """List the notebooks of a *folder*, in the order of their names."""
    return sorted(folder.glob("*.ipynb"))


@cache
def notebooks(folder: Path = paths.NOTEBOOKS) -> Mapping[str, Notebook]:
    """Read the notebooks of a *folder*, by their names.

    Raises:
        KnowledgeError: A file is no notebook of ours.
    """
    return {file.stem: read(file) for file in files(folder)}


def read(file: Path) -> Notebook:
    """Read one notebook (nbformat 4), and what it showed when it was run as it stands.

    Raises:
        KnowledgeError: The file is no notebook, or lacks its title or summary in a language.
    """
    content = file.read_bytes()
    try:
        held = json.loads(content)
        told = held["metadata"]["teixit"]
        title, summary = ({tag: told[key][tag] for tag in LANGUAGES} for key in _TOLD)
        kept = _kept(file, content)
        cells = [_cell(cell, kept.get(str(at), ())) for at, cell in enumerate(held["cells"])]
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"{file}: expected a notebook with a title and a summary in each language, in its "
            "metadata under “teixit”"
        ) from error
    said = tuple(cell for cell in cells if cell.source.strip())
    return Notebook(file.stem, title, summary, said, bool(kept), content)


def figures(folder: Path = paths.NOTEBOOKS) -> Mapping[str, Path]:
    """List the figures that were kept of the notebooks of a *folder*, by the names of the files."""
    return {file.name: file for file in sorted((folder / RENDERED).glob("*.svg"))}


def mark(content: bytes) -> str:
    """Give what tells the *content* of a notebook from any other."""
    return sha256(content).hexdigest()


def _kept(file: Path, content: bytes) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Read what the cells of a notebook showed, by their places; nothing if it has changed."""
    record = file.parent / RENDERED / f"{file.stem}.json"
    if not record.is_file():
        return {}
    held = json.loads(record.read_text("utf-8"))
    return held["cells"] if held["of"] == mark(content) else {}


def _cell(cell: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> Cell:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return Cell(cell["cell_type"], text, tuple(Shown(**one) for one in shown))
