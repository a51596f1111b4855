"""The folder that releases are published to: one publication at a time, and nothing by halves."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from teixit import releases
from teixit.errors import ReleaseError
from teixit.publishing.building import Built
from teixit.releases.choosing import CURRENT, RELEASES, names
from teixit.releases.manifests import MANIFEST, files_of, fingerprint

#: These are left by a publication that was killed; the next one removes them.
_BUILDING: Final = ".building"
_POINTER: Final = ".current"
_REMOVED: Final = ".removed-"
_LOCK: Final = ".lock"
_TIME: Final = "%Y%m%dT%H%M%S.%f"


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Give an empty folder to make a release in, and keep other publications out.

    Raises:
        ReleaseError: There is another publication.
        OSError: The folder cannot be written.
    """
    place = folder / RELEASES / _BUILDING
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(folder, descriptor)
        _clean(folder)
        place.mkdir()
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(descriptor)


def statements(folder: Path) -> int:
    """Tell how many statements the release has that is served now."""
    try:
        return releases.current(folder).manifest.quads
    except ReleaseError:
        return 0


def put(folder: Path, place: Path, built: Built) -> str:
    """Make what is in *place* the current release of *folder*, and give its name.

    Each step is on the disk before the next one is taken, so that a machine that loses its
    power has the release before or this one.

    Raises:
        OSError: The folder cannot be written.
    """
    created = _after(names(folder))
    manifest = built.manifest(place, created).written()
    (place / MANIFEST).write_bytes(manifest)
    name = f"{created.strftime(_TIME)[:-3]}Z-{fingerprint(manifest)}"
    files = [place / file for file in files_of(place)]
    for path in {*files, *(file.parent for file in files)}:
        _sync(path)
    place.rename(folder / RELEASES / name)
    _sync(folder / RELEASES)
    point(folder, name)
    return name


def point(folder: Path, name: str) -> None:
    """Make the release *name* the current one of *folder*.

    Raises:
        OSError: The folder cannot be written.
    """
    beside = folder / _POINTER
    beside.write_text(f"{name}\n", "ascii")
    _sync(beside)
    beside.rename(folder / CURRENT)
    _sync(folder)


def remove_old(folder: Path, keep: int) -> None:
    """Remove all releases but the newest *keep*, the current one and those in use."""
    current = releases.pointed(folder)
    for name in names(folder)[keep:]:
        if name != current:
            _remove(folder / RELEASES / name)


def _remove(release: Path) -> None:
    """Remove a release, if nobody uses it; what cannot be removed is left to the next time."""
    gone = release.with_name(f"{_REMOVED}{release.name}")
    with suppress(OSError):
        descriptor = os.open(release, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            release.rename(gone)
        finally:
            os.close(descriptor)
        shutil.rmtree(gone)


def _lock(folder: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ReleaseError(
            f"{folder}: another publication is under way; try again when it has ended"
        ) from error


def _clean(folder: Path) -> None:
    """Remove what is left of publications that were killed."""
    for entry in (folder / RELEASES).iterdir():
        if entry.name == _BUILDING or entry.name.startswith(_REMOVED):
            shutil.rmtree(entry)


def _after(existing: list[str]) -> datetime:
    """Give the time, later than that of all releases there are, whatever the clock says."""
    now = datetime.now(UTC)
    now -= timedelta(microseconds=now.microsecond % 1000)  # which names do not say
    if not existing:
        return now
    newest = datetime.strptime(existing[0].partition("Z")[0], _TIME).replace(tzinfo=UTC)
    return max(now, newest + timedelta(milliseconds=1))


def _sync(path: Path) -> None:
    """Have the disk keep what is in a file, or which files are in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
