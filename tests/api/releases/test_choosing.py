import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal

from teixit import releases
from teixit.errors import ReleaseError
from teixit.releases import Release, choosing

Publish = Callable[..., Release]


def version_of(release: Release) -> str:
    """The version that all statements of *release* say they are of; it must be one."""
    store = release.open()
    said = {quad.object.value for quad in store if isinstance(quad.object, Literal)}
    assert len(store) == release.manifest.quads
    (version,) = said
    return version


@pytest.mark.parametrize("on_disk", [False, True])
def test_what_is_published_is_served(tmp_path: Path, publish: Publish, *, on_disk: bool) -> None:
    published = publish(tmp_path / "out", "one", on_disk=on_disk)
    release = releases.current(tmp_path / "out")
    assert (release.name, release.passed_over) == (published.name, ())
    assert release.name == releases.pointed(tmp_path / "out")
    assert release.on_disk is on_disk
    assert version_of(release) == "one"
    releases.verify(release)


def test_a_folder_without_releases_is_refused(tmp_path: Path) -> None:
    said = f"^{tmp_path}: nothing is published here; `teixit publish --to {tmp_path}` does$"
    with pytest.raises(ReleaseError, match=said):
        releases.current(tmp_path)
    (tmp_path / "releases").mkdir()
    with pytest.raises(ReleaseError, match=said):
        releases.current(tmp_path)


def test_a_folder_whose_releases_are_gone_is_refused(tmp_path: Path, publish: Publish) -> None:
    release = publish(tmp_path, "one")
    release.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(ReleaseError, match=r": no release can be served: .* is missing; publish a"):
        releases.current(tmp_path)
    (tmp_path / "releases").rmdir()
    with pytest.raises(ReleaseError, match=r"releases: cannot be read: No such file or directory$"):
        releases.current(tmp_path)


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "releases").write_bytes(b"")
    with pytest.raises(ReleaseError, match=r"releases: cannot be read: Not a directory$"):
        releases.current(tmp_path)


def test_a_release_that_is_known_to_be_damaged_is_passed_over(
    tmp_path: Path, publish: Publish
) -> None:
    publish(tmp_path, "one")
    bad = publish(tmp_path, "two")
    release = releases.current(tmp_path, without={bad.name})
    assert version_of(release) == "one"
    assert release.passed_over == (f"{bad.folder}: is damaged",)
    with pytest.raises(ReleaseError, match="no release can be served"):
        releases.current(tmp_path, without={bad.name, release.name})


def test_a_release_that_was_taken_back_is_not_served_again(
    tmp_path: Path, publish: Publish
) -> None:
    first = publish(tmp_path, "one")
    publish(tmp_path, "two")
    (tmp_path / "current").write_text(f"{first.name}\n", "ascii")
    assert version_of(releases.current(tmp_path)) == "one"
    (first.folder / "data.nq.gz").unlink()
    with pytest.raises(ReleaseError, match=r"data\.nq\.gz: is missing; publish again$"):
        releases.current(tmp_path)


def test_a_layout_to_come_is_said(tmp_path: Path, publish: Publish) -> None:
    release = publish(tmp_path, "one")
    manifest = release.folder / "manifest.json"
    text = manifest.read_bytes().replace(b'"format": 1', b'"format": 2')
    manifest.write_bytes(text)
    name = f"{release.name[:-12]}{releases.manifests.fingerprint(text)}"
    release.folder.rename(release.folder.with_name(name))
    (tmp_path / "current").write_text(f"{name}\n", "ascii")
    with pytest.raises(ReleaseError, match="is of a newer layout; serve it with a newer Teixit"):
        releases.current(tmp_path)


