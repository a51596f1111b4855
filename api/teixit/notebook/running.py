"""Running the notebooks from top to bottom, and keeping what they show."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teixit import paths
from teixit.errors import KnowledgeError
from teixit.notebook import drawing, markup, reading

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: How long one cell may take, in seconds.
_PATIENCE: Final = 120


def run(folder: Path = paths.NOTEBOOKS) -> Sequence[str]:
    """Run the notebooks of a *folder*, and keep what they show in a folder within it.

    Returns:
        Their names.

    Raises:
        KnowledgeError: A cell fails: says which, and why.
    """
    from nbclient import NotebookClient  # noqa: PLC0415 - the service does without Jupyter
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415
    from nbformat import read  # noqa: PLC0415

    rendered = folder / reading.RENDERED
    names = []
    for file in reading.files(folder):
        held = read(file, as_version=4)  # type: ignore[no-untyped-call]  # nbformat's
        where = {"metadata": {"path": str(folder)}}
        try:
            NotebookClient(held, timeout=_PATIENCE, resources=where).execute()
        except CellExecutionError as error:
            why = f"{error.ename} {error.evalue}".strip()
            raise KnowledgeError(f"{file}, cell {_last(held)}: {why}") from error
        keep(held, file, rendered)
        names.append(file.stem)
    return names


def _last(held: "NotebookNode") -> int:
    """Give the number of the last cell that was run, counted from 1."""
    return max(at for at, cell in enumerate(held.cells, 1) if cell.get("execution_count"))


def keep(held: "NotebookNode", file: Path, folder: Path) -> None:
    """Keep what a notebook showed.

    Args:
        held: The notebook with what it showed.
        file: The same without.
        folder: Is made if need be; what was kept there of this notebook goes.
    """
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{file.stem}-*.svg"):
        old.unlink()
    figures = _Figures(folder, file.stem)
    cells = {
        str(at): [*_shown(cell.get("outputs", ()), figures)] for at, cell in enumerate(held.cells)
    }
    told = {"of": reading.mark(file.read_bytes()), "cells": {k: v for k, v in cells.items() if v}}
    record = folder / f"{file.stem}.json"
    record.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


class _Figures:
    """Writes the figures of one notebook, each to a file of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._count = 0

    def kept(self, svg: str, words: str) -> dict[str, Any]:
        self._count += 1
        file = f"{self._name}-{self._count}.svg"
        text, width, height = drawing.plain(svg)
        (self._folder / file).write_text(text, "utf-8")
        return {"kind": "figure", "text": words, "file": file, "width": width, "height": height}


def _shown(outputs: Sequence[Mapping[str, Any]], figures: _Figures) -> Iterator[dict[str, Any]]:
    """Say what a cell showed: figures before tables, tables before text."""
    for output in outputs:
        data = output.get("data", {"text/plain": output.get("text", "")})
        if "image/svg+xml" in data:
            yield figures.kept(data["image/svg+xml"], data["text/plain"])
        elif "<table" in data.get("text/html", ""):
            yield {"kind": "table", "text": markup.table(data["text/html"])}
        else:
            yield {"kind": "text", "text": data["text/plain"]}
