"""`teixit import`: several pages, folders, versions, and what an import would change."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from teixit import paths
from teixit.cli import main

PAGE = paths.SOURCE / "territorialitzacio-i-accio-comunitaria.txt"
TRIG = paths.PAGES / f"{PAGE.stem}.trig"
PAGES = Path(__file__).parents[1] / "importing" / "pages"
QUIRKS = sorted((PAGES / "line_of_work" / "quirks").glob("*.txt"))
MEASURE = PAGES / "district_plan" / "measures" / "sants-montjuic" / "84.txt"
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Import in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str | Path) -> Result:
        return CliRunner().invoke(main, ["import", *map(str, words)], catch_exceptions=False)

    return invoke


@pytest.mark.parametrize("is_there", [True, False])
def test_several_pages_go_into_a_folder_and_what_follows_for_their_plan(
    run: Run,
    tmp_path: Path,
    is_there: bool,  # noqa: FBT001
) -> None:
    if is_there:
        (tmp_path / "pages").mkdir()
    result = run(*QUIRKS[:2], "--out", "pages")
    assert (result.exit_code, result.stdout) == (0, "")
    written = {file.name for file in (tmp_path / "pages").iterdir()}
    assert written == {"piess-2016-2019.trig", *(f"{page.stem}.trig" for page in QUIRKS[:2])}


def test_several_pages_go_into_one_file(run: Run, tmp_path: Path) -> None:
    assert run(*QUIRKS[:2], "--out", "all.trig").exit_code == 0
    trig = (tmp_path / "all.trig").read_text("utf-8")
    assert trig == run(*QUIRKS[1::-1]).stdout
    assert "piess:measure-1 " in trig
    assert "piess:measure-3 " in trig


def test_a_wrong_page_among_others_leaves_all_as_it_was(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "pages").mkdir()
    result = run(QUIRKS[0], "empty.txt", "--out", "pages")
    assert result.stderr == "Error: empty.txt, line 1: the page ends here; expected a title\n"
    assert list((tmp_path / "pages").iterdir()) == []


def test_a_page_of_a_district_is_asked_for_its_district(run: Run) -> None:
    asked = run(MEASURE)
    assert (asked.exit_code, "--plan pde-sants-montjuic" in asked.stderr) == (1, True)
    assert "pde:measure-8-4" in run(MEASURE, "--plan", "pde-sants-montjuic").stdout


@pytest.mark.parametrize(("language", "told"), [("ca", "canviat"), ("en", "changed")])
def test_a_dry_run_says_what_would_change_and_writes_nothing(
    run: Run, tmp_path: Path, language: str, told: str
) -> None:
    shutil.copy(TRIG, tmp_path / "page.trig")
    trig = (tmp_path / "page.trig").read_text("utf-8").replace("Can Picó", "Can Pico")
    (tmp_path / "page.trig").write_text(trig, "utf-8")
    result = run(PAGE, "--out", "page.trig", "--dry-run", "--lang", language)
    assert result.exit_code == 0
    assert f"Can Picó <https://w3id.org/teixit/id/project-can-pico>: {told}" in result.stdout
    assert (tmp_path / "page.trig").read_text("utf-8") == trig
    assert "(100 %)" in result.stderr


def test_a_dry_run_without_a_place_looks_at_the_data_that_are_shipped(run: Run) -> None:
    same = run(PAGE, "--dry-run", "--lang", "en")
    assert "0 statements more and 0 fewer" in same.stdout
    new = run(QUIRKS[0], "--dry-run", "--lang", "en")
    assert "piess-2016-2019/measure-1>: new" in new.stdout


def test_two_versions_are_compared(run: Run, tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8").replace("32Eix", "33Eix").replace("Can Picó", "Can Batlló")
    (tmp_path / "new.txt").write_text(text, "utf-8")
    result = run("new.txt", "--against", PAGE, "--lang", "es")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert any(line.startswith("Cambia de número: actuación 32 «Eix") for line in lines)
    assert any(line.startswith("Se añade: proyecto «Can Batlló» (actuación 31") for line in lines)


def test_a_page_may_come_through_a_pipe(tmp_path: Path) -> None:
    script = f'{sys.executable} -m teixit import <(cat "$0") --against <(cat "$1") --lang en'
    command = ["bash", "-c", script, QUIRKS[0], QUIRKS[0]]
    told = subprocess.check_output(command, cwd=tmp_path, text=True)
    assert told == "Both versions say the same.\n"


def test_several_pages_have_no_one_version_to_be_compared_with(run: Run) -> None:
    result = run(*QUIRKS[:2], "--against", PAGE)
    assert result.stderr.endswith(": expected one page to compare with it\n")


def test_pages_of_two_templates_are_no_versions_of_one(run: Run) -> None:
    result = run(MEASURE, "--against", QUIRKS[0], "--plan", "pde-sants-montjuic")
    assert "is a page of another template than" in result.stderr
