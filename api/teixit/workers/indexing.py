"""The process that makes the index of a graph, for searches, and ends.

It is started as a program. It reads the files of a graph from beginning to end, without a store,
or asks the server that has it; and yields to all who ask the service meanwhile.
"""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import Quad, RdfFormat, parse

from teixit import releases, searching, store
from teixit.errors import KnowledgeError, TeixitError
from teixit.releases.manifests import DATA
from teixit.searching import Statement, of_quads, of_store
from teixit.workers.limits import Limits
from teixit.workers.sources import Source

_NICE: Final = 10


def main(file: str, source: str, limits: str) -> int:
    """Write the index of the *source* into *file*; 1 where it cannot be.

    Args:
        file: It is not there yet.
        source: As :meth:`Source.written` gives it, in JSON.
        limits: As :meth:`Limits.written` gives them, in JSON.
    """
    os.nice(_NICE)
    try:
        statements, version = _statements(
            Source.read(json.loads(source)), Limits.read(json.loads(limits))
        )
        searching.build(statements, Path(file), version)
    except TeixitError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _statements(source: Source, limits: Limits) -> tuple[Iterator[Statement], str]:
    """Give what the index is made of, and the version of the data."""
    match source.kind:
        case "shipped":
            files = store.knowledge_files()
            quads = chain.from_iterable(map(store.read, files))
            return of_quads(quads), store.data_version(files)
        case "files":
            files = [Path(file) for file in source.files]
            quads = chain.from_iterable(map(store.read_as_is, files))
            return of_quads(quads), store.data_version(files)
        case "release":
            release = releases.current(Path(source.folder), source.without)
            return of_quads(_dumped(release)), release.manifest.data
    found = source.open(limits)
    return of_store(found.connect()), found.version


def _dumped(release: releases.Release) -> Iterator[Quad]:
    """Read the dump of a *release*, which nobody removes meanwhile.

    Raises:
        KnowledgeError: It is damaged.
    """
    file = release.folder / DATA
    try:
        with gzip.open(file) as stream:
            yield from parse(cast("IO[bytes]", stream), RdfFormat.N_QUADS)
    except (OSError, EOFError, SyntaxError) as error:
        raise KnowledgeError(f"{file}: is damaged: {error}") from error


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
