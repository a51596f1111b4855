"""An answer on its way: bounded, compressed where that pays, in memory or in a file."""

import os
import zlib
from functools import cached_property
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from teixit.errors import LimitError
from teixit.workers.jobs import INLINE

#: Bytes that are compressed or written at a time.
_PIECE: Final = 64 * 1024
#: Below this many bytes, compression saves nothing that a reader would notice.
_WORTH: Final = 1024
#: Most of what there is to save on RDF is saved at the third of zlib's nine levels.
_LEVEL: Final = 3
_AS_GZIP: Final = 31


class Held(NamedTuple):
    """A complete answer: in *body*, or in the file with the descriptor *file*."""

    body: bytes | None
    file: int | None
    length: int
    encoding: str | None


class Spool(BytesIO):
    """A stream to write an answer to; up to 256 kB of it stay in memory.

    What is longer goes to a file without a name, so that nothing is left of it when its last
    reader, or the machine, has ended. It is used in a ``with`` statement.

    Args:
        limit: The greatest length before compression, in bytes.
        gzip: Whether to compress what is long enough.
    """

    def __init__(self, limit: int, *, gzip: bool = False) -> None:
        super().__init__()
        self._limit = limit
        self._gzip = gzip
        self._length = 0
        self._ready = bytearray()
        self._file: IO[bytes] | None = None

    def write(self, data: Any) -> int:
        """Take *data* on.

        Raises:
            LimitError: The answer is longer than it may be, or there is no room for it.
        """
        size = super().write(data)
        self._length += size
        if self._length > self._limit:
            limit = self._limit / (1 << 20)
            raise LimitError(f"the answer is longer than {limit:g} MB; ask for a part", "answer")
        if self.tell() >= _PIECE:
            self._pass_on()
        return size

    def finish(self) -> Held:
        """End the answer and give it; whoever has it closes the file.

        Raises:
            LimitError: There is no room for it.
        """
        if self._length < _WORTH:
            return Held(self.getvalue(), None, self._length, None)
        encoding = "gzip" if self._gzip else None
        self._pass_on(last=True)
        if self._file is None:
            return Held(bytes(self._ready), None, len(self._ready), encoding)
        return Held(None, os.dup(self._file.fileno()), self._file.tell(), encoding)

    def close(self) -> None:
        """Forget what was written, if :meth:`finish` was not reached."""
        super().close()
        if self._file:
            self._file.close()

    @cached_property
    def _compressor(self) -> Any:
        return zlib.compressobj(_LEVEL, zlib.DEFLATED, _AS_GZIP)

    def _pass_on(self, *, last: bool = False) -> None:
        """Move what has come in out of this buffer."""
        piece = self.getvalue()
        self.seek(0)
        self.truncate()
        if self._gzip:
            piece = self._compressor.compress(piece) + (self._compressor.flush() if last else b"")
        if self._file is None and len(self._ready) + len(piece) <= INLINE:
            self._ready += piece
        else:
            self._write(piece)

    def _write(self, piece: bytes) -> None:
        try:
            if self._file is None:
                self._file = TemporaryFile()  # noqa: SIM115 - closed with the spool
                self._file.write(self._ready)
            self._file.write(piece)
            self._file.flush()
        except OSError as error:
            said = f"no room on the server for an answer of this length: {error.strerror}"
            raise LimitError(said, "answer") from error
