"""A small checkout in a real repository of Git, which the command works on in its own process."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from teixit import paths

PROJECT = Path(__file__).parents[3]
#: What a small checkout has of ours: enough to conclude, to ask, to describe and to check.
OURS = (
    "ontology/teixit.ttl",
    "ontology/projects.ttl",
    "ontology/rules/districts-touched.rq",
    "ontology/questions/cq01-measures-of-the-line.rq",
    "shapes/shapes.ttl",
    "shapes/projects.ttl",
)
FACTS = """# A made-up project, for tests.

@prefix id: <https://w3id.org/teixit/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

id:translation-en {

    id:project-one
        a skos:Concept ;
        rdfs:label "Project one"@en ;
    .
}
"""
#: Its answer has the number of the release.
QUESTION = """#+ title@ca: Quina versió és?
#+ title@es: ¿Qué versión es?
#+ title@en: Which version is it?
#+ about: evidence

PREFIX owl: <http://www.w3.org/2002/07/owl#>

SELECT ?version
WHERE { ?ontology owl:versionInfo ?version }
"""
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n- A first project.\n"


class Checkout:
    """A working tree, its repository, and the command as it is run there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.facts = root / "data" / "facts.trig"

    def git(self, *words: str) -> str:
        return subprocess.check_output(["git", *words], cwd=self.root, text=True)

    def commit(self, message: str = "a change") -> None:
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", message)

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "teixit", *words]
        return subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "TEIXIT_ROOT": str(self.root), **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    def count(self) -> None:
        """Make anew what counts the others."""
        assert self.run("describe", "void", "--out", "data/void.trig").returncode == 0

    def make(self) -> None:
        """Make what is made, and keep the answers."""
        assert self.run("conclude", "--out", "data/conclusions.trig").returncode == 0
        told = self.run("describe", "questions", "--out", "data/questions.trig")
        assert told.returncode == 0
        self.count()
        for question in (self.root / "ontology" / "questions").glob("*.rq"):
            question.with_suffix(".csv").write_text(self.run("ask", question.stem).stdout, "utf-8")

    def change(self, before: str, after: str, name: str = "data/facts.trig") -> None:
        file = self.root / name
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), "utf-8")

    def seen(self) -> dict[str, bytes | str]:
        """All that a release may change: files, commits, tags, and what Git thinks of them."""
        found: dict[str, bytes | str] = {
            file.relative_to(self.root).as_posix(): file.read_bytes()
            for file in sorted(self.root.rglob("*"))
            if file.is_file() and ".git" not in file.parts
        }
        for words in (("status", "--porcelain"), ("log", "--format=%H"), ("tag",)):
            found[" ".join(words)] = self.git(*words)
        return found


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which all is committed and nothing is in the way of a first release."""
    checkout = Checkout(tmp_path_factory.mktemp("template") / "teixit")
    for name in OURS:
        (checkout.root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(paths.ROOT / name, checkout.root / name)
    for name in ("pyproject.toml", "codemeta.json", ".gitattributes", ".gitignore"):
        shutil.copy(PROJECT / name, checkout.root / name)
    checkout.facts.parent.mkdir()
    checkout.facts.write_text(FACTS, "utf-8")
    question = checkout.root / "ontology" / "questions" / "cq02-version.rq"
    question.write_text(QUESTION, "utf-8")
    (checkout.root / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    checkout.make()
    checkout.git("init", "--quiet", "--initial-branch=main")
    for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
        checkout.git("config", name, value)
    checkout.commit("the beginning")
    return checkout.root


@pytest.fixture
def checkout(template: Path, tmp_path: Path) -> Checkout:
    return Checkout(Path(shutil.copytree(template, tmp_path / "teixit")))
