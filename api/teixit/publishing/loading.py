"""The engine's store on disk, built while the dump is still being made."""

import errno
import queue
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from pyoxigraph import RdfFormat, Store

#: What the engine leaves in its folder for those who look after it.
_LOGS: Final = "LOG*"


class StoreLoader:
    """Loads files of N-Quads, as they come, into a store of the engine.

    It does so in a thread of its own, once there are enough statements: the engine needs more
    time for them than it takes to make the files.

    Args:
        folder: Where the store is made.
        beyond: Above how many statements there is a store.
    """

    def __init__(self, folder: Path, beyond: int) -> None:
        self._folder, self._beyond = folder, beyond
        self._statements = 0
        self._files = _Files()
        self._thread = ThreadPoolExecutor(1)
        self._loading: Future[None] | None = None

    def add(self, file: Path, statements: int) -> None:
        """Load *file* as well.

        Raises:
            OSError: The store cannot be written.
        """
        if self._loading is not None and self._loading.done():
            self._loading.result()
        self._files.waiting.put(file)
        self._statements += statements
        if self._loading is None and self._statements > self._beyond:
            self._loading = self._thread.submit(self._load)

    def finish(self) -> None:
        """Wait until all is loaded, if anything is.

        Raises:
            OSError: The store cannot be written.
        """
        self._files.waiting.put(None)
        if self._loading is not None:
            self._loading.result()
        for log in self._folder.glob(_LOGS):
            log.unlink()

    def abandon(self) -> None:
        """Stop loading."""
        self._files.abandoned = True
        self._files.waiting.put(None)
        self._thread.shutdown()
        self._files.close()

    def _load(self) -> None:
        store = Store(str(self._folder))
        try:
            store.bulk_load(input=cast("IO[bytes]", self._files), format=RdfFormat.N_QUADS)
            store.flush()
        finally:
            del store  # an error that is kept would keep it, and its lock


class _Files:
    """Files one after another, each as soon as it is there, as one stream."""

    def __init__(self) -> None:
        self.waiting: queue.Queue[Path | None] = queue.Queue()
        self.abandoned = False
        self._opened: BinaryIO = BytesIO()

    def read(self, size: int) -> bytes:
        """Give the next bytes, or none at the end.

        Raises:
            OSError: Nobody wants the rest, or a file cannot be read.
        """
        if self.abandoned:
            raise InterruptedError(errno.EINTR, "abandoned")
        while not (piece := self._opened.read(size)):
            file = self.waiting.get()
            if file is None:
                self.waiting.put(None)  # the engine asks more than once
                return b""
            self._opened.close()
            self._opened = file.open("rb")
        return piece

    def close(self) -> None:
        """Read no more."""
        self._opened.close()
