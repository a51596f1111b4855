"""Where the graph comes from, and what it takes to ask it."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TypeAlias

from pyoxigraph import Store

from teixit import lexical, releases, store
from teixit.workers.limits import Limits

if TYPE_CHECKING:
    from teixit.remote import RemoteStore

Kind: TypeAlias = Literal["shipped", "files", "release", "remote", "merged"]
Queryable: TypeAlias = "Store | lexical.AsWritten | RemoteStore"

#: The part of a client's time that another server has, so that the client hears who was slow.
_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A graph that can be asked.

    Args:
        connect: Gives what a worker asks; called once in each, after the fork.
        version: Hash of the data, as hexadecimal digits.
        location: What operators are told about where it is.
        local: Whether asking it needs no network.
        problems: What is wrong with those that should have been served in its place.
        release: What is still to be compared with what was published, since that takes long.
    """

    connect: Callable[[], Queryable]
    version: str
    location: str
    local: bool = True
    problems: tuple[str, ...] = ()
    release: releases.Release | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the graph comes from; it travels to the fork server as JSON.

    Args:
        kind: ``shipped``: what Teixit comes with; ``files``: RDF files, served as they are;
            ``release``: the current one of a folder that was published to; ``remote``: a
            SPARQL endpoint; ``merged``: RDF files, whose merge is asked by default, as of what is
            shipped.
        files: For ``files`` and ``merged``.
        folder: For ``release``: where was published to.
        url: For ``remote``.
        release: For ``release``: what the folder names as current. It only tells one source
            from the next; which release is served is found out when the source is opened.
        without: For ``release``: the names of those that are known to be damaged.
    """

    kind: Kind = "shipped"
    files: tuple[str, ...] = ()
    folder: str = ""
    url: str = ""
    release: str = ""
    without: tuple[str, ...] = ()

    def written(self) -> dict[str, object]:
        """Give the source as JSON can hold it."""
        return asdict(self)

    @classmethod
    def read(cls, written: dict[str, Any]) -> Self:
        """Read what :meth:`written` gave."""
        lists = {name: tuple(written[name]) for name in ("files", "without")}
        return cls(**{**written, **lists})

    def open(self, limits: Limits) -> OpenSource:
        """Load the graph, or find it.

        Raises:
            KnowledgeError: It is missing or damaged.
        """
        match self.kind:
            case "shipped":
                files = store.knowledge_files()
                return _in_memory(store.load(files), files, "the graph that Teixit comes with")
            case "files":
                files = [Path(file) for file in self.files]
                loaded = lexical.as_written(store.load_files(files), files)
                return _in_memory(loaded, files, " ".join(self.files))
            case "merged":
                files = [Path(file) for file in self.files]
                return _in_memory(store.load(files), files, " ".join(self.files))
            case "release":
                return _released(Path(self.folder), self.without)
        return _remote(self.url, limits)


def _in_memory(loaded: Queryable, files: list[Path], location: str) -> OpenSource:
    """Serve a store that the workers inherit."""
    return OpenSource(lambda: loaded, store.data_version(files), location)


def _released(folder: Path, without: tuple[str, ...]) -> OpenSource:
    release = releases.current(folder, without)
    told = (release.manifest.data, str(release.folder))
    if release.on_disk:
        # The engine's threads do not outlive a fork, so each worker opens the store itself.
        return OpenSource(release.open, *told, problems=release.passed_over, release=release)
    loaded = release.open()
    return OpenSource(lambda: loaded, *told, problems=release.passed_over)


def _remote(url: str, limits: Limits) -> OpenSource:
    """Serve what another server has; it may change, so this start of ours is its version."""
    from teixit import remote  # noqa: PLC0415 - it takes much memory that others do not need

    who = remote.find(url)

    def connect() -> Queryable:
        return remote.RemoteStore(url, who, limits.seconds * _SHARE, limits.answer)

    connect()  # what is wrong with the address is told now
    version = hashlib.sha256(f"{url} {time.time_ns()}".encode()).hexdigest()
    return OpenSource(connect, version, url, local=False)
