"""The canonical dump: all statements of some files, each once and sorted, as N-Quads.

It is made of what the files say and not of a store, which writes literals anew (``"007"``
becomes ``7``). The same files give the same bytes: blank nodes are numbered as they come.
N-Quads: RDF 1.1 N-Quads, with the spelling of canonical N-Triples.
"""

import errno
import gzip
import hashlib
import heapq
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

#: So many lines are sorted in memory: about 100 MB of typical statements.
RUN: Final = 500_000
#: So many are read at a time: more do not fit in the processor's memory.
_CHUNK: Final = 1000
#: Half the time of the usual level, for a tenth more bytes: dumps repeat themselves.
_COMPRESSION: Final = 3
#: What is between the terms of a line, and blank nodes.
_TERM: Final = re.compile(rb'<[^<>]*>|"(?:[^"\\]|\\.)*"|_:([^ ]+)')
#: A line without the name of a graph.
_IN_DEFAULT: Final = re.compile(
    rb'^[^ ]+ [^ ]+ (?:"(?:[^"\\\n]|\\.)*"[^ ]*|[^ "]+|<<\(.*\)>>) \.$', re.MULTILINE
)


@dataclass(frozen=True)
class Dump:
    """What was written.

    Args:
        version: SHA-256 of the lines, before their compression, as hexadecimal digits.
        quads: How many lines.
        triples: How many of them are in the default graph.
        graphs: How many named graphs they are in.
    """

    version: str
    quads: int
    triples: int
    graphs: int


def write(
    sources: Iterable[Iterable[Quad]],
    target: Path,
    scratch: Path,
    spilled: Callable[[Path, int], None] = lambda _file, _lines: None,
    run: int = RUN,
) -> Dump:
    """Write the dump of *sources* to *target*, compressed with gzip.

    Args:
        sources: The statements of each file; what two files call by the same blank node is two.
        target: The file to write; its name says that it is compressed.
        scratch: An empty folder for what does not fit in memory. It is left there.
        spilled: Is told of each file of sorted N-Quads in *scratch* that together hold all
            statements, if there are more than fit in memory, and of how many lines it has;
            here a statement may still be there twice.
        run: How many lines are sorted in memory.

    Raises:
        OSError: A file cannot be written.
        KnowledgeError: What reading *sources* raises.
    """
    runs = _Runs(scratch, spilled, run)
    for number, quads in enumerate(sources, start=1):
        for chunk in _chunks(quads, runs.graphs):
            runs.add(_numbered(chunk, number, runs.blank_nodes))
        runs.blank_nodes.clear()
    return _write(runs, target)


def load(file: Path) -> Store:
    """Load a dump into memory, all of it or nothing.

    Raises:
        OSError: It cannot be read, or is not what was written.
    """
    store = Store()
    try:
        with gzip.open(file) as stream:
            store.load(input=cast("IO[bytes]", stream), format=RdfFormat.N_QUADS)
    except (EOFError, SyntaxError, zlib.error) as error:
        raise OSError(errno.EIO, f"is damaged: {error}") from error
    return store


def _chunks(quads: Iterable[Quad], graphs: set[object]) -> Iterator[bytes]:
    """Give *quads* as lines, and note their graphs."""
    statements = iter(quads)
    while chunk := list(islice(statements, _CHUNK)):
        graphs.update(quad.graph_name for quad in chunk)
        yield serialize(chunk, format=RdfFormat.N_QUADS) or b""


def _numbered(chunk: bytes, source: int, known: dict[bytes, bytes]) -> bytes:
    """Name the blank nodes of *chunk* by source and number."""
    if b"_:" not in chunk:
        return chunk

    def name(term: re.Match[bytes]) -> bytes:
        label = term[1]
        if label is None:
            return term[0]
        return known.setdefault(label, b"_:b%dn%d" % (source, len(known)))

    return _TERM.sub(name, chunk)


class _Runs:
    """The lines, in sorted pieces: all but the last in files."""

    def __init__(self, scratch: Path, spilled: Callable[[Path, int], None], run: int) -> None:
        self.graphs: set[object] = set()
        self.blank_nodes: dict[bytes, bytes] = {}
        self._scratch, self._spilled, self._run = scratch, spilled, run
        self._files: list[Path] = []
        self._lines: list[bytes] = []

    def add(self, chunk: bytes) -> None:
        """Keep the lines of *chunk*."""
        self._lines += chunk.splitlines(keepends=True)
        if len(self._lines) >= self._run:
            self._spill()

    def sorted(self) -> Iterator[bytes]:
        """Give each line once, in order."""
        if self._files:
            self._spill()
        self._lines.sort()
        opened = [file.open("rb") for file in self._files]
        try:
            for line, _ in groupby(heapq.merge(self._lines, *opened)):
                yield line
        finally:
            for file in opened:
                file.close()

    def _spill(self) -> None:
        self._lines.sort()
        file = self._scratch / f"{len(self._files):06}.nq"
        with file.open("wb") as stream:
            stream.writelines(self._lines)
        self._files.append(file)
        self._spilled(file, len(self._lines))
        self._lines.clear()


def _write(runs: _Runs, target: Path) -> Dump:
    """Write the lines, and count and hash them on the way."""
    version, quads, triples = hashlib.sha256(), 0, 0
    default = DefaultGraph() in runs.graphs
    graphs = len(runs.graphs) - default
    lines = runs.sorted()
    with (
        target.open("wb") as stream,
        gzip.GzipFile("", "wb", _COMPRESSION, stream, mtime=0) as packed,
    ):
        while batch := list(islice(lines, _CHUNK)):
            text = b"".join(batch)
            version.update(text)
            packed.write(text)
            quads += len(batch)
            if default and graphs:
                triples += sum(1 for _ in _IN_DEFAULT.finditer(text))
    if default and not graphs:
        triples = quads
    return Dump(version.hexdigest(), quads, triples, graphs)
