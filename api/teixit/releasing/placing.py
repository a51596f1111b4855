"""A release put in its place: its files, its folder, its commit and its tag, or none of them.

What is to be done is written down before anything is. Whoever comes after a process that was
killed undoes what that did, or ends it where the commit was made; :func:`mend` is the first thing
that the next release does.
"""

import errno
import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

from teixit.errors import ReleaseError
from teixit.exporting import MANIFEST
from teixit.releasing.git import Repository

_JOURNAL: Final = "journal.json"
_BEFORE: Final = "before"
_TREE: Final = "tree"
_EXPORTED: Final = "exported"


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be done.

    Args:
        files: The files that change, by their paths from the root, each with the SHA-256 of what
            is there until then and from then on.
        exported: Where the exported release is put.
        manifest: The SHA-256 of its manifest.
        version: Its number.
        head: The commit that the working tree is of until then.
        commit: The commit that is made of it; empty where none is.
        tag: The object of its tag; empty where none is.
    """

    files: dict[str, tuple[str, str]]
    exported: str
    manifest: str
    version: str
    head: str
    commit: str = ""
    tag: str = ""

    @classmethod
    def read(cls, place: Path) -> Self | None:
        """Read the journal in the folder *place*; none where nothing was begun."""
        try:
            said = json.loads((place / _JOURNAL).read_bytes())
        except FileNotFoundError:
            return None
        files = {name: (old, new) for name, (old, new) in said.pop("files").items()}
        return cls(files, **said)

    def write(self, place: Path) -> None:
        """Write it to the folder *place*, and have the disk keep it and all that it speaks of."""
        beside = place / f".{_JOURNAL}"
        beside.write_text(json.dumps(asdict(self)), "utf-8")
        both = [place / folder / name for name in self.files for folder in (_BEFORE, _TREE)]
        for path in (beside, *both, *(place / _EXPORTED).rglob("*")):
            _sync(path)
        beside.rename(place / _JOURNAL)
        _sync(place)


class Placing:
    """Puts in place what was made in a folder.

    Args:
        repository: What it is a release of.
        place: The folder, on the disk of the working tree.

    The folder has

    * ``tree/``: the files of the checkout as they are to be;
    * ``exported/``: the exported release;
    * ``index``: Git's, for the files of ``tree/``.
    """

    def __init__(self, repository: Repository, place: Path) -> None:
        self._repository, self._place = repository, place

    def put(self, version: str, exported: Path, *, commit: bool) -> list[str]:
        """Put the release in place, and give the names of the files that have changed.

        Raises:
            ReleaseError: It cannot be. All is as it was.
            OSError: The same.
        """
        journal = self._journal(version, exported, commit=commit)
        for name in journal.files:
            before = self._place / _BEFORE / name
            before.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._repository.root / name, before)
        journal.write(self._place)
        try:
            self._carry_out(journal)
            _forget(self._place)
        except BaseException:
            mend(self._repository, self._place)
            raise
        return [*journal.files]

    def _journal(self, version: str, exported: Path, *, commit: bool) -> Journal:
        root, tree = self._repository.root, self._place / _TREE
        copied = [path.relative_to(tree) for path in sorted(tree.rglob("*")) if path.is_file()]
        hashes = {name.as_posix(): (_hash(root / name), _hash(tree / name)) for name in copied}
        journal = Journal(
            files={name: (old, new) for name, (old, new) in hashes.items() if old != new},
            exported=str(exported),
            manifest=_hash(self._place / _EXPORTED / MANIFEST),
            version=version,
            head=self._repository.head(),
        )
        if not commit:
            return journal
        made = self._commit(journal.head, version)
        return replace(journal, commit=made, tag=self._tag(made, version))

    def _commit(self, parent: str, version: str) -> str:
        """Make the commit, which nothing names yet."""
        settings = {"GIT_INDEX_FILE": str(self._place / "index")}
        ask = self._repository.ask
        ask(f"--work-tree={self._place / 'tree'}", "add", "--update", ".", settings=settings)
        tree = ask("write-tree", settings=settings).strip()
        return ask("commit-tree", "-p", parent, "-m", f"Release {version}", tree).strip()

    def _tag(self, commit: str, version: str) -> str:
        """Make the tag, which nothing names yet."""
        tagger = self._repository.ask("var", "GIT_COMMITTER_IDENT").strip()
        head = f"object {commit}\ntype commit\ntag v{version}\ntagger {tagger}"
        return self._repository.ask("mktag", text=f"{head}\n\nRelease {version}\n").strip()

    def _carry_out(self, journal: Journal) -> None:
        for name in journal.files:
            (self._place / _TREE / name).replace(self._repository.root / name)
        exported = Path(journal.exported)
        _move(self._place / _EXPORTED, exported)
        for path in {self._repository.root / name for name in journal.files} | {exported}:
            _sync(path.parent)
        if journal.commit:
            _name(self._repository, journal)


def begun(place: Path) -> bool:
    """Say whether a release was broken off while it was put in place."""
    return (place / _JOURNAL).exists()


def mend(repository: Repository, place: Path) -> str | None:
    """Undo a release that was broken off, or end it where its commit is made.

    Args:
        repository: Where it was made.
        place: The folder that it was made in.

    Returns:
        The number of the release, where there was anything to do.

    Raises:
        ReleaseError: A file has been changed since by somebody else.
    """
    journal = Journal.read(place)
    if journal is None:
        return None
    head = repository.head()
    if head == journal.commit:
        _name(repository, journal)
    elif head == journal.head:  # or somebody has gone on from what there was
        _undo(repository, place, journal)
    _forget(place)
    return journal.version


def _undo(repository: Repository, place: Path, journal: Journal) -> None:
    changed = [
        name
        for name, hashes in journal.files.items()
        if _hash(repository.root / name) not in hashes
    ]
    if changed:
        raise ReleaseError(
            f"{changed[0]}: was changed since the release {journal.version} was broken off; put it"
            f" back with git checkout {changed[0]}, and try again"
        )
    for name, (_, new) in journal.files.items():
        if _hash(repository.root / name) == new:
            (place / _BEFORE / name).replace(repository.root / name)
    exported = Path(journal.exported)
    shutil.rmtree(_beside(exported), ignore_errors=True)
    if _hash(exported / MANIFEST) == journal.manifest:
        exported.rename(_beside(exported))
        shutil.rmtree(_beside(exported))
    if journal.tag and repository.has_tag(f"v{journal.version}"):
        repository.ask("tag", "--delete", f"v{journal.version}")


def _name(repository: Repository, journal: Journal) -> None:
    """Have the branch and the tag name what was made, both at once, and Git know the files."""
    lines = [f"update HEAD {journal.commit}"]
    if not repository.has_tag(f"v{journal.version}"):
        lines.append(f"create refs/tags/v{journal.version} {journal.tag}")
    orders = "\n".join(["start", *lines, "prepare", "commit", ""])
    said = f"teixit release {journal.version}"
    repository.ask("update-ref", "-m", said, "--stdin", text=orders)
    repository.ask("reset", "--quiet")


def _move(folder: Path, to: Path) -> None:
    """Put a folder in its place at once, be it on another disk."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.rename(to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copytree(folder, _beside(to))
        _beside(to).rename(to)


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.releasing")


def _forget(place: Path) -> None:
    (place / _JOURNAL).unlink()
    shutil.rmtree(place, ignore_errors=True)


def _hash(file: Path) -> str:
    with suppress(FileNotFoundError):
        return hashlib.sha256(file.read_bytes()).hexdigest()
    return ""


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
