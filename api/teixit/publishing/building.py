"""A release, made in a folder of its own, and what may keep it from being published."""

import gzip
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad

from teixit import __version__, store, validation
from teixit.errors import ReleaseError
from teixit.findings import Severity
from teixit.publishing.loading import StoreLoader
from teixit.releases import dumps
from teixit.releases.dumps import Dump
from teixit.releases.manifests import DATA, STORE, Manifest, files_of, mark_of

#: Above so many statements a release has a store on disk.
ON_DISK_FROM: Final = 2_000_000
#: How many releases are kept, the new one among them.
KEPT: Final = 3
#: Up to so many statements the shapes are checked. The faster engine takes 258 s of the processor
#: for them, and 4.2 GB, nearly all of it the graph in rdflib: memory is what bounds it, not time.
CHECKED: Final = 1_000_000

#: What is needed only while the release is made.
_SCRATCH: Final = "scratch"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is published, and how.

    Args:
        files: RDF files, which are published as they are (:func:`teixit.store.load_files`);
            without any, all that Teixit ships, with the merge of its graphs as default graph.
        unchecked: Whether the shapes are left aside.
        force: Whether the graph may have less than half the statements of the one before.
        keep: How many releases are kept, the new one among them.
        on_disk_from: Above how many statements a release has a store on disk.
    """

    files: tuple[Path, ...] = ()
    unchecked: bool = False
    force: bool = False
    keep: int = KEPT
    on_disk_from: int = ON_DISK_FROM


@dataclass(frozen=True, slots=True)
class Built:
    """What was made of the files.

    Args:
        dump: What is in the canonical dump.
        shapes: How many findings of each severity there are, or None if nobody looked.
    """

    dump: Dump
    shapes: dict[str, int] | None

    def manifest(self, folder: Path, created: datetime) -> Manifest:
        """Say what the release in *folder* is, at last: all its files are read."""
        return Manifest(
            created=created.isoformat(timespec="milliseconds"),
            software=f"teixit {__version__}",
            engine=f"pyoxigraph {pyoxigraph.__version__}",
            data=self.dump.version,
            quads=self.dump.quads,
            triples=self.dump.triples,
            graphs=self.dump.graphs,
            shapes=self.shapes,
            files={file: mark_of(folder / file) for file in sorted(files_of(folder))},
        )


def build(wanted: Wanted, folder: Path, before: int = 0) -> Built:
    """Make the files of a release in the empty *folder*, and check what is in them.

    Args:
        wanted: What it is made of.
        folder: Where it is made.
        before: How many statements there were in the release before.

    Raises:
        ReleaseError: The graph is empty, violates the shapes or has lost too much.
        KnowledgeError: A file is missing or does not parse.
        OSError: There is no room.
    """
    scratch = folder / _SCRATCH
    scratch.mkdir()
    loader = StoreLoader(folder / STORE, wanted.on_disk_from)
    try:
        run = min(wanted.on_disk_from, dumps.RUN)
        dump = dumps.write(_sources(wanted.files), folder / DATA, scratch, loader.add, run)
        _refuse_loss(dump.quads, 0 if wanted.force else before)
        shapes = None if wanted.unchecked else _checked(wanted.files, folder, dump.quads)
        loader.finish()
    finally:
        loader.abandon()
    shutil.rmtree(scratch)
    return Built(dump, shapes)


def _sources(files: tuple[Path, ...]) -> Iterator[Iterable[Quad]]:
    """Read the statements of each file."""
    if files:
        return map(store.read_as_is, files)
    return (_merged(store.read(file)) for file in store.knowledge_files())


def _merged(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Give all statements in the default graph as well, as :func:`teixit.store.load` does."""
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _refuse_loss(quads: int, before: int) -> None:
    if not quads:
        raise ReleaseError("no statement to publish; name at least one RDF file that has some")
    if quads < before / 2:
        raise ReleaseError(
            f"only {quads} statements where the release before has {before}; "
            "if that is meant, publish with --force"
        )


def _checked(files: tuple[Path, ...], folder: Path, quads: int) -> dict[str, int]:
    """Hold what was written to the shapes, within what Teixit ships, as ``teixit check`` does."""
    if quads > CHECKED:
        raise ReleaseError(
            f"{quads} statements are too many for the shapes, which hold up to {CHECKED}; "
            "publish them with --unchecked"
        )
    plain = folder / _SCRATCH / "checked.nq"
    with gzip.open(folder / DATA) as packed, plain.open("wb") as stream:
        shutil.copyfileobj(packed, stream)
    ours = {os.path.realpath(file): file for file in store.knowledge_files()}
    named = {os.path.realpath(file) for file in files} or ours.keys()
    context = [file for place, file in ours.items() if place not in named]
    found = Counter(finding.severity for finding in validation.check([plain], context))
    if violations := found[Severity.VIOLATION]:
        command = " ".join(["teixit check", *map(str, files)])
        raise ReleaseError(
            f"{violations} violations of the shapes; see them with {command}, "
            "or publish with --unchecked"
        )
    return {severity.value: found[severity] for severity in Severity}
