"""Writing a change to the files: whole or not at all, and never over what somebody else wrote."""

import difflib
import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from teixit.editing import turtle
from teixit.editing.drafts import Change
from teixit.editing.knowledge import WRITTEN, Knowledge, read_text
from teixit.errors import KnowledgeError


class ChangedError(KnowledgeError):
    """Somebody else has written to the files since the form was made."""


def texts(knowledge: Knowledge, change: Change) -> dict[str, str]:
    """Give what would stand in each file that changes.

    Raises:
        KnowledgeError: A file is written in a way that cannot be changed without loss.
    """
    found = {}
    for name in WRITTEN:
        gone = [quad for quad, file in change.removed.items() if file == name]
        new = [quad for quad, file in change.added.items() if file == name]
        if gone or new:
            found[name] = turtle.edited(knowledge.texts[name], gone, new, knowledge.folder / name)
    return found


def difference(knowledge: Knowledge, would: Mapping[str, str]) -> str:
    """Show what would change as ``git diff`` does."""
    lines: list[str] = []
    for name, text in would.items():
        before = knowledge.texts[name].splitlines(keepends=True)
        place = f"data/{name}"
        after = text.splitlines(keepends=True)
        lines += difflib.unified_diff(before, after, f"a/{place}", f"b/{place}", n=3)
    return "".join(lines)


def write(knowledge: Knowledge, would: Mapping[str, str]) -> None:
    """Put *would* in place of the files.

    Each file is replaced in one step, so that nobody reads half of one.

    Raises:
        ChangedError: A file is no longer as *knowledge* read it; nothing has been written.
        KnowledgeError: A file cannot be written.
    """
    with _alone(knowledge.folder):
        for name, text in knowledge.texts.items():
            if read_text(knowledge.folder / name) != text:
                raise ChangedError(f"{knowledge.folder / name}: has changed meanwhile")
        made: list[tuple[Path, Path]] = []
        try:
            for name, text in would.items():
                made.append((_beside(knowledge.folder / name, text), knowledge.folder / name))
            for new, file in made:
                new.replace(file)
        except OSError as error:
            raise KnowledgeError(f"{knowledge.folder}: cannot be written: {error}") from error
        finally:
            for new, _ in made:
                new.unlink(missing_ok=True)


def _beside(file: Path, text: str) -> Path:
    """Write *text* into a new file beside *file*, with the permissions of that."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
        os.fchmod(descriptor, file.stat().st_mode & 0o777)
    return Path(name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other form write to *folder* meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
