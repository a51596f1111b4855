import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from teixit import __version__, paths
from teixit.cli import main

QUESTION = "cq01-measures-of-the-line"
FILE = paths.QUESTIONS / f"{QUESTION}.rq"
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, ["cite", *words], catch_exceptions=False)

    return invoke


@pytest.fixture(scope="module")
def address() -> str:
    result = CliRunner().invoke(main, ["cite", str(FILE), "--format", "address"])
    return result.output.strip()


def test_a_question_is_cited_in_words(run: Run) -> None:
    result = run(QUESTION, "--lang", "es")
    assert result.output.startswith("APA 7: Teixit. (")
    assert "¿Qué actuaciones tiene cada línea" in result.output
    assert result.output.count("https://w3id.org/teixit/answers?") == 3


def test_a_file_is_cited_for_programs(run: Run, address: str) -> None:
    (item,) = json.loads(run(str(FILE), "--format", "csl").output)
    assert item["URL"].partition("date=")[0] == address.partition("date=")[0]
    assert item["version"] == __version__
    assert item["license"]
    assert run(QUESTION, "--format", "bibtex").output.startswith("@misc{teixit-")


@pytest.mark.parametrize(
    ("old", "new", "status", "said"),
    [
        ("", "", 0, "the same edition gives the same"),
        ("data=", "data=0000000000000000&x=", 0, "this answer has not"),
        ("sha256=", f"sha256={'0' * 64}&x=", 1, "The address does not fit"),
        ("data=", f"sha256={'0' * 64}&data=&x=", 1, "expected"),
        ("release=", "release=x", 1, "release: expected X.Y.Z"),
    ],
)
def test_an_address_is_checked(  # noqa: PLR0913, PLR0917
    run: Run, address: str, old: str, new: str, status: int, said: str
) -> None:
    result = run(address.replace(old, new, 1) if old else address, "--check", "--lang", "en")
    assert (result.exit_code, said in result.output) == (status, True), result.output


def test_of_another_release_it_cannot_be_told(run: Run, address: str) -> None:
    other = address.partition("&data=")[0] + f"&data=&date=2026-01-01&sha256={'0' * 64}"
    result = run(other, "--check", "--lang", "en")
    assert result.exit_code == 1
    assert "is not kept here" in result.output


def test_what_cannot_be_cited_is_told_in_a_line(run: Run, tmp_path: Path) -> None:
    now, bad = tmp_path / "now.rq", tmp_path / "bad.rq"
    now.write_text("SELECT (NOW() AS ?now) {}")
    bad.write_bytes(b"\xff")
    for file, said in ((now, "another answer each time"), (bad, "cannot be read as a query")):
        result = run(str(file))
        assert result.exit_code == 1
        assert said in result.output
        assert len(result.output.splitlines()) == 1
    assert "no question 'none'" in run("none").output
