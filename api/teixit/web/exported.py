"""The files of the graph that is served, exported by a process of their own, and those of old."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from teixit import store
from teixit.catalogue.model import Release
from teixit.errors import KnowledgeError, LimitError, NotFoundError, ReleaseError
from teixit.exporting import Exported, Shelf
from teixit.exporting.tables import has_parquet
from teixit.releases.choosing import RELEASES
from teixit.releases.manifests import DATA
from teixit.web import programs
from teixit.web.exchange import Incoming
from teixit.web.log import Log
from teixit.workers import Source

#: Sources of more bytes are not exported when they are served: it takes 20 times their size in
#: memory. They can be exported once, and kept.
LARGEST: Final = 16 << 20
#: How long one waits who asks for a release that is being made, and how soon it makes sense to
#: come again after that, in seconds.
_PATIENCE: Final = 10
_SOON: Final = 5
#: The export yields to all who ask.
_NICE: Final = ("nice", "-n", "19")


class Exports:
    """The releases that can be had as files.

    Args:
        kept: Those that stay.
        scratch: A folder for that of the graph that is served.
        log: Where it is told what cannot be exported.
        patience: How long one waits who asks for a release that is being made, in seconds.
    """

    def __init__(self, kept: Shelf, scratch: Path, log: Log, patience: float = _PATIENCE) -> None:
        #: Those there are by now.
        self.shelf = kept
        self._kept = kept
        self._scratch = scratch
        self._log = log
        self._patience = patience
        self._number = 0
        self._release: Release | None = None
        self._making: asyncio.Task[None] | None = None

    @property
    def pending(self) -> bool:
        """Whether that of the graph that is served is still being made."""
        return self._making is not None and not self._making.done()

    def release(self) -> Release | None:
        """Give that of the graph that is served; None where it cannot be had as files.

        Raises:
            LimitError: It is still being made.
        """
        self.require_settled()
        return self._release

    def require_settled(self) -> None:
        """See that all releases are there.

        Raises:
            LimitError: One is still being made.
        """
        if self.pending:
            raise LimitError("the release is being made; ask again soon", "busy", _SOON)

    async def settle(self, incoming: Incoming) -> None:
        """Let *incoming*, whose body has been read, wait for the release that is being made.

        It holds no thread meanwhile.

        Raises:
            GoneError: The client left.
        """
        if self._making is None or self._making.done():
            return
        made = asyncio.create_task(asyncio.wait((self._making,), timeout=self._patience))
        try:
            await incoming.while_there(made)
        finally:
            made.cancel()

    async def find(self, version: str, incoming: Incoming) -> Exported:
        """Give the release of that *version*, for which *incoming* may have to wait.

        Raises:
            LimitError: It may be the one that is still being made.
            NotFoundError: There is none.
            GoneError: The client left.
        """
        if version not in self.shelf.releases:
            await self.settle(incoming)
        release = self.shelf.releases.get(version)
        if release is None:
            self.require_settled()
            raise NotFoundError(f"there is no release {version}")
        return release

    def begin(self, source: Source) -> None:
        """Have *source* exported, as what is served from now on."""
        before, self._release = self._making, None
        if before:
            before.cancel()
        self._number += 1
        folder = self._scratch / str(self._number)
        self._making = asyncio.create_task(self._make(source, folder))

    async def close(self) -> None:
        """Leave off."""
        making = [self._making] if self._making else []
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)

    async def _make(self, source: Source, folder: Path) -> None:
        files = files_of(source)
        if files is None:
            return
        try:
            await _run(folder, [] if source.kind == "shipped" else files)
            current = Exported.read(folder, kept=False)
            before = self.shelf.releases.get(current.version)
            earlier = self._kept.with_current(current).before(current.version)
            self._release = Release(current.contents, earlier)
        except (ReleaseError, KnowledgeError, OSError) as error:
            self._log.event("export", error=str(error))
        else:
            self.shelf = self._kept.with_current(current)
            if before and not before.kept:
                await asyncio.to_thread(shutil.rmtree, before.folder)


def files_of(source: Source, largest: int = LARGEST) -> list[Path] | None:
    """Give the files of *source*; None where that is another server, or has more bytes."""
    match source.kind:
        case "shipped":
            return store.knowledge_files()
        case "files":
            files = [Path(file) for file in source.files]
        case "release":
            files = [Path(source.folder) / RELEASES / source.release / DATA]
        case _:
            return None
    with contextlib.suppress(OSError):  # whoever serves them says what is wrong
        if sum(file.stat().st_size for file in files) <= largest:
            return files
    return None


@contextlib.asynccontextmanager
async def exported(
    source: Source, kept: Path | None, log: Log, patience: float = _PATIENCE
) -> AsyncIterator[Exports]:
    """Have *source* exported while the block runs, beside the releases in the folder *kept*.

    Raises:
        ReleaseError: The folder of those that are kept is missing or damaged.
    """
    shelf = Shelf.of(Path(kept)) if kept else Shelf()
    with TemporaryDirectory(prefix="teixit-") as scratch:
        exports = Exports(shelf, Path(scratch), log, patience)
        exports.begin(source)
        try:
            yield exports
        finally:
            await exports.close()


async def _run(folder: Path, files: list[Path]) -> None:
    command = [sys.executable, "-m", "teixit", "export", str(folder), *map(str, files)]
    if not has_parquet():
        command.append("--without-parquet")
    said = await programs.run(*_NICE, *command)
    if said is not None:
        raise ReleaseError(said or "the export has ended without a word")
