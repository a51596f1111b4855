"""A fork server and its workers, as the web process sees them."""

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from teixit.errors import KnowledgeError
from teixit.workers.forkserver import MESSAGE
from teixit.workers.limits import Limits
from teixit.workers.pipes import Worker
from teixit.workers.sources import Source

_LOG: Final = logging.getLogger(__name__)

#: How long the fork server has to do what it is told, and a worker to end, in seconds.
_PATIENCE: Final = 3.0


class Crew:
    """A fork server and its workers. All methods belong to one event loop.

    Args:
        source: The graph that it holds.
        limits: Of its workers.
        ended: Told of each worker that ends, after whoever waited for its answer.
        lost: Told when the fork server ends without having been asked to, before those who
            wait for answers.
        damaged: Told when its release turns out not to be what was published.
    """

    def __init__(
        self,
        source: Source,
        limits: Limits,
        ended: Callable[[Worker], None],
        lost: Callable[["Crew"], None],
        damaged: Callable[["Crew"], None],
    ) -> None:
        #: Of the data; empty until they are loaded.
        self.version = ""
        #: What else operators may want to know: ``location``, ``closed`` (whether its processes
        #: cannot open sockets) and ``problems`` (why another release is not served).
        self.known: dict[str, Any] = {}
        #: The name of the release that it serves, once that is known to be damaged.
        self.damaged = ""
        self._ended = ended
        self._lost = lost
        self._on_damage = damaged
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._number = 0
        self._workers: dict[int, Worker] = {}
        self._awaited: dict[tuple[str, int], float] = {}
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = _exec(theirs.fileno())
        self._control.setblocking(False)  # noqa: FBT003
        self._loop.add_reader(self._control, self._listen)
        self._say(source=source.written(), limits=limits.written())

    @property
    def busy(self) -> bool:
        """Whether one of its workers has a job."""
        return any(worker.busy for worker in self._workers.values())

    async def ready(self) -> None:
        """Wait until the fork server has the graph.

        Raises:
            KnowledgeError: It cannot load it.
        """
        await asyncio.shield(self._ready)

    def hire(self) -> Worker:
        """Have a worker forked; it can be sent a job at once."""
        pipe, theirs = socket.socketpair()
        self._number += 1
        worker = Worker(self, self._number, pipe)
        self._workers[worker.number] = worker
        with theirs:
            self._say(theirs.fileno(), fork=worker.number)
        self._awaited["born", worker.number] = time.monotonic()
        return worker

    def slow(self, worker: Worker) -> None:
        """Have *worker* yield to all others from now on."""
        worker.slow = True
        self._say(slow=worker.number)

    def dismiss(self, worker: Worker) -> None:
        """Let *worker*, which has no job, end by itself."""
        worker.hang_up()
        self._awaited["end", worker.number] = time.monotonic()

    def kill(self, worker: Worker) -> None:
        """End *worker* now; whoever waited for its answer is not told."""
        worker.hang_up()
        self._say(kill=worker.number)
        self._awaited["dead", worker.number] = time.monotonic()

    def watch(self, now: float) -> bool:
        """End what does not do as it was told; say whether anything still has to be watched."""
        for (what, number), since in list(self._awaited.items()):
            if now - since < _PATIENCE:
                continue
            if what == "end":
                del self._awaited[what, number]
                self.kill(self._workers[number])
            else:
                self._process.kill()  # and with it all the workers; the loss is then heard of
        return bool(self._awaited)

    async def close(self) -> None:
        """End all of it; where the graph is still being loaded, at once."""
        self._forget()
        if not self._ready.done():
            self._ready.set_exception(KnowledgeError("closed while it was being loaded"))
            self._ready.exception()  # perhaps nobody waits for it any more
            self._process.kill()
        try:
            await asyncio.to_thread(self._process.wait, _PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    def _say(self, *descriptors: int, **message: object) -> None:
        with suppress(OSError):  # where nobody is there, the loss is heard of
            socket.send_fds(self._control, [json.dumps(message).encode()], descriptors)

    def _listen(self) -> None:
        """Hear what the fork server says."""
        try:
            told = self._control.recv(MESSAGE)
        except BlockingIOError:
            return
        except ConnectionError:
            told = b""
        match json.loads(told or "{}"):
            case {"ready": str(version), "known": dict(known)}:
                self.version, self.known = version, known
                self._ready.set_result(None)
            case {"failed": str(message)}:
                self._ready.set_exception(KnowledgeError(message))
            case {"born": int(number), "process": int(process)}:
                self._workers[number].process = process
                self._awaited.pop(("born", number), None)
            case {"dead": int(number), "reason": str(reason)}:
                self._bury(self._workers[number], reason)
            case {"damaged": str(release), "problem": str(problem)}:
                _LOG.error("%s", problem)
                self.damaged = release
                self.known["problems"] = [*self.known["problems"], problem]
                self._on_damage(self)
            case _:
                self._lose()

    def _bury(self, worker: Worker, reason: str) -> None:
        while worker.hear():  # its last words may still be in the pipe
            pass
        del self._workers[worker.number]
        for what in ("born", "end", "dead"):
            self._awaited.pop((what, worker.number), None)
        worker.tell(reason)
        worker.hang_up()
        self._ended(worker)

    def _lose(self) -> None:
        self._process.kill()
        workers = list(self._workers.values())
        if not self.version:
            self._forget()
            if not self._ready.done():  # otherwise it has said why
                error = KnowledgeError("the process that loads the graph has ended")
                self._ready.set_exception(error)
            return
        self._lost(self)
        for worker in workers:
            worker.tell(None)
        self._forget()
        self._loop.run_in_executor(None, self._process.wait)

    def _forget(self) -> None:
        """Hang up everywhere; what still runs ends with the fork server."""
        if self._control.fileno() >= 0:
            self._loop.remove_reader(self._control)
            self._control.close()
        for worker in self._workers.values():
            worker.hang_up()
        self._workers.clear()
        self._awaited.clear()


def _exec(descriptor: int) -> subprocess.Popen[bytes]:
    """Start a fork server that has the socket *descriptor*."""
    module = "teixit.workers.forkserver"
    return subprocess.Popen(  # noqa: S603 - it is ourselves
        [sys.executable, "-m", module, str(descriptor), str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[descriptor],
        start_new_session=True,
        # One thread of each process works: arenas for more would only take space, and threads of
        # a library (numpy's) time and address space.
        env={**os.environ, "MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
