"""The notebooks: they run from top to bottom, and Git keeps nothing of what they showed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from teixit import paths
from teixit.languages import LANGUAGES
from teixit.notebook import ENDPOINT, reading, running
from teixit.notebook.reading import Notebook

FILES = reading.files()
TITLE = re.compile(r"\A# (.+)\n")
LINK = re.compile(r"\]\(([^)]+\.ipynb)\)")


def code(file: Path) -> list[str]:
    held = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    return [cell.source for cell in held.cells if cell.cell_type == "code"]


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Notebook]:
    """The notebooks with what they show, each run by nbmake against a server of its own."""
    folder = tmp_path_factory.mktemp("notebooks")
    run = tmp_path_factory.mktemp("run")
    for file in FILES:
        shutil.copy(file, folder)
        shutil.copy(file, run)
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "--nbmake", "--overwrite"]
    environment = {name: value for name, value in os.environ.items() if name != ENDPOINT}
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(run)],
        cwd=run,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    assert f"{len(FILES)} passed" in done.stdout
    for file in FILES:
        held = nbformat.read(run / file.name, as_version=4)  # type: ignore[no-untyped-call]
        running.keep(held, folder / file.name, folder / reading.RENDERED)
    return dict(reading.notebooks(folder))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_notebook_is_valid_and_without_what_it_showed(file: Path) -> None:
    held = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(held)
    cells = [cell for cell in held.cells if cell.cell_type == "code"]
    assert cells
    assert [cell.source for cell in cells if cell.outputs or cell.execution_count] == []
    assert [cell.source for cell in held.cells if cell.metadata] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_begins_and_ends_as_all_do(file: Path) -> None:
    cells = code(file)
    assert cells[0] == code(FILES[0])[0]
    assert cells[-1].endswith("server.end()")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_has_a_title_a_summary_conclusions_and_links_that_lead_on(file: Path) -> None:
    found = reading.read(file)
    texts = [*found.title.values(), *found.summary.values()]
    assert len(set(texts)) == 2 * len(LANGUAGES)
    told = [cell.source for cell in found.cells if cell.kind == "markdown"]
    assert TITLE.match(told[0])
    assert TITLE.match(told[0])[1] == found.title["en"]  # type: ignore[index]
    assert "\n## " in f"\n{told[-1]}"
    links = [link for text in told for link in LINK.findall(text)]
    assert {link for link in links if not (paths.NOTEBOOKS / link).exists()} == set()


def test_the_readme_names_them_all() -> None:
    text = (paths.NOTEBOOKS / "README.md").read_text("utf-8")
    assert re.findall(r"^\| \[[\w-]+\]\(([^)]+)\)", text, re.MULTILINE) == [
        file.name for file in FILES
    ]


def test_each_runs_from_top_to_bottom(shown: dict[str, Notebook]) -> None:
    assert list(shown) == [file.stem for file in FILES]
    assert all(notebook.was_run for notebook in shown.values())


def test_each_draws_and_says_in_words_what_it_draws(shown: dict[str, Notebook]) -> None:
    for name, notebook in shown.items():
        everything = [one for cell in notebook.cells for one in cell.shown]
        figures = [one for one in everything if one.kind == "figure"]
        assert figures, name
        for figure in figures:
            assert len(figure.text) > 80, figure.text
            assert re.search(r"\d", figure.text)
        assert any(one.kind == "table" for one in everything), name
