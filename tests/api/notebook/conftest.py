"""A small notebook, and what it shows when it is run."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TOLD = {
    "title": {"ca": "Petit", "es": "Pequeño", "en": "Small"},
    "summary": {"ca": "Poca cosa", "es": "Poca cosa", "en": "Not much"},
}
DRAWING = """
import matplotlib.pyplot as plt
from teixit.notebook import show

figure, axes = plt.subplots(figsize=(2, 1))
axes.plot([1, 2])
show(figure, 'A "line".')
"""
CELLS = [
    ("markdown", "# Small\n\nNot *much*, <b>but</b> see [the other](other.ipynb).\n\n## Then"),
    ("code", "print('said & done')"),
    ("code", "import pandas as pd\n\npd.DataFrame({'a': ['<i>'], 'b': [2]})"),
    ("code", DRAWING),
    ("code", ""),
    ("markdown", ["Two ", "parts."]),
]


def cell(kind: str, source: Any, at: int) -> dict[str, Any]:
    shown = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": f"c{at}", "metadata": {}, "source": source, **shown}


def write(folder: Path, name: str, cells: list[tuple[str, Any]]) -> Path:
    held = {
        "cells": [cell(kind, source, at) for at, (kind, source) in enumerate(cells)],
        "metadata": {"teixit": TOLD, "kernelspec": {"name": "python3", "display_name": "Python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    file = folder / f"{name}.ipynb"
    file.write_text(json.dumps(held), "utf-8")
    return file


Run = Callable[[Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the notebooks of a folder by the command that makes their pages."""

    def running(folder: Path) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "teixit.notebook", str(folder)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return running


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a notebook whose second cell fails."""
    write(tmp_path, "broken", [("code", "fine = True"), ("code", "1 / 0"), ("code", "fine")])
    return tmp_path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A folder with one notebook that was run."""
    folder = tmp_path_factory.mktemp("small")
    write(folder, "small", CELLS)
    (folder / "rendered").mkdir()
    (folder / "rendered" / "small-9.svg").write_text("of another time")
    done = run(folder)
    assert (done.returncode, done.stdout) == (0, "small\n"), done.stderr
    return folder


@pytest.fixture
def unrun(tmp_path: Path) -> Path:
    """The same, not run."""
    write(tmp_path, "small", CELLS)
    return tmp_path
