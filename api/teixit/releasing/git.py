"""The Git repository that a checkout is of, asked and changed by the command ``git``."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teixit.errors import ReleaseError
from teixit.exporting.shelf import VERSION

#: What would have Git look at another repository, as it is set while a hook runs.
_ELSEWHERE: Final = frozenset(
    {"GIT_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"}
)


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """A file that is not as it was committed.

    Args:
        name: Its path from the root.
        state: ``new``, ``changed``, ``removed``, or in ``conflict``.
    """

    name: str
    state: str


class Repository:
    """A repository and its working tree.

    Args:
        root: The top of the working tree.

    Raises:
        ReleaseError: There is no Git, or *root* is not the top of a working tree.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            top = self.ask("rev-parse", "--show-toplevel").removesuffix("\n")
        except ReleaseError as error:
            raise ReleaseError(f"{error}; this needs a clone of the project") from error
        if Path(top).resolve() != root.resolve():
            raise ReleaseError(f"{root}: is no clone of the project, and this needs one")
        #: Where Git keeps what is of this working tree alone.
        self.folder = Path(self.ask("rev-parse", "--absolute-git-dir").removesuffix("\n"))

    def ask(self, *words: str, text: str = "", settings: Mapping[str, str] | None = None) -> str:
        """Give what ``git`` answers.

        Args:
            words: What it is called with.
            text: What it reads from its standard input.
            settings: Variables of its environment.

        Raises:
            ReleaseError: It refuses, or is not installed.
        """
        ours = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                ["git", "-c", "core.quotePath=off", *words],  # noqa: S607 - where it is, it is
                cwd=self.root,
                env={**ours, "LC_ALL": "C.UTF-8", "GIT_OPTIONAL_LOCKS": "0", **(settings or {})},
                input=text,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="surrogateescape",
                check=False,
            )
        except OSError as error:
            raise ReleaseError(f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            said = " ".join(done.stderr.split()) or f"ended with status {done.returncode}"
            raise ReleaseError(f"{self.root}: git {words[0]}: {said}")
        return done.stdout

    def head(self) -> str:
        """Give the commit that the working tree is of.

        Raises:
            ReleaseError: There is none yet.
        """
        return self.commit_of("HEAD")

    def commit_of(self, revision: str) -> str:
        """Give the commit that *revision* names.

        Raises:
            ReleaseError: There is no such commit.
        """
        return self.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()

    def uncommitted(self) -> list[Uncommitted]:
        """List the files that are not as they were committed, but for those that are ignored."""
        told = self.ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
        entries = told.split("\0")[:-1]
        return sorted(
            (Uncommitted(entry[3:], _state(entry[:2])) for entry in entries),
            key=lambda file: file.name,
        )

    def releases(self) -> dict[str, str]:
        """Give the tags of releases that led here, by their numbers: ``vX.Y.Z``."""
        tags = self.ask("tag", "--list", "v*", "--merged", "HEAD").split()
        return {tag[1:]: tag for tag in tags if VERSION.fullmatch(tag[1:])}

    def has_tag(self, tag: str) -> bool:
        """Say whether there is a *tag* of that name."""
        return bool(self.ask("tag", "--list", tag).strip())

    def copy(self, revision: str, place: Path) -> Path:
        """Write all files of *revision* to ``tree`` in the folder *place*, beside their index."""
        settings = {"GIT_INDEX_FILE": str(place / "index")}
        self.ask("read-tree", revision, settings=settings)
        tree = place / "tree"
        tree.mkdir()
        self.ask("checkout-index", "--all", f"--prefix={tree}/", settings=settings)
        return tree


def _state(letters: str) -> str:
    if "U" in letters or letters in {"AA", "DD"}:
        return "conflict"
    if letters == "??" or "A" in letters:
        return "new"
    return "removed" if "D" in letters else "changed"
