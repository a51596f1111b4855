"""A worker as the web process sees it: the other end of a pipe, which says anything or nothing."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias

from teixit import sandbox
from teixit.workers.jobs import Frames, Reply, read_reply

if TYPE_CHECKING:
    from teixit.workers.crew import Crew

#: What became of a job: the answer; or why the worker ended without one, as
#: :class:`~teixit.errors.LimitError` names it; None where all of them are lost with the fork
#: server.
Fate: TypeAlias = Reply | str | None

#: Most answers come whole in so many bytes; room for more would cost each of them some.
_PIECE: Final = 1 << 15
#: What room there is for a descriptor that comes with an answer.
_DESCRIPTOR: Final = socket.CMSG_LEN(4)
_CLOSED_BY_EXEC: Final = getattr(socket, "MSG_CMSG_CLOEXEC", 0)
#: Linux makes the clock of the work of a process from its number and this.
_CLOCK_OF_PROCESS: Final = 2


class Worker:
    """One worker process.

    Args:
        crew: Whose it is.
        number: What the fork server knows it by.
        pipe: The end of its pipe that is ours.
    """

    __slots__ = (
        "_file",
        "_frames",
        "_loop",
        "_pipe",
        "_tell",
        "_unsent",
        "crew",
        "number",
        "process",
        "slow",
    )

    def __init__(self, crew: "Crew", number: int, pipe: socket.socket) -> None:
        self.crew = crew
        self.number = number
        #: Its number for the system, as soon as that is known.
        self.process: int | None = None
        #: Whether it yields to all others, which cannot be undone.
        self.slow = False
        self._frames = Frames()
        self._file: int | None = None
        self._loop = asyncio.get_running_loop()
        self._pipe = pipe
        self._tell: Callable[[Fate], None] | None = None
        self._unsent = b""
        pipe.setblocking(False)  # noqa: FBT003
        self._loop.add_reader(pipe, self.hear)

    @property
    def busy(self) -> bool:
        """Whether it has a job."""
        return self._tell is not None

    @property
    def effort(self) -> float:
        """How long it has worked so far, in seconds of a processor; 0 if that is not known."""
        if self.process is None:
            return 0.0
        try:
            return time.clock_gettime(~self.process << 3 | _CLOCK_OF_PROCESS)
        except OSError:  # it has ended
            return 0.0

    @property
    def resident(self) -> int:
        """How much memory it has, in bytes; 0 if that is not known."""
        if self.process is None:
            return 0
        try:
            return sandbox.memory(self.process)[1]
        except OSError:  # it has ended
            return 0

    def send(self, frame: bytes, tell: Callable[[Fate], None]) -> None:
        """Give it a job; *tell* is called once, unless the worker is killed before."""
        self._tell = tell
        self._unsent = frame
        self._send()
        if self._unsent:
            self._loop.add_writer(self._pipe, self._send)

    def hear(self) -> bool:
        """Read some of what it says; say whether there may be more."""
        try:
            piece, ancillary, *_ = self._pipe.recvmsg(_PIECE, _DESCRIPTOR, _CLOSED_BY_EXEC)
        except OSError:
            return False  # nothing there, or hung up
        if not piece:
            self._loop.remove_reader(self._pipe)  # how it has ended, the fork server tells
            return False
        for _, _, data in ancillary:
            self._close_file()
            self._file = int.from_bytes(data, sys.byteorder)
        try:
            reply = self._reply(piece)
        except (ValueError, TypeError):
            self.tell("fault")
            self.crew.kill(self)
            return False
        if reply:
            self.tell(reply)
        return True

    def tell(self, fate: Fate) -> None:
        """Tell whoever waits for it what became of the job."""
        tell, self._tell = self._tell, None
        if tell:
            tell(fate)

    def hang_up(self) -> None:
        """Close the pipe; where the worker has no job, it ends then."""
        self._tell = None
        if self._pipe.fileno() >= 0:
            self._loop.remove_reader(self._pipe)
            self._loop.remove_writer(self._pipe)
            self._pipe.close()
        self._close_file()

    def _send(self) -> None:
        with suppress(BlockingIOError):
            try:
                self._unsent = self._unsent[self._pipe.send(self._unsent) :]
            except ConnectionError:
                self._unsent = b""  # how it has ended, the fork server tells
        if not self._unsent:
            self._loop.remove_writer(self._pipe)

    def _reply(self, piece: bytes) -> Reply | None:
        """Put together what it says.

        Raises:
            ValueError: It makes no sense, or answers nothing.
            TypeError: It makes no sense.
        """
        if not self._tell:
            raise ValueError("an answer to nothing")
        frame = self._frames.feed(piece)
        if frame is None:
            return None
        reply = read_reply(*frame, self._file, self.crew.version)
        self._file = None
        return reply

    def _close_file(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