def test_a_pointer_that_moves_meanwhile_is_followed(
    tmp_path: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a publication does that keeps one release: the old one goes while it is being read.
    publish(tmp_path, "one")
    real = choosing.read

    def read_late(folder: Path) -> Release:
        monkeypatch.setattr(choosing, "read", real)
        (folder / "data.nq.gz").unlink()
        publish(tmp_path, "two")
        return real(folder)

    monkeypatch.setattr(choosing, "read", read_late)
    release = releases.current(tmp_path)
    assert (version_of(release), release.passed_over) == ("two", ())


# --- damages -------------------------------------------------------------------------------------

Damage = Callable[[Path], None]

#: The files of a release with a store, as patterns; each is there once at least.
FILES: Final = (
    "manifest.json",
    "data.nq.gz",
    "store/CURRENT",
    "store/MANIFEST-*",
    "store/OPTIONS-*",
    "store/IDENTITY",
    "store/*.sst",
)
PLACES: Final = (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.999)


def flip(place: float, bit: int) -> Damage:
    def damage(file: Path) -> None:
        text = bytearray(file.read_bytes())
        text[int(place * len(text))] ^= 1 << bit
        file.write_bytes(text)

    return damage


def cut(place: float) -> Damage:
    return lambda file: os.truncate(file, int(place * file.stat().st_size))


def grow(file: Path) -> None:
    with file.open("ab") as stream:
        stream.write(b"\n")


def zeroed(file: Path) -> None:
    # What a file system may leave after a loss of power: the right length, and nothing there.
    file.write_bytes(bytes(file.stat().st_size))


def into_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def into_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def into_link(file: Path) -> None:
    elsewhere = file.rename(file.parents[3] / "elsewhere")
    file.symlink_to(elsewhere)


def into_another(file: Path) -> None:
    """Put the file of the release before in its place."""
    place = next(folder for folder in file.parents if folder.parent.name == "releases")
    before = min(place.parent.iterdir())
    found = next(before.glob(f"{file.relative_to(place).parent}/{file.name[:6]}*{file.suffix}"))
    assert found.read_bytes() != file.read_bytes()
    file.write_bytes(found.read_bytes())


DAMAGES: Final = {
    **{f"bit {n % 8} at {place}": flip(place, n % 8) for n, place in enumerate(PLACES)},
    **{f"cut at {place}": cut(place) for place in PLACES[::2]},
    "grown": grow,
    "zeroed": zeroed,
    "gone": Path.unlink,
    "a folder": into_folder,
    "a pipe": into_pipe,
    "a link": into_link,
}
CASES: Final = [
    *((pattern, name) for pattern in FILES for name in DAMAGES),
    *((pattern, "of another") for pattern in ("manifest.json", "data.nq.gz", "store/IDENTITY")),
]


@pytest.mark.parametrize(("pattern", "name"), CASES)
def test_a_damaged_release_is_not_served(folder: Path, pattern: str, name: str) -> None:
    bad = releases.current(folder)
    (file, *_) = sorted(bad.folder.glob(pattern))
    damage = into_another if name == "of another" else DAMAGES[name]
    damage(file)
    release = releases.current(folder)
    assert version_of(release) == "one"
    (said,) = release.passed_over
    assert said.startswith(f"{file}")
    assert "\n" not in said


@pytest.mark.parametrize("extra", ["more.nq", "store/000099.log", "store/000099.sst", "old/data"])
def test_a_file_too_many_is_damage(folder: Path, extra: str) -> None:
    bad = releases.current(folder)
    file = bad.folder / extra
    file.parent.mkdir(exist_ok=True)
    file.touch()
    release = releases.current(folder)
    assert version_of(release) == "one"
    assert release.passed_over == (f"{file}: is no part of the release",)


POINTERS: Final = {
    "empty": b"",
    "no name": b"latest\n",
    "a path": b"../../etc\n",
    "binary": bytes(range(256)),
    "endless": b"x" * 2_000_000,
    "cut": b"20261122T",
    "two lines": b"20261122T220035.316Z-93f09b45cb9f\n20261122T220035.316Z-93f09b45cb9f\n",
}


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_damaged_pointer_leaves_the_newest_release(folder: Path, pointer: str) -> None:
    (folder / "current").write_bytes(POINTERS[pointer])
    release = releases.current(folder)
    assert version_of(release) == "two"
    assert release.passed_over == (f"{folder}/current: names no release",)


@pytest.mark.parametrize("name", [name for name in DAMAGES if name != "grown"])
def test_a_pointer_with_any_damage_leaves_a_whole_release(folder: Path, name: str) -> None:
    pointer = folder / "current"
    if name == "a link":
        pointer.rename(folder / "elsewhere")
        pointer.symlink_to("elsewhere")
    else:
        DAMAGES[name](pointer)
    release = releases.current(folder)
    assert release.passed_over or name == "cut at 0.999"  # the end of the line is all that goes
    assert version_of(release) in {"one", "two"}


def test_a_name_of_no_release_leaves_the_one_before(tmp_path: Path, publish: Publish) -> None:
    publish(tmp_path, "one")
    (tmp_path / "current").write_text("29991231T235959.999Z-0123456789ab\n", "ascii")
    release = releases.current(tmp_path)
    assert version_of(release) == "one"
    assert release.passed_over[0].endswith("0123456789ab: is missing")


def test_a_release_under_the_name_of_another_is_not_served(
    tmp_path: Path, publish: Publish
) -> None:
    first, second = publish(tmp_path, "one"), publish(tmp_path, "two")
    beside = first.folder.with_name("beside")
    first.folder.rename(beside)
    second.folder.rename(first.folder)
    beside.rename(second.folder)
    with pytest.raises(ReleaseError, match=r"(manifest\.json: is not what was published.*){2}"):
        releases.current(tmp_path)


def test_what_is_damaged_after_it_was_checked_is_said(tmp_path: Path, publish: Publish) -> None:
    for on_disk, name in ((False, "data.nq.gz"), (True, "store/CURRENT")):
        release = publish(tmp_path, "one", on_disk=on_disk)
        DAMAGES["cut at 0.5"](release.folder / name)
        with pytest.raises(ReleaseError, match=rf"^{release.folder}: cannot be opened: .+$"):
            release.open()


def test_of_a_great_release_the_bulk_is_compared_later(
    tmp_path: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "HASHED_AT_START", 500)
    monkeypatch.setattr(choosing, "_HASHED_ALWAYS", 500)
    publish(tmp_path, "one", on_disk=True)
    (table, *_) = sorted(releases.current(tmp_path).folder.glob("store/*.sst"))
    flip(0.5, 3)(table)
    release = releases.current(tmp_path)
    assert release.passed_over == ()
    with pytest.raises(ReleaseError, match=rf"^{table}: is not what was published$"):
        releases.verify(release)
    cut(0.5)(table)
    with pytest.raises(ReleaseError, match=rf"{table}: is not what was published"):
        releases.current(tmp_path)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user whose rights are checked, which those of root are not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("name", ["manifest.json", "data.nq.gz", "store/CURRENT", "store", "."])
def test_what_may_not_be_read_is_not_served(publish: Publish, name: str) -> None:
    with tempfile.TemporaryDirectory() as place:  # that others may enter, unlike ``tmp_path``
        folder = Path(place)
        folder.chmod(0o755)
        publish(folder, "one")
        bad = publish(folder, "two", on_disk=True)
        (bad.folder / name).chmod(0)
        with nobody():
            release = releases.current(folder)
            assert version_of(release) == "one"
        assert release.passed_over[0].endswith(": cannot be read: Permission denied")
        assert str(bad.folder / name) in release.passed_over[0]
        bad.folder.chmod(0o755)
        (bad.folder / name).chmod(0o755)
