import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from teixit import __version__, paths, queries
from teixit.cli import main

PAGE = paths.SOURCE / "territorialitzacio-i-accio-comunitaria.txt"
Run = Callable[..., Result]
CONTEXT = click.Context(main)
COMMANDS = {
    name: command
    for name in main.list_commands(CONTEXT)
    if (command := main.get_command(CONTEXT, name))
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, text: str | None = None) -> Result:
        return CliRunner().invoke(main, words, input=text, catch_exceptions=False)

    return invoke


def example(command: str) -> str:
    """The last line of a command's help."""
    text = CliRunner().invoke(main, [command, "--help"]).output
    assert "Example:" in text
    return text.strip().splitlines()[-1].strip()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_says_what_it_does_and_gives_an_example(name: str) -> None:
    assert COMMANDS[name].help
    assert f"teixit {name}" in example(name)


#: What needs more than a folder of data: a port, a clone, or releases that are there.
ELSEWHERE = {"serve", "mcp", "edit", "status", "release", "rollback"}


@pytest.mark.parametrize("name", sorted({*COMMANDS} - ELSEWHERE))
def test_every_example_runs_as_it_stands(name: str, tmp_path: Path) -> None:
    for folder in ("data", "ontology"):
        shutil.copytree(paths.ROOT / folder, tmp_path / folder)
    teixit = f'teixit() {{ {shlex.quote(sys.executable)} -m teixit "$@"; }}'
    script = f"set -e -o pipefail; {teixit}; {example(name)}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_an_example_that_needs_more_is_understood(name: str) -> None:
    words = shlex.split(example(name))[2:]
    params = COMMANDS[name].make_context(name, [*words]).params
    given = [word for word in words if not word.startswith("-")]
    assert given
    assert set(given) <= {str(value) for value in params.values()}


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").output == f"teixit, version {__version__}\n"


def test_an_import_goes_to_standard_output_and_its_report_to_standard_error(run: Run) -> None:
    result = run("import", str(PAGE))
    assert result.stdout == (paths.PAGES / f"{PAGE.stem}.trig").read_text("utf-8")
    assert "(100 %)" in result.stderr


def test_an_import_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    result = run("import", str(PAGE), "--out", "page.trig")
    assert (result.exit_code, result.stdout) == (0, "")
    assert [file.name for file in tmp_path.iterdir()] == ["page.trig"]


def test_a_wrong_page_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.trig").write_text("before", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    result = run("import", "empty.txt", "--out", "page.trig")
    assert result.exit_code == 1
    assert result.stderr == "Error: empty.txt, line 1: the page ends here; expected a title\n"
    assert (tmp_path / "page.trig").read_text("utf-8") == "before"


def test_a_place_that_cannot_be_written_is_named(run: Run) -> None:
    result = run("conclude", "--out", "no/such/folder.trig")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: no/such/folder.trig: cannot be written: No such file")


def test_a_page_is_never_overwritten_by_its_graph(run: Run, tmp_path: Path) -> None:
    shutil.copy(PAGE, tmp_path / "page.txt")
    result = run("import", "page.txt", "--out", "./page.txt")
    assert result.stderr == "Error: page.txt: is the page itself; name another file\n"
    assert (tmp_path / "page.txt").read_bytes() == PAGE.read_bytes()


