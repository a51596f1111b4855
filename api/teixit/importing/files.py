"""The content of a file that a stranger wrote, as far as it is read at all."""

from pathlib import Path

from teixit.errors import SourceError


def beginning(file: Path, size: int = 512) -> bytes:
    """Read the first bytes of a file.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise SourceError(file, 1, error.strerror or "unreadable", "a file") from error


def content(file: Path, limit: int) -> bytes:
    """Read a file of *limit* bytes at most.

    Raises:
        SourceError: It cannot be read, or is longer.
    """
    raw = beginning(file, limit + 1)
    if len(raw) > limit:
        raise SourceError(file, 1, f"a file of over {limit >> 20} MiB", "one page")
    return raw
