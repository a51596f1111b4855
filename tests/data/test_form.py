"""Each file has the one form: a fact is a line, and what two people change is merged by Git."""

import subprocess
from pathlib import Path

import pytest

from teixit import conclusions, paths, trig
from teixit.catalogue import questions, void

FILES = sorted(paths.DATA.rglob("*.trig"))
PROJECT = "    id:project-coopolis\n"
MADE = [conclusions.FILE, questions.FILE, void.FILE]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_in_the_form_that_tidy_gives_it(file: Path) -> None:
    text = file.read_text("utf-8")
    assert trig.tidied(text, file) == text


class Repository:
    """A real one, of some of our data, in which two people change what they like."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
            self.git("config", name, value)
        attributes = Path(__file__).parents[2] / ".gitattributes"
        (folder / ".gitattributes").write_bytes(attributes.read_bytes())
        (folder / "data").mkdir()
        for file in (paths.DATA / "projects.trig", *MADE):
            (folder / "data" / file.name).write_bytes(file.read_bytes())
        self.commit()

    def git(self, *words: str, status: int = 0) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    def commit(self) -> None:
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=a change")

    def change(self, branch: str, name: str, before: str, after: str) -> None:
        self.git("switch", "--quiet", "--force-create", branch, "main")
        file = self.folder / "data" / name
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(trig.tidied(text.replace(before, after, 1), name), "utf-8")
        self.commit()

    def read(self, name: str) -> str:
        return (self.folder / "data" / name).read_text("utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def graph(extract: str) -> str:
    return f"id:extract-{extract} {{\n\n{PROJECT}"


def test_a_fact_that_is_added_is_one_line_of_the_diff(repository: Repository) -> None:
    block = graph("bcn-coop-historia")
    repository.change("a", "projects.trig", block, f'{block} skos:altLabel "Z"@ca ;\n')
    lines = repository.git("diff", "--unified=0", "main", "--", "data").splitlines()
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    assert changed == ['+        skos:altLabel "Z"@ca ;']


def test_what_two_people_add_in_two_places_is_merged(repository: Repository) -> None:
    for branch, extract in (("a", "bcn-coop-historia"), ("b", "bcn-coop-projecte")):
        block = graph(extract)
        repository.change(
            branch, "projects.trig", block, f'{block} skos:altLabel "{branch}"@ca ;\n'
        )
    repository.git("merge", "--quiet", "a")
    merged = repository.read("projects.trig")
    assert '"a"@ca' in merged
    assert '"b"@ca' in merged
    assert trig.tidied(merged, "projects.trig") == merged


def test_a_line_that_two_people_change_is_a_conflict_of_that_line(repository: Repository) -> None:
    for branch in "ab":
        repository.change(branch, "projects.trig", '"Coòpolis BCN"@ca', f'"{branch}"@ca')
    repository.git("merge", "--quiet", "a", status=1)
    _, _, after = repository.read("projects.trig").partition("<<<<<<< HEAD\n")
    assert after.partition(">>>>>>>")[0].splitlines() == [
        '        skos:altLabel "b"@ca ;',
        "=======",
        '        skos:altLabel "a"@ca ;',
    ]


@pytest.mark.parametrize("file", MADE, ids=lambda file: file.name)
def test_a_file_that_is_made_is_left_whole_and_to_be_made_anew(
    repository: Repository, file: Path
) -> None:
    subject = trig.tidied(file.read_text("utf-8"), file).index("rdfs:label")
    label = file.read_text("utf-8")[subject:].splitlines()[0]
    for branch in "ab":
        repository.change(branch, file.name, label, f'rdfs:label "{branch}"@ca ;')
    ours = repository.read(file.name)
    repository.git("merge", "--quiet", "a", status=1)
    assert repository.read(file.name) == ours
    assert repository.git("diff", "--name-only", "--diff-filter=U") == f"data/{file.name}\n"


def test_an_answer_is_not_merged_either(repository: Repository) -> None:
    told = repository.git("check-attr", "merge", "--", "ontology/questions/cq01.csv")
    assert told == "ontology/questions/cq01.csv: merge: unset\n"