def test_a_file_is_replaced_where_it_is_and_keeps_its_mode(run: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "target.trig", tmp_path / "link.trig"
    target.write_text("before", "utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run("conclude", "--out", "link.trig").exit_code == 0
    assert link.is_symlink()
    assert (target.stat().st_mode & 0o777, "Conclusion" in target.read_text()) == (0o600, True)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_device_is_written_to_and_stays_one(run: Run) -> None:
    assert run("conclude", "--out", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("out", ["", "page.txt/x", "a" * 300])
def test_a_place_that_cannot_be_is_one_line(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "page.txt").touch()
    result = run("conclude", "--out", out)
    assert result.exit_code in {1, 2}
    assert result.stderr.splitlines()[-1].startswith("Error: ")


def test_a_full_disk_is_one_line() -> None:
    command = [sys.executable, "-m", "teixit", "conclude"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Error: No space left on device\n")


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    script = f"{shlex.quote(sys.executable)} -m teixit ask | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_the_words_do_not_depend_on_the_terminal() -> None:
    command = [sys.executable, "-m", "teixit", "import", str(PAGE)]
    latin = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    written = subprocess.check_output(command, env=latin, stderr=subprocess.DEVNULL)
    assert written == (paths.PAGES / f"{PAGE.stem}.trig").read_bytes()


def test_a_question_is_answered(run: Run) -> None:
    name = next(queries.catalogue()).name
    assert run("ask", name).output == (paths.QUESTIONS / f"{name}.csv").read_text("utf-8")


def test_parameters_are_options(run: Run) -> None:
    name = "cq55-what-touches-a-district"
    kept = (paths.QUESTIONS / f"{name}.csv").read_text("utf-8")
    assert run("ask", name, "--district", "district-03").output == kept
    assert run("ask", name, "--district=district-03", "--format", "csv").output == kept
    assert run("ask", name, "--set", "district=id:district-03").output == kept
    assert run("ask", name, "--example").output == kept
    assert run("ask", name, "--example", "--district", "district-10").output != kept


def test_without_a_name_the_questions_are_listed(run: Run) -> None:
    listed = run("ask", "--lang", "es").output.splitlines()
    assert listed == [f"{query.name}  {query.title['es']}" for query in queries.catalogue()]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ask", "nothing"], "Error: no question 'nothing'; there are: "),
        (["ask", "cq01-measures-of-the-line", "--set", "x=id:y"], "expected the parameters: none"),
        (["ask", "cq01-measures-of-the-line", "--set", "x=urn:y"], "expected the parameters: none"),
        (["ask", "cq01-measures-of-the-line", "--set", "x=y"], "expected the parameters: none"),
        (["ask", "cq01-measures-of-the-line", "--x", "y"], "x: no such parameter; expected none"),
        (["ask", "cq56-what-happens-in-a-year"], "year: the value is missing; expected"),
        (["ask", "cq56-what-happens-in-a-year", "--year"], "year: '' is not here; expected one"),
        (["check", "nothing.ttl"], "nothing.ttl: cannot be read: No such file"),
    ],
)
def test_a_slip_is_one_line(run: Run, words: list[str], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("setting", "message"),
    [("x", "'x': expected PARAMETER=VALUE"), ("x=http://a b", "'x=http://a b': Invalid IRI")],
)
def test_a_value_that_cannot_be_is_refused(run: Run, setting: str, message: str) -> None:
    result = run("ask", "cq01-measures-of-the-line", "--set", setting)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_value_without_its_parameter_is_refused(run: Run) -> None:
    result = run("ask", "cq56-what-happens-in-a-year", "2017")
    assert result.exit_code == 2
    assert "'2017': expected --PARAMETER VALUE" in result.stderr


def test_any_query_is_answered_from_standard_input(run: Run) -> None:
    asked = "PREFIX teixit: <https://w3id.org/teixit/def#> ASK { ?a a teixit:Action }"
    assert '"boolean":true' in run("query", "-", "--format", "json", text=asked).output


def test_a_command_that_does_not_exist_is_named(run: Run) -> None:
    result = run("nothing")
    assert (result.exit_code, "No such command 'nothing'" in result.stderr) == (2, True)


def test_a_wrong_query_is_one_line(run: Run) -> None:
    result = run("query", "-", text="SELECT ?x {\n ?x ?y }")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: the query is not SPARQL: line 2, column 9: expected")


def test_no_other_server_is_asked(run: Run) -> None:
    result = run("query", "-", text="ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "SERVICE is refused" in result.stderr


def test_a_query_that_is_not_text_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes("ASK { ?à ?b ?c }".encode("latin-1"))
    result = run("query", "latin.rq")
    assert (result.exit_code, result.stderr) == (1, "Error: latin.rq: not UTF-8 at byte 7\n")


def test_what_is_shipped_conforms(run: Run) -> None:
    result = run("check", "--lang", "en")
    assert (result.exit_code, "Violation: 0" in result.output) == (0, True)


@pytest.mark.parametrize(
    ("format_", "sign"),
    [
        ("text", "ex:x"),
        ("json", '"node"'),
        ("turtle", "sh:ValidationReport"),
        ("sarif", '"2.1.0"'),
    ],
)
def test_a_violation_ends_with_status_1(run: Run, tmp_path: Path, format_: str, sign: str) -> None:
    measure = "<https://w3id.org/teixit/id/piess-2016-2019/measure-99> a teixit:Measure ."
    (tmp_path / "wrong.ttl").write_text(
        f"@prefix teixit: <https://w3id.org/teixit/def#> . {measure}", "utf-8"
    )
    result = run("check", "wrong.ttl", "--format", format_)
    assert result.exit_code == 1
    assert "measure-99" in result.output
    assert sign.replace("ex:x", "wrong.ttl") in result.output


def test_findings_are_written_as_a_workbook(run: Run, tmp_path: Path) -> None:
    result = run("check", "--format", "xlsx", "--out", "found.xlsx")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "found.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(run: Run, shell: str) -> None:
    assert "_TEIXIT_COMPLETE" in run("completion", shell).output


def test_the_shell_completes_the_names_of_questions() -> None:
    words = {"COMP_WORDS": "teixit ask cq0", "COMP_CWORD": "2", "_TEIXIT_COMPLETE": "bash_complete"}
    command = Path(sys.executable).with_name("teixit")
    completed = subprocess.check_output([command], env={**os.environ, **words}, text=True)
    assert "plain,cq01-measures-of-the-line" in completed


def test_a_file_is_tidied_where_it_is_and_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.trig").write_text("<urn:g> { <urn:s> a <urn:c> }", "utf-8")
    assert run("tidy", "one.trig", "--check").output == "one.trig\n"
    assert run("tidy", "one.trig", "--check").exit_code == 1
    assert (tmp_path / "one.trig").read_text("utf-8") == "<urn:g> { <urn:s> a <urn:c> }"
    told = run("tidy", "one.trig")
    assert (told.exit_code, told.output) == (0, "one.trig\n")
    assert run("tidy", "one.trig", "--check").exit_code == 0
    assert (tmp_path / "one.trig").read_text("utf-8").count("\n") == 6


def test_all_of_our_data_are_tidy(run: Run) -> None:
    told = run("tidy", "--check")
    assert (told.exit_code, told.output) == (0, "")


def test_what_cannot_be_tidied_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.trig").write_bytes(b"# \xe9")
    assert run("tidy", "latin.trig").stderr == "Error: latin.trig: not UTF-8 at byte 2\n"
    assert run("tidy", "no.trig").stderr == (
        "Error: no.trig: cannot be read: No such file or directory\n"
    )
