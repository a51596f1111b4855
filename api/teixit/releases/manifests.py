"""What a release is, and what tells that its files are whole."""

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final, Self

from teixit.errors import ReleaseError

MANIFEST: Final = "manifest.json"
DATA: Final = "data.nq.gz"
STORE: Final = "store"
#: The layout of releases, as :mod:`teixit.releases` describes it.
FORMAT: Final = 1
#: Of pointers and manifests no more is read: the manifest of a terabyte is shorter.
_LONGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileMark:
    """What tells that a file is whole.

    Args:
        size: In bytes.
        sha256: As hexadecimal digits.
    """

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is.

    Args:
        created: When it was made, in UTC, as ISO 8601.
        software: Who made it: Teixit and its version.
        engine: The engine that made the store, and its version.
        data: SHA-256 of the canonical dump, before its compression: the version of the data.
        quads: How many statements, counted once for each graph that they are in.
        triples: How many of them are in the default graph.
        graphs: How many named graphs there are.
        shapes: How many findings of each severity there were, or None if nobody looked.
        files: The files of the release, by their paths in it, but for the manifest.
    """

    created: str
    software: str
    engine: str
    data: str
    quads: int
    triples: int
    graphs: int
    shapes: Mapping[str, int] | None
    files: Mapping[str, FileMark]

    def written(self) -> bytes:
        """Give the manifest as JSON."""
        return f"{json.dumps({'format': FORMAT, **asdict(self)}, indent=1)}\n".encode()

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of the release in *folder*, whose name vouches for it.

        Raises:
            ReleaseError: It is damaged, or of a layout that this version does not know.
        """
        file = folder / MANIFEST
        written = content(file)
        if not folder.name.endswith(f"-{fingerprint(written)}"):
            raise ReleaseError(f"{file}: is not what was published")
        told = json.loads(written)
        if told.pop("format") != FORMAT:
            raise ReleaseError(f"{file}: is of a newer layout; serve it with a newer Teixit")
        told["files"] = {path: FileMark(**mark) for path, mark in told["files"].items()}
        return cls(**told)


def fingerprint(manifest: bytes) -> str:
    """Give the part of a release's name that vouches for its manifest."""
    return hashlib.sha256(manifest).hexdigest()[:12]


def mark_of(file: Path) -> FileMark:
    """Read the whole of *file*.

    Raises:
        ReleaseError: It cannot be read.
    """
    with _opened(file) as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return FileMark(stream.tell(), sha256)


def size_of(file: Path) -> int:
    """Give the size of *file* in bytes, if it can be read.

    Raises:
        ReleaseError: It cannot.
    """
    with _opened(file) as stream:
        return os.fstat(stream.fileno()).st_size


def content(file: Path) -> bytes:
    """Read a small file.

    Raises:
        ReleaseError: It cannot be read.
    """
    with _opened(file) as stream:
        return stream.read(_LONGEST)


def files_of(folder: Path, inside: str = "") -> Iterator[str]:
    """List the files in *folder*, as a manifest calls them, itself among them.

    Raises:
        ReleaseError: A folder cannot be read.
    """
    try:
        with os.scandir(folder / inside) as entries:
            found = list(entries)
    except OSError as error:
        raise ReleaseError(f"{folder / inside}: cannot be read: {error.strerror}") from error
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from files_of(folder, f"{inside}{entry.name}/")
        else:
            yield inside + entry.name


@contextmanager
def _opened(file: Path) -> Iterator[BufferedReader]:
    try:
        with open(file, "rb", opener=_regular) as stream:
            yield stream
    except OSError as error:
        raise ReleaseError(f"{file}: cannot be read: {error.strerror}") from error


def _regular(path: str, flags: int) -> int:
    """Open a file and nothing else: a pipe would keep us waiting, a link lead elsewhere."""
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "is no file")
    return descriptor
