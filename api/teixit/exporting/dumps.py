"""The dumps of releases, read once as long as others do not take their place."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Store

from teixit import store
from teixit.exporting.shelf import Exported
from teixit.namespaces import BASE

#: The whole graph, with its named graphs.
DUMP: Final = "teixit.nq"
SHAPES: Final = "shapes.ttl"
#: Longer dumps are not asked, in bytes: they would take twenty times this in memory.
LARGEST: Final = 16 << 20

_GRAPHS: Final = 3
_SUBJECTS: Final = 64


def can_be_asked(release: Exported) -> bool:
    """Say whether the graph of *release* may be held in memory beside that which is served."""
    dump = release.contents.file(DUMP)
    return dump is not None and dump.bytes <= LARGEST


def graph(release: Exported) -> Store:
    """Give the graph of *release*, with the merge of all graphs as its default graph.

    Raises:
        KnowledgeError: The dump cannot be read.
    """
    return _graph(release.folder, release.contents.rdfc10)


def subjects(release: Exported) -> frozenset[str]:
    """Give the IRIs of ours of which *release* says something.

    Raises:
        KnowledgeError: The dump cannot be read.
    """
    return _subjects(release.folder, release.contents.rdfc10)


# A folder may be emptied and filled anew, so the hash of what is in it belongs to the key.
@lru_cache(_GRAPHS)
def _graph(folder: Path, _hash: str) -> Store:
    return store.load([folder / DUMP])


@lru_cache(_SUBJECTS)
def _subjects(folder: Path, hash_: str) -> frozenset[str]:
    found = {quad.subject for quad in _graph(folder, hash_)}
    return frozenset(
        subject.value
        for subject in found
        if isinstance(subject, NamedNode) and subject.value.startswith(BASE)
    )
