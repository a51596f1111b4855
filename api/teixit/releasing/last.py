"""The last release, and what the files say now that it does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import NamedNode, Quad

from teixit import store
from teixit.catalogue import void
from teixit.exporting import Shelf
from teixit.exporting.changes import Changes, Edition
from teixit.releasing import numbering
from teixit.releasing.git import Repository

#: Counts what all others say, and changes with each of them.
_COUNTS: Final = NamedNode(void.RECORD)
_DUMP: Final = "teixit.nq"


@dataclass(frozen=True, slots=True)
class Last:
    """The last release.

    Args:
        version: Its number.
        tag: The tag of Git that it is known by, if there is one.
        folder: Where it is exported, if there is no tag.
    """

    version: str
    tag: str | None
    folder: Path | None

    @property
    def place(self) -> str:
        """Where it was found."""
        return self.tag or str(self.folder)


def find(repository: Repository, exported: Path) -> Last | None:
    """Find the release with the highest number, among the tags that led here and in *exported*.

    Raises:
        ReleaseError: A folder in *exported* is damaged.
    """
    tags = repository.releases()
    kept = Shelf.of(exported).releases if exported.is_dir() else {}
    numbers = sorted({*tags, *kept}, key=numbering.read)
    if not numbers:
        return None
    newest = numbers[-1]
    tag = tags.get(newest)
    return Last(newest, tag, None if tag else kept[newest].folder)


def changes(repository: Repository, last: Last | None) -> Changes:
    """Say what has changed since *last*: all is new where there is none.

    What counts the statements is left aside.

    Raises:
        KnowledgeError: A file does not parse.
    """
    now = _edition("+", _read(store.knowledge_files()))
    if last is None:
        return Changes(Edition("0", frozenset()), now)
    if last.folder is not None:
        return Changes(_edition(last.version, store.read_as_is(last.folder / _DUMP)), now)
    with TemporaryDirectory(prefix="teixit-") as place:
        tree = repository.copy(str(last.tag), Path(place))
        return Changes(_edition(last.version, _read(store.knowledge_files(tree))), now)


def _edition(name: str, quads: Iterable[Quad]) -> Edition:
    return Edition.of(name, (quad for quad in quads if quad.graph_name != _COUNTS))


def _read(files: Iterable[Path]) -> Iterable[Quad]:
    return (quad for file in files for quad in store.read(file))
