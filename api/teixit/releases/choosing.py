"""Which release is served: the current one, or the newest before it that is whole."""

import fcntl
import os
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from teixit.errors import ReleaseError
from teixit.releases import dumps
from teixit.releases.manifests import (
    DATA,
    MANIFEST,
    STORE,
    Manifest,
    content,
    files_of,
    mark_of,
    size_of,
)

CURRENT: Final = "current"
RELEASES: Final = "releases"
#: The names of releases: sorted, they are in the order of their making.
NAME: Final = re.compile(r"\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{12}")
#: A release of up to so many bytes is hashed as a whole before it is served.
HASHED_AT_START: Final = 128 << 20
#: Of a greater one, the files of up to so many: those that say what the others are.
_HASHED_ALWAYS: Final = 1 << 20


class _Use:
    """Keeps a release from being removed, as long as this object lives or a process forked off.

    Args:
        folder: The folder of the release; the shared lock on it needs no right to write.

    Raises:
        OSError: The folder is not there, or about to be removed.
    """

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def __del__(self) -> None:
        with suppress(AttributeError):  # there was nothing to open
            os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class Release:
    """A release in its folder. While this is kept, nobody removes it.

    Args:
        folder: Its own folder.
        manifest: What it is.
        passed_over: What is wrong with those that should have been served in its place.
    """

    folder: Path
    manifest: Manifest
    passed_over: tuple[str, ...]
    _use: _Use

    @property
    def name(self) -> str:
        """What ``current`` calls it."""
        return self.folder.name

    @property
    def on_disk(self) -> bool:
        """Whether it is served from its own store on disk, and not from memory."""
        return any(file.startswith(f"{STORE}/") for file in self.manifest.files)

    def open(self) -> Store:
        """Load the graph into memory, or open the store on disk to read it.

        A store on disk brings threads along, so it is opened after a fork, in each process.
        Keep the release as long as its store is asked.

        Raises:
            ReleaseError: It has been damaged since it was checked.
        """
        try:
            if self.on_disk:
                return Store.read_only(str(self.folder / STORE))
            return dumps.load(self.folder / DATA)
        except (OSError, RuntimeError) as error:  # the engine has both for a damaged store
            reason = " ".join(str(error).split())
            raise ReleaseError(f"{self.folder}: cannot be opened: {reason}") from error


def pointed(folder: Path) -> str:
    """Give the name of the release that *folder* says is served. Watch it for changes.

    Raises:
        ReleaseError: It says nothing that is the name of a release.
    """
    pointer = folder / CURRENT
    name = content(pointer).decode("latin-1").removesuffix("\n")
    if not NAME.fullmatch(name):
        raise ReleaseError(f"{pointer}: names no release")
    return name


def names(folder: Path) -> list[str]:
    """List the releases in *folder*, the newest first.

    Raises:
        ReleaseError: The folder cannot be read.
    """
    try:
        found = [entry.name for entry in (folder / RELEASES).iterdir()]
    except OSError as error:
        raise ReleaseError(f"{folder / RELEASES}: cannot be read: {error.strerror}") from error
    return sorted(filter(NAME.fullmatch, found), reverse=True)


def current(folder: Path, without: Collection[str] = ()) -> Release:
    """Choose the release to serve: the current one, or the newest before it that is whole.

    Args:
        folder: Where releases are published to.
        without: Names of releases that are known to be damaged.

    Raises:
        ReleaseError: None is whole. The message says what is wrong with each.
    """
    if not _is_begun(folder):
        said = f"nothing is published here; `teixit publish --to {folder}` does"
        raise ReleaseError(f"{folder}: {said}")
    while True:
        problems: list[str] = []
        pointer, candidates = _candidates(folder, problems)
        chosen = _first_good(folder, candidates, without, problems)
        # What was wrong may be that a publication has put another in its place meanwhile.
        if not problems or _candidates(folder, [])[0] == pointer:
            break
    if chosen is None:
        said = "; ".join(problems)
        raise ReleaseError(f"{folder}: no release can be served: {said}; publish again")
    return replace(chosen, passed_over=tuple(problems))


def read(folder: Path) -> Release:
    """Read what the release in *folder* is, and compare its files with that.

    Of a release of more than :data:`HASHED_AT_START` bytes only the sizes of the greater files
    are compared; :func:`verify` compares the rest.

    Raises:
        ReleaseError: It is damaged. The message names the file.
    """
    try:
        use = _Use(folder)
    except OSError as error:
        raise ReleaseError(f"{folder}: cannot be read: {error.strerror}") from error
    release = Release(folder, Manifest.read(folder), (), use)
    size = sum(mark.size for mark in release.manifest.files.values())
    _compare(release, size if size <= HASHED_AT_START else _HASHED_ALWAYS)
    return release


def verify(release: Release) -> None:
    """Compare each byte of *release* with what was published; this reads all its files.

    Raises:
        ReleaseError: It is damaged. The message names the file.
    """
    _compare(release, max(mark.size for mark in release.manifest.files.values()))


def _is_begun(folder: Path) -> bool:
    """Say whether anything was published to *folder*, as far as can be seen."""
    if os.path.lexists(folder / CURRENT):
        return True
    try:
        return any(NAME.fullmatch(entry.name) for entry in (folder / RELEASES).iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True  # what it is that cannot be read is told by whoever reads it


def _candidates(folder: Path, problems: list[str]) -> tuple[str | None, list[str]]:
    """Read the pointer, and list what may be served, the best first."""
    name = None
    try:
        # Before the list is made: what was published since is then in it, if not pointed to.
        name = pointed(folder)
    except ReleaseError as error:
        problems.append(str(error))
    found = names(folder)
    if name is None:
        return None, found
    if name not in found:
        problems.append(f"{folder / RELEASES / name}: is missing")
        return name, found
    return name, [other for other in found if other <= name]


def _first_good(
    folder: Path, candidates: list[str], without: Collection[str], problems: list[str]
) -> Release | None:
    for name in candidates:
        place = folder / RELEASES / name
        if name in without:
            problems.append(f"{place}: is damaged")
            continue
        try:
            return read(place)
        except ReleaseError as error:
            problems.append(str(error))
    return None


def _compare(release: Release, most: int) -> None:
    """Compare the files with their marks; those of up to *most* bytes, byte for byte."""
    marks = release.manifest.files
    found = frozenset(files_of(release.folder)) - {MANIFEST}
    for path in sorted(found ^ marks.keys()):
        problem = "is no part of the release" if path in found else "is missing"
        raise ReleaseError(f"{release.folder / path}: {problem}")
    for path, mark in marks.items():
        file = release.folder / path
        whole = mark_of(file) == mark if mark.size <= most else size_of(file) == mark.size
        if not whole:
            raise ReleaseError(f"{file}: is not what was published")
