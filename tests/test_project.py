"""What stands at the root: the words that a newcomer reads first, and the one version."""

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from teixit import __version__, paths
from teixit.cli import main

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", *sorted(ROOT.glob("[!.]*/README.md"))]
#: What npm brings, for the tests and for the editor.
NODE_LOCKS = [
    *ROOT.glob("tests/browser/package-lock.json"),
    *ROOT.glob("api/teixit/web/editor/package-lock.json"),
]
#: The package is installed from a wheel, and the folders of its sources are away.
IS_WHEEL = paths.ROOT != ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def blocks(file: str, language: str) -> list[str]:
    """The code blocks of a Markdown file."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / file).read_text("utf-8"), re.DOTALL)


def test_the_first_query_has_the_answer_that_the_readme_gives() -> None:
    (query,), (answer,) = blocks("README.md", "sparql"), blocks("README.md", "csv")
    assert CliRunner().invoke(main, ["query", "-"], input=query).output == answer


def test_the_readme_is_short_and_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 150
    commands = re.findall(r"^\$ (make \w+)", text, re.MULTILINE)
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert commands == ["make serve", "make test"]
    assert {command.removeprefix("make ") for command in commands} < set(targets)


def test_the_commands_that_the_readme_shows_exist() -> None:
    shown = set(
        re.findall(r"^\$ teixit (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    assert shown
    assert shown <= set(main.list_commands(click.Context(main)))


def test_every_folder_says_what_it_holds() -> None:
    readmes = {
        file.parent.name for folder in (ROOT, paths.ROOT) for file in folder.glob("[!.]*/README.md")
    }
    code = set() if IS_WHEEL else {"api"}
    assert readmes == {"benchmarks", "data", "notebooks", "ontology", "shapes", "tests"} | code


@pytest.mark.parametrize("file", READMES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_between_our_files_leads_somewhere(file: Path) -> None:
    for link in re.findall(r"\]\(((?!https?:)[^)#]+)\)", file.read_text("utf-8")):
        target = (file.parent / link).resolve().relative_to(ROOT)
        in_wheel = IS_WHEEL and target.parts[0] == "api"
        assert (ROOT / target).exists() or (paths.ROOT / target).exists() or in_wheel, link


def test_the_notebook_page_runs_as_it_stands(live_endpoint: str) -> None:
    (program,) = blocks("notebooks/README.md", "python")
    (answer,) = blocks("notebooks/README.md", "text")
    program = program.replace("http://127.0.0.1:8000/sparql", live_endpoint)
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == answer


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["version"] == __version__ == metadata.version("teixit")
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f'owl:versionInfo "{__version__}"' in (paths.ONTOLOGY / "teixit.ttl").read_text("utf-8")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_locked_dependency_has_its_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    assert "://" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda lock: lock.parent.name)
def test_every_package_for_a_browser_has_its_version_its_hash_and_no_address(lock: Path) -> None:
    held = json.loads(lock.read_text("utf-8"))["packages"]
    assert "://" not in re.sub(r'"url": "[^"]*"', "", lock.read_text("utf-8"))
    project = json.loads((lock.parent / "package.json").read_text("utf-8"))
    asked = {**project.get("dependencies", {}), **project["devDependencies"]}
    assert asked == {name: held[f"node_modules/{name}"]["version"] for name in asked}
    for name, package in held.items():
        assert not name or package["integrity"].startswith("sha512-"), name


def test_what_is_asked_for_is_what_is_locked() -> None:
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    asked = {re.match(r"[\w.-]+", name)[0] for name in PROJECT["dependencies"]}  # type: ignore[index]
    assert asked <= locked


def test_the_package_carries_the_knowledge() -> None:
    for folder in (paths.ONTOLOGY, paths.QUESTIONS, paths.DATA, paths.SOURCE, paths.SHAPES):
        assert any(folder.iterdir()), folder
    scripts = {entry.name for entry in metadata.distribution("teixit").entry_points}
    assert scripts == {"teixit"}
