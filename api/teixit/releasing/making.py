"""A release, made in a copy of the checkout: what fails there leaves the checkout as it was."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teixit.errors import ReleaseError
from teixit.exporting import tables
from teixit.releasing import changelog, headers, last, made, numbering, placing, status
from teixit.releasing.changelog import Changelog
from teixit.releasing.git import Repository

#: Runs :mod:`teixit.releasing.staged`, which is told the rest of the command.
_STAGED: Final = "import sys; from teixit.releasing import staged; staged.main(*sys.argv[1:])"
_LOCK: Final = f"{status.PLACE}.lock"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A release.

    Args:
        version: Its number, ``X.Y.Z``.
        day: Its day, as an ISO 8601 date.
        exported: The folder that the exported release is put in, under its number.
        parquet: Whether it has Parquet files.
        commit: Whether it is committed and tagged.
    """

    version: str
    day: str
    exported: Path
    parquet: bool = True
    commit: bool = False

    @property
    def folder(self) -> Path:
        """Where the exported release is put."""
        return self.exported.absolute() / self.version


def release(root: Path, wanted: Wanted, say: Say = lambda _: None) -> list[str]:
    """Make a release of the checkout *root*, all of it or nothing.

    Args:
        root: The top of its working tree.
        wanted: What is released.
        say: Is told of each step.

    Returns:
        The files that have changed.

    Raises:
        SettingError: Another base is set than that of our files.
        ReleaseError: It cannot be made. The checkout is as it was.
        KnowledgeError: A file does not parse. The checkout is as it was.
    """
    made.require_our_base()
    numbering.read(wanted.version)
    repository = Repository(root)
    try:
        with _alone(repository) as (place, lock):
            if broken := placing.mend(repository, place):
                say(f"mended: the release {broken}, which was broken off")
            _refuse(repository, wanted)
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            try:
                return _make(repository, wanted, place, lock, say)
            finally:
                if not placing.begun(place):
                    shutil.rmtree(place, ignore_errors=True)
    except OSError as error:
        raise ReleaseError(
            f"{error.filename or root}: {error.strerror}; all is as it was"
        ) from error


def _make(repository: Repository, wanted: Wanted, place: Path, lock: int, say: Say) -> list[str]:
    tree = repository.copy("HEAD", place)
    headers.write(tree, wanted.version, wanted.day)
    dated = Changelog.read(tree).dated(wanted.version, wanted.day)
    (tree / changelog.FILE).write_bytes(dated.encode())
    _work(tree, place / "exported", lock, say, parquet=wanted.parquet)
    files = placing.Placing(repository, place).put(
        wanted.version, wanted.folder, commit=wanted.commit
    )
    say(f"put in place: {len(files)} files, and {wanted.folder}")
    return files


def _work(tree: Path, exported: Path, lock: int, say: Say, *, parquet: bool) -> None:
    """Have a process make and check what is in the copy, and export it.

    It holds the lock too: where this process is killed, the next release waits for the end of it.
    """
    command = [sys.executable, "-c", _STAGED, str(exported), "yes" if parquet else "no"]
    settings = {**os.environ, "TEIXIT_ROOT": str(tree)}
    log = exported.with_name("errors.txt")
    with (
        log.open("wb") as errors,
        subprocess.Popen(  # noqa: S603 - our own words
            command,
            env=settings,
            pass_fds=[lock],
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as process,
    ):
        for line in process.stdout or ():
            say(line.removesuffix("\n"))
    if process.returncode:
        wrong = log.read_text("utf-8").splitlines() or [f"ended by signal {-process.returncode}"]
        raise ReleaseError(f"{wrong[-1]}; all is as it was")


def _refuse(repository: Repository, wanted: Wanted) -> None:
    """Look at all that can be seen before anything is made.

    Raises:
        ReleaseError: It is in the way of a release.
    """
    if files := repository.uncommitted():
        raise ReleaseError(
            f"{files[0].name}: is not committed ({len(files)} in all); see teixit status"
        )
    if wanted.folder.exists():
        raise ReleaseError(f"{wanted.folder}: is there; a release stays as it is for ever")
    _refuse_number(repository, wanted)
    if not Changelog.read(repository.root).says_something:
        raise ReleaseError(f"{changelog.FILE}: says nothing under Unreleased of what has changed")
    if wanted.parquet:
        tables.require_parquet()
    if stale := made.stale():
        raise ReleaseError(
            f"{stale[0]}: is not what would be made now; make it anew with make data, and commit it"
        )
    if wrong := [*made.wrong_answers()]:
        raise ReleaseError(
            f"{wrong[0]}: its answer is not the one that is kept ({len(wrong)} in all);"
            " read what differs after make answers, and commit it"
        )


def _refuse_number(repository: Repository, wanted: Wanted) -> None:
    if repository.has_tag(f"v{wanted.version}"):
        raise ReleaseError(f"v{wanted.version}: is released; take another number")
    before = last.find(repository, wanted.exported)
    reasons = numbering.reasons(last.changes(repository, before)) if before else []
    least = status.least(before, reasons)
    if numbering.read(wanted.version) < numbering.read(least):
        why = f": {reasons[0].what}, {reasons[0].thing.iri}" if reasons else ""
        raise ReleaseError(f"{wanted.version}: expected at least {least}{why}; see teixit status")


@contextmanager
def _alone(repository: Repository) -> Iterator[tuple[Path, int]]:
    """Give the folder to make a release in, and the lock that keeps others out."""
    descriptor = os.open(repository.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield repository.folder / status.PLACE, descriptor
    except BlockingIOError as error:
        raise ReleaseError(
            f"{repository.root}: another release is being made; try again when it has ended"
        ) from error
    finally:
        os.close(descriptor)
