"""A release is put in place, or it is as if nobody had tried, whichever step is the last."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from teixit.errors import ReleaseError
from teixit.releasing import placing
from teixit.releasing.git import Repository
from teixit.releasing.placing import Placing

PLACER = """
import sys
from pathlib import Path
from teixit.errors import ReleaseError
from teixit.releasing.git import Repository
from teixit.releasing.placing import Placing
root, place, exported, commit = sys.argv[1:]
try:
    Placing(Repository(Path(root)), Path(place)).put("1.0.0", Path(exported), commit=bool(commit))
except (OSError, ReleaseError) as error:
    sys.exit(f"{error}")
"""
FILES = {"a.txt": "a", "b/b.txt": "b", "c.txt": "c"}
CHANGED = {"a.txt": "A", "b/b.txt": "B", "c.txt": "c"}


class Tree:
    """A repository, and beside Git's folder a release that is to be put in place."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "clone"
        self.root.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
            self.git("config", name, value)
        for name, text in FILES.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(text, "utf-8")
        (self.root / ".gitignore").write_text("/exported/\n", "utf-8")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=one")
        self.repository = Repository(self.root)
        self.exported = self.root / "exported" / "1.0.0"
        self.place = self.repository.folder / "place"
        self.prepare()
        self.before = self.seen()

    def prepare(self) -> None:
        self.place.mkdir()
        tree = self.repository.copy("HEAD", self.place)
        for name, text in CHANGED.items():
            (tree / name).write_text(text, "utf-8")
        (self.place / "exported").mkdir()
        for name in ("manifest.json", "teixit.nq"):
            (self.place / "exported" / name).write_text("{}", "utf-8")

    def git(self, *words: str) -> str:
        return subprocess.check_output(["git", *words], cwd=self.root, text=True)

    def put(self, *, commit: bool) -> list[str]:
        return Placing(self.repository, self.place).put("1.0.0", self.exported, commit=commit)

    def seen(self) -> tuple[dict[str, str], list[str], str, str, str]:
        files = {name: (self.root / name).read_text("utf-8") for name in FILES}
        exported = [file.name for file in self.root.glob("exported/*/*")]
        told = self.git("status", "--porcelain"), self.git("log", "--format=%H"), self.git("tag")
        return files, sorted(exported), *told


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_the_files_and_the_folder_take_their_places(tree: Tree) -> None:
    assert tree.put(commit=False) == ["a.txt", "b/b.txt"]
    files, exported, status, log, tags = tree.seen()
    assert (files, exported) == (CHANGED, ["manifest.json", "teixit.nq"])
    assert (status, tags) == (" M a.txt\n M b/b.txt\n", "")
    assert log == tree.before[3]
    assert not tree.place.exists()


def test_with_a_commit_all_is_committed_and_tagged(tree: Tree) -> None:
    tree.put(commit=True)
    files, _, status, log, tags = tree.seen()
    assert (files, status, tags) == (CHANGED, "", "v1.0.0\n")
    assert log.splitlines()[1:] == tree.before[3].splitlines()
    assert tree.git("log", "-1", "--format=%s %an") == "Release 1.0.0 A\n"
    assert tree.git("cat-file", "-t", "v1.0.0") == "tag\n"
    assert tree.git("rev-parse", "v1.0.0^{commit}", "main").splitlines() == [log.split()[0]] * 2
    assert tree.git("show", "--format=", "--name-only") == "a.txt\nb/b.txt\n"
    tree.git("fsck", "--strict")


def test_another_disk_may_hold_the_exported_release(tree: Tree) -> None:
    elsewhere = Path("/dev/shm") / f"teixit-{os.getpid()}"  # noqa: S108 - another disk
    assert Path("/dev/shm").stat().st_dev != tree.root.stat().st_dev  # noqa: S108
    tree.exported = elsewhere / "1.0.0"
    try:
        tree.put(commit=False)
        assert [folder.name for folder in elsewhere.iterdir()] == ["1.0.0"]
        assert (tree.exported / "teixit.nq").read_text("utf-8") == "{}"
    finally:
        shutil.rmtree(elsewhere)


@pytest.mark.parametrize("commit", [False, True])
def test_what_hinders_the_last_step_undoes_the_others(tree: Tree, *, commit: bool) -> None:
    (tree.exported / "other").mkdir(parents=True)
    with pytest.raises(OSError, match="not empty"):
        tree.put(commit=commit)
    assert tree.seen() == (tree.before[0], ["other"], *tree.before[2:])


def test_a_tag_that_came_in_between_undoes_all(tree: Tree) -> None:
    tree.git("tag", "v1.0.0")
    tree.git("update-ref", "refs/heads/v", "HEAD")
    (tree.repository.folder / "refs" / "heads" / "main.lock").touch()
    with pytest.raises(ReleaseError, match="update-ref"):
        tree.put(commit=True)
    assert tree.seen()[:4] == tree.before[:4]


