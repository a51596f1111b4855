import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from teixit.errors import ReleaseError
from teixit.exporting import MANIFEST, Contents, Exported, ExportedFile, Shelf

FILE = ExportedFile.of("teixit.nq", ("graph", "All", "application/n-quads"), b"content")


def release(shelf: Path, version: str, folder: str = "") -> Path:
    """Write a release of one file."""
    place = shelf / (folder or version)
    place.mkdir(parents=True)
    contents = Contents(version, "2026-01-01", "2026-01-02", "data", "hash", 1, 1, (FILE,))
    (place / MANIFEST).write_bytes(contents.written())
    (place / FILE.name).write_bytes(b"content")
    return place


def test_releases_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for version in ("0.10.0", "0.9.1", "0.9.0"):
        release(tmp_path, version)
    (tmp_path / "notes").mkdir()
    shelf = Shelf.of(tmp_path)
    assert [*shelf.releases] == ["0.9.0", "0.9.1", "0.10.0"]
    assert shelf.newest is shelf.releases["0.10.0"]
    assert shelf.before("0.9.1") == ("0.9.0",)
    assert shelf.before("0.9.0") == ()
    assert all(release.kept for release in shelf.releases.values())
    assert shelf.newest.contents.file("teixit.nq") == FILE
    assert shelf.newest.contents.file("other") is None


def test_an_empty_shelf_has_nothing(tmp_path: Path) -> None:
    assert Shelf.of(tmp_path).newest is None


def test_what_was_published_under_a_number_stays(tmp_path: Path) -> None:
    kept = Shelf.of(release(tmp_path / "kept", "1.0.0").parent)
    for version, is_kept in (("1.0.0", True), ("1.1.0", False)):
        current = Exported.read(release(tmp_path / "current", version), kept=False)
        found = kept.with_current(current).newest
        assert found
        assert (found.version, found.kept) == (version, is_kept)


def test_a_release_in_a_folder_of_another_number_is_refused(tmp_path: Path) -> None:
    release(tmp_path, "1.0.0", "2.0.0")
    with pytest.raises(ReleaseError, match=r"holds version 1\.0\.0"):
        Shelf.of(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be read: No such file"):
        Shelf.of(tmp_path / "none")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda place: (place / FILE.name).write_bytes(b"short"), "5 bytes instead of 7"),
        (lambda place: (place / FILE.name).unlink(), "cannot be read"),
        (lambda place: (place / MANIFEST).unlink(), "cannot be read"),
        (lambda place: (place / MANIFEST).write_text("{}"), "no manifest"),
        (lambda place: (place / MANIFEST).write_text("[]"), "no manifest"),
    ],
)
def test_a_damaged_release_is_refused(tmp_path: Path, damage: object, message: str) -> None:
    place = release(tmp_path, "1.0.0")
    damage(place)  # type: ignore[operator]
    with pytest.raises(ReleaseError, match=message):
        Shelf.of(tmp_path)


def test_a_version_that_is_no_number_is_refused(tmp_path: Path) -> None:
    place = release(tmp_path, "1.0.0")
    (place / MANIFEST).write_bytes(replace(Contents.read(place), version="1.0").written())
    with pytest.raises(ReleaseError, match=r"expected X\.Y\.Z"):
        Exported.read(place, kept=True)
    shutil.rmtree(place)
