"""The process that holds the graph and forks the workers.

It is started as a program, never by a fork of the web process: that one has threads. It has
one thread itself, loads the graph once, and every worker shares its pages. It hears from the
pool through a socket, one message of JSON at a time:

* ``{"source": …, "limits": …}`` first; it answers ``ready`` or ``failed``
* ``{"fork": number}`` with one end of the new worker's pipe; it answers ``born``
* ``{"kill": number}`` and ``{"slow": number}``

and it says ``dead``, with the reason, of each worker that has ended, and ``damaged``, where what
it serves turns out not to be what was published. When the socket is closed it ends, and when it
ends, however it does, the kernel ends the workers.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import Final, NoReturn

from teixit import releases, sandbox
from teixit.errors import TeixitError
from teixit.workers import worker
from teixit.workers.limits import Limits
from teixit.workers.sources import OpenSource, Source

#: The longest message in bytes.
MESSAGE: Final = 1 << 17
#: How long the workers have to end by themselves when the pool is closed, in seconds.
_PATIENCE: Final = 0.5
#: What workers yield to the web process, and long jobs to short ones (as ``nice`` has it).
_WORKER: Final = 3
_SLOW: Final = 15
_SLOWEST: Final = 19
#: What a worker says at last that cannot have the memory that it wants, in Rust and in C++.
_NO_MEMORY: Final = (b"memory allocation of ", b"bad_alloc")


def main(descriptor: int, parent: int) -> None:
    """Serve the pool at the other end of the socket *descriptor*, as a child of *parent*."""
    sandbox.end_with_parent(parent)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    control = socket.socket(fileno=descriptor)
    told = json.loads(control.recv(MESSAGE))
    limits = Limits.read(told["limits"])
    try:
        source = Source.read(told["source"]).open(limits)
    except TeixitError as error:
        _say(control, failed=str(error))
        return
    closed = source.local and not limits.services and sandbox.close_network()
    # What is there now stays for good: a collection that looked at it would copy its pages.
    gc.collect()
    gc.freeze()
    known = {"location": source.location, "closed": closed, "problems": source.problems}
    _say(control, ready=source.version, known=known)
    with suppress(OSError):  # the pool has gone
        _ForkServer(control, source, limits).serve()
    os._exit(0)  # taking a great graph apart page by page would take seconds


def _say(control: socket.socket, **message: object) -> None:
    control.sendall(json.dumps(message).encode())


class _ForkServer:
    def __init__(self, control: socket.socket, source: OpenSource, limits: Limits) -> None:
        self._control = control
        self._source = source
        self._limits = limits
        self._process = os.getpid()
        self._processes: dict[int, int] = {}  # by number
        self._words: dict[int, int] = {}  # files with the last words of workers, by number
        self._kills = sandbox.kills()
        self._bell, self._button = os.pipe()
        os.set_blocking(self._button, False)

    def serve(self) -> None:
        """Do what the pool says until it goes away."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._button, warn_on_full_buffer=False)
        poll = select.poll()
        poll.register(self._bell, select.POLLIN)
        poll.register(self._control, select.POLLIN)
        if self._source.release:
            os.fork() or self._verify(self._source.release)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._bell in ready:
                os.read(self._bell, MESSAGE)
                self._reap()
            if self._control.fileno() in ready and not self._listen():
                break
        self._wait_for_all()

    def _listen(self) -> bool:
        """Do what one message says; False where the pool has gone."""
        told, descriptors, *_ = socket.recv_fds(self._control, MESSAGE, 1)
        match json.loads(told or "{}"):
            case {"fork": int(number)}:
                self._fork(number, descriptors[0])
            case {"kill": int(number)} if number in self._processes:
                os.kill(self._processes[number], signal.SIGKILL)
            case {"slow": int(number)} if number in self._processes:
                # A worker is a group of its own, and the whole group is slowed: on Linux each
                # thread has a priority.
                with suppress(ProcessLookupError):  # it has just ended
                    os.setpriority(os.PRIO_PGRP, self._processes[number], _SLOW)
        return bool(told)

    def _verify(self, release: releases.Release) -> NoReturn:
        """Read all of *release*, in a new process that takes nothing from the others."""
        try:
            sandbox.end_with_parent(self._process)
            os.nice(_SLOWEST)
            releases.verify(release)
        except TeixitError as error:
            _say(self._control, damaged=release.name, problem=str(error))
        finally:
            os._exit(0)

    def _fork(self, number: int, pipe: int) -> None:
        try:
            self._words[number] = os.memfd_create("last words")
            process = self._processes[number] = os.fork() or self._work(pipe, number)
        except OSError:
            if number in self._words:
                os.close(self._words.pop(number))
            _say(self._control, dead=number, reason="busy")
        else:
            with suppress(OSError):  # it has done so itself, or has ended
                os.setpgid(process, process)
            _say(self._control, born=number, process=process)
        os.close(pipe)

    def _work(self, pipe: int, number: int) -> NoReturn:
        """Be a worker, in the new process; this does not return."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._control.close()
            os.close(self._bell)
            os.close(self._button)
            sandbox.end_with_parent(self._process)
            sandbox.volunteer()
            os.setpgid(0, 0)
            os.nice(_WORKER)
            os.dup2(self._words[number], 2)
            for words in self._words.values():
                os.close(words)
            worker.serve(socket.socket(fileno=pipe), self._source, self._limits)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        """Tell the pool of the workers that have ended."""
        numbers = {process: number for number, process in self._processes.items()}
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                process, status = ended
                number = numbers.get(process)
                if number is not None:  # and not the one that compares files
                    del self._processes[number]
                    reason = self._reason(os.waitstatus_to_exitcode(status), number)
                    _say(self._control, dead=number, reason=reason)

    def _reason(self, status: int, number: int) -> str:
        """Say why a worker has ended, as far as that is known."""
        words = self._words.pop(number)
        said = os.pread(words, MESSAGE, 0)
        os.close(words)
        before, self._kills = self._kills, sandbox.kills()
        match -status:
            case signal.SIGALRM:
                return "time"
            case signal.SIGABRT if any(none in said for none in _NO_MEMORY):
                return "memory"
            case signal.SIGKILL if self._kills > before:
                return "memory"
        return "fault"

    def _wait_for_all(self) -> None:
        """Let the workers, whose pipes are closed too, end by themselves; end those that do not."""
        end = time.monotonic() + _PATIENCE
        left = set(self._processes.values())
        while left and time.monotonic() < end:
            process, _ = os.waitpid(-1, os.WNOHANG)
            left.discard(process)
            time.sleep(0 if process else _PATIENCE / 50)
        for process in left:
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