def test_nobody_to_sign_the_tag_is_an_error_before_anything_is_done(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "")
    with pytest.raises(ReleaseError, match="git commit-tree: "):
        tree.put(commit=True)
    assert tree.seen() == tree.before


RENAMES = 4  # the journal, two files, the folder
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EROFS")
CASES = [
    (call, number, FAULTS[(number + commit + place) % len(FAULTS)], bool(commit))
    for place, (call, times) in enumerate((("rename", RENAMES), ("fsync", 2), ("unlink", 1)))
    for number in range(1, times + 1)
    for commit in (0, 1)
]


def broken_off(tree: Tree, call: str, number: int, fault: str, *, commit: bool) -> int:
    """Put the release in place in a process in which a call of the system fails."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not here")
    strace = ["strace", "-f", "-qq", "-o", tree.root.parent / "calls.txt", "-e", f"trace={call}"]
    inject = ["-e", f"inject={call}:{fault}:when={number}"]
    order = [sys.executable, "-B", "-c", PLACER, tree.root, tree.place, tree.exported]
    alone = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [*strace, *inject, *order, "yes" if commit else ""],
        capture_output=True,
        text=True,
        check=False,
        env=alone,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode


@pytest.mark.parametrize(("call", "number", "fault", "commit"), CASES)
def test_all_or_nothing_whichever_step_fails(
    tree: Tree, call: str, number: int, fault: str, *, commit: bool
) -> None:
    status = broken_off(tree, call, number, fault, commit=commit)
    calls = (tree.root.parent / "calls.txt").read_text("utf-8")
    assert "(INJECTED)" in calls or "killed by SIGKILL" in calls
    (tree.repository.folder / "refs" / "heads" / "main.lock").unlink(missing_ok=True)
    for lock in tree.repository.folder.rglob("*.lock"):  # of a git that was killed
        lock.unlink()
    placing.mend(tree.repository, tree.place)
    assert not placing.begun(tree.place)
    files, exported, told, log, tags = tree.seen()
    if log != tree.before[3] or (status == 0 and not commit):
        assert (files, exported) == (CHANGED, ["manifest.json", "teixit.nq"])
        assert (told, tags) == (("", "v1.0.0\n") if commit else (" M a.txt\n M b/b.txt\n", ""))
    else:
        assert tree.seen() == tree.before
        shutil.rmtree(tree.place, ignore_errors=True)
        tree.prepare()
        tree.put(commit=commit)
        assert tree.seen()[0] == CHANGED


def halfway(tree: Tree) -> None:
    """Leave a release of which one file is in its place, as a process that was killed does."""
    broken_off(tree, "rename", 3, "signal=KILL", commit=False)
    assert placing.begun(tree.place)
    assert tree.seen()[0] == CHANGED | {"b/b.txt": "b"}


def test_what_was_changed_since_is_not_overwritten(tree: Tree) -> None:
    halfway(tree)
    (tree.root / "b" / "b.txt").write_text("mine", "utf-8")
    with pytest.raises(ReleaseError, match=r"b/b\.txt: was changed since the release 1\.0\.0"):
        placing.mend(tree.repository, tree.place)
    tree.git("checkout", "--quiet", "b/b.txt")
    assert placing.mend(tree.repository, tree.place) == "1.0.0"
    assert tree.seen() == tree.before


def test_whoever_has_gone_on_from_it_is_left_alone(tree: Tree) -> None:
    halfway(tree)
    tree.git("commit", "--quiet", "--all", "--message=mine")
    assert placing.mend(tree.repository, tree.place) == "1.0.0"
    assert tree.seen()[0] == CHANGED | {"b/b.txt": "b"}
    assert placing.mend(tree.repository, tree.place) is None


@pytest.mark.parametrize("lost", ["tag", "index"])
def test_a_release_whose_commit_is_made_is_brought_to_its_end(tree: Tree, lost: str) -> None:
    broken_off(tree, "rename", 4, "signal=KILL", commit=True)
    journal = placing.Journal.read(tree.place)
    assert journal is not None
    for name, text in CHANGED.items():
        (tree.root / name).write_text(text, "utf-8")
    tree.git("update-ref", "refs/heads/main", journal.commit)
    if lost == "index":
        tree.git("update-ref", "refs/tags/v1.0.0", journal.tag)
    assert placing.mend(tree.repository, tree.place) == "1.0.0"
    assert tree.seen()[2:] == ("", tree.git("log", "--format=%H"), "v1.0.0\n")


def test_a_tag_without_its_commit_is_taken_away(tree: Tree) -> None:
    broken_off(tree, "rename", 4, "signal=KILL", commit=True)
    journal = placing.Journal.read(tree.place)
    assert journal is not None
    tree.git("update-ref", "refs/tags/v1.0.0", journal.tag)
    placing.mend(tree.repository, tree.place)
    assert tree.seen() == tree.before
