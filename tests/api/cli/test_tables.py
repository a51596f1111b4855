"""Bringing in spreadsheets: nothing is written unless all of it passes."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from teixit import paths, store
from teixit.cli import main
from teixit.cli import tables as commands
from teixit.languages import LANGUAGES

Run = Callable[..., Result]
SOUND = "Nom;Districte;Tipus\nCoòpolis;Sants-Montjuïc;xarxa local\n"
WRONG = "Nom;Districte;Tipus\nCoòpolis;Sants;xarxa local\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in a folder with two tables."""
    monkeypatch.chdir(tmp_path)
    Path("bona.csv").write_text(SOUND, "utf-8")
    Path("dolenta.csv").write_text(WRONG, "utf-8")

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return invoke


def test_a_sound_table_is_written_into_a_folder_by_its_name(run: Run) -> None:
    done = run("import", "bona.csv", "--out", "data/tables")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "bona.csv: 1 files de projectes, 5 enunciats",
        "llegit com a UTF-8, amb «;» entre les cel·les",
    ]
    assert len(list(store.read(Path("data/tables/bona.trig")))) > 50


def test_a_sound_table_goes_to_standard_output(run: Run) -> None:
    done = run("import", "bona.csv", "--as", "projects")
    assert "table:cell-2-b {" in done.stdout


def test_of_a_table_with_a_slip_nothing_is_written(run: Run) -> None:
    done = run("import", "dolenta.csv", "--out", "x.trig", "--lang", "en")
    assert done.exit_code == 1
    assert done.stderr.startswith("row 2, column B: nothing is called “Sants” for “District”")
    assert done.stderr.endswith("has to be corrected first.\n")
    assert not Path("x.trig").exists()


def test_nor_is_one_written_that_breaks_a_rule(run: Run) -> None:
    Path("nou.csv").write_text("Nom;Districte\nProva;Gràcia\n", "utf-8")
    done = run("import", "nou.csv", "--out", "x.trig", "--lang", "en")
    assert done.exit_code == 1
    assert "row 2, column A: Prova: No action names this project" in done.stderr
    assert not Path("x.trig").exists()


def test_a_rehearsal_says_what_would_change_and_writes_nothing(run: Run) -> None:
    done = run("import", "bona.csv", "--out", "x.trig", "--dry-run")
    assert "+ Coòpolis · és del tipus · xarxa local" in done.stdout
    assert done.stderr.endswith("No s’ha escrit res: era un assaig.\n")
    assert not Path("x.trig").exists()
    run("import", "bona.csv", "--out", "x.trig")
    again = run("import", "bona.csv", "--out", "x.trig", "--dry-run")
    assert again.stdout == "5 enunciats el graf ja els fa, per altres fonts.\n"


def test_a_refusal_is_a_line_in_the_language_of_the_reader(run: Run) -> None:
    Path("a.jsonld").write_text("{}", "utf-8")
    told = {run("import", "a.jsonld", "--lang", language).output for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)
    assert all(text.startswith("Error: a.jsonld: ") and text.count("\n") == 1 for text in told)


def test_a_kind_that_there_is_not_is_told(run: Run) -> None:
    done = run("import", "bona.csv", "--as", "cars")
    assert "cars: no kind of table; expected one of organisations, " in done.output


@pytest.mark.parametrize("file", ["a.xlsx", "a.csv"])
def test_a_template_is_written(run: Run, file: str) -> None:
    assert run("template", "places", "--lang", "es", "--out", file).output == ""
    assert Path(file).stat().st_size > 20


def test_a_template_that_cannot_be_written_is_told(run: Run) -> None:
    done = run("template", "places", "--out", "no/a.csv")
    assert done.output.startswith("Error: no/a.csv: cannot be written")


def test_who_waits_is_told_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    commands.Progress("en", every=60)(90_000)
    tell = commands.Progress("en", every=0)
    tell(20)
    assert capsys.readouterr().err == ""
    tell(20_000)
    assert capsys.readouterr().err == "20000 rows read\n"


def test_what_is_not_installed_is_told() -> None:
    """The libraries that read tables are an extra, and pages do without."""
    page = paths.SOURCE / "territorialitzacio-i-accio-comunitaria.txt"
    hidden = "import sys; sys.modules['csvw'] = None\nfrom teixit.cli import main\nmain()"

    def said(*words: str) -> str:
        command = [sys.executable, "-c", hidden, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False).stderr

    assert "tables need csvw" in said("import", "a.csv")
    assert "pip install 'teixit[import]'" in said("template", "places", "--out", "a.csv")
    assert "12 actions" in said("import", str(page))


def test_the_wrong_cells_are_marked_in_a_workbook(run: Run) -> None:
    done = run("import", "dolenta.csv", "bona.csv", "--marked", "m.xlsx", "--lang", "en")
    assert done.exit_code == 1
    with zipfile.ZipFile("m.xlsx") as archive:
        assert "nothing is called “Sants”" in archive.read("xl/comments1.xml").decode()


def test_of_several_tables_all_are_written_or_none(run: Run) -> None:
    assert run("import", "bona.csv", "dolenta.csv", "--out", "data/tables").exit_code == 1
    assert not Path("data").exists()
    Path("altra.csv").write_text(SOUND, "utf-8")
    done = run("import", "bona.csv", "altra.csv", "--out", "x.trig")
    assert "Error: x.trig: several tables; name a folder" in done.stderr
    assert run("import", "bona.csv", "altra.csv", "--out", "both").exit_code == 0
    assert {file.name for file in Path("both").iterdir()} == {"altra.trig", "bona.trig"}
    done = run("import", "bona.csv", "altra.csv")
    assert done.stdout.count("table:cell-2-b {") == 2


def test_all_sheets_that_are_tables_are_read_or_one_of_them(run: Run) -> None:
    with xlsxwriter.Workbook("l.xlsx") as book:
        for name, rows in {"Any 1": SOUND, "Notes": "Hola", "Any 2": SOUND}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows.splitlines()):
                sheet.write_row(number, 0, row.split(";"))
    done = run("import", "l.xlsx", "--out", "all", "--lang", "en")
    assert done.stderr.endswith("sheet “Notes”: not read\n")
    assert {file.name for file in Path("all").iterdir()} == {"l.trig", "l-any-2.trig"}
    done = run("import", "l.xlsx", "--out", "one", "--lang", "en", "--sheet", "Any 2")
    assert {file.name for file in Path("one").iterdir()} == {"l-any-2.trig"}
    assert "sheet “Any 1”: not read" in done.stderr
