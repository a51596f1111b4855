"""The content of a file that a stranger wrote, as far as it is read at all."""

from pathlib import Path

from teixit.errors import SourceError


def content(file: Path, limit: int) -> bytes:
    """Read a file of *limit* bytes at most, once: it may be a pipe.

    Raises:
        SourceError: It cannot be read, or is longer.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        raise SourceError(file, 1, error.strerror or "unreadable", "a file") from error
    if len(raw) > limit:
        raise SourceError(file, 1, f"a file of over {limit >> 20} MiB", "one page")
    return raw
