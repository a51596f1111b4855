import subprocess
from pathlib import Path

import pytest

from teixit.errors import ReleaseError
from teixit.releasing.git import Repository, Uncommitted


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.check_output(["git", *who, *words], cwd=folder, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "clone"
    place.mkdir()
    git(place, "init", "--quiet", "--initial-branch=main")
    for name in ("à.txt", "kept.txt", "removed.txt", "both.txt"):
        (place / name).write_text(name, "utf-8")
    git(place, "add", ".")
    git(place, "commit", "--quiet", "--message=one")
    return place


def test_what_is_not_committed_is_told_with_its_state(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create=other")
    (folder / "both.txt").write_text("theirs", "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=theirs")
    git(folder, "switch", "--quiet", "main")
    (folder / "both.txt").write_text("ours", "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, "merge", "--quiet", "other")
    (folder / "à.txt").write_text("changed", "utf-8")
    (folder / "removed.txt").unlink()
    (folder / "new one.txt").touch()
    (folder / "added.txt").touch()
    git(folder, "add", "added.txt")
    assert Repository(folder).uncommitted() == [
        Uncommitted("added.txt", "new"),
        Uncommitted("both.txt", "conflict"),
        Uncommitted("new one.txt", "new"),
        Uncommitted("removed.txt", "removed"),
        Uncommitted("à.txt", "changed"),
    ]


def test_the_releases_are_the_tags_that_led_here(folder: Path) -> None:
    for tag in ("v0.2.0", "v1", "v1.2.3-rc1", "v0.10.0", "other", "v01.0.0"):
        git(folder, "tag", tag)
    git(folder, "switch", "--quiet", "--create=other")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=two")
    git(folder, "tag", "v9.9.9")
    git(folder, "switch", "--quiet", "main")
    repository = Repository(folder)
    assert repository.releases() == {"0.2.0": "v0.2.0", "0.10.0": "v0.10.0"}
    assert repository.has_tag("v9.9.9")
    assert not repository.has_tag("v9.9.8")


def test_a_copy_has_what_was_committed_and_leaves_all_as_it_is(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "à.txt").write_text("changed", "utf-8")
    before = git(folder, "status", "--porcelain")
    place = tmp_path / "place"
    place.mkdir()
    tree = Repository(folder).copy("HEAD", place)
    assert {file.name: file.read_text("utf-8") for file in tree.iterdir()} == {
        name: name for name in ("à.txt", "kept.txt", "removed.txt", "both.txt")
    }
    assert git(folder, "status", "--porcelain") == before


def test_another_repository_is_not_asked_though_a_hook_names_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "no"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert Repository(folder).uncommitted() == []


@pytest.mark.parametrize("name", [".", "clone/inside"])
def test_a_folder_that_is_no_clone_is_told_in_a_line(
    folder: Path, tmp_path: Path, name: str
) -> None:
    (folder / "inside").mkdir()
    with pytest.raises(ReleaseError) as raised:
        Repository(tmp_path / name)
    assert str(raised.value).startswith(str(tmp_path / name))
    assert "clone of the project" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_without_git_it_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReleaseError, match="git cannot be run: No such file or directory"):
        Repository(folder)


def test_a_commit_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(ReleaseError, match="git rev-parse"):
        Repository(tmp_path).head()
