import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teixit import publishing, sandbox
from teixit.publishing import Wanted
from teixit.workers import Limits, Source, forkserver, worker
from teixit.workers.crew import Crew

Watch = Any  # of conftest.py


def test_it_takes_little_memory(source: Source, watch: Watch) -> None:
    """So that the whole service at rest takes less than 200 MB."""

    async def whole() -> list[int]:
        crew = Crew(source, Limits(), *[lambda _: None] * 3)
        await crew.ready()
        crew.hire()
        await watch.until(watch.workers)
        found = [watch.resident(process) for process in watch.fork_servers() + watch.workers()]
        await crew.close()
        return found

    assert max(asyncio.run(whole())) < 45 << 20


def test_a_worker_that_cannot_be_forked_is_told_as_one_that_has_ended(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    limits = Limits()
    with ours, theirs:
        server = forkserver._ForkServer(theirs, source.open(limits), limits)  # noqa: SLF001
        pipe = os.dup(ours.fileno())
        server._fork(7, pipe)  # noqa: SLF001
        assert json.loads(ours.recv(1000)) == {"dead": 7, "reason": "busy"}
        with pytest.raises(OSError, match="descriptor"):
            os.fstat(pipe)


def test_a_graph_that_cannot_be_loaded_is_told_and_is_the_end() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ends = str(theirs.fileno()), str(os.getpid())
    command = [sys.executable, "-m", "teixit.workers.forkserver", *ends]
    with ours, subprocess.Popen(command, pass_fds=[theirs.fileno()]) as server:
        theirs.close()
        wanted = {
            "source": Source("files", ("nothing.nt",)).written(),
            "limits": Limits().written(),
        }
        ours.sendall(json.dumps(wanted).encode())
        assert "nothing.nt" in json.loads(ours.recv(1000))["failed"]
        assert server.wait(60) == 0


def test_memory_that_python_runs_out_of_is_told(source: Source) -> None:
    limits = Limits()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        about = worker._Worker(theirs, source.open(limits), limits)  # noqa: SLF001
        error, detail = about._reason(MemoryError())  # noqa: SLF001
    assert getattr(error, "reason", None) == "memory"
    assert detail


def ended(source: Source, act: Callable[[], None]) -> str:
    """Why a worker that does so ended, as it is told."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    limits = Limits()
    with ours, theirs:
        server = forkserver._ForkServer(theirs, source.open(limits), limits)  # noqa: SLF001
        words = os.memfd_create("words")
        process = os.fork()
        if not process:  # the tests' own process: whatever it does, it must end here
            os.dup2(words, 2)
            act()
        server._processes[7], server._words[7] = process, words  # noqa: SLF001
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
        server._reap()  # noqa: SLF001
        return str(json.loads(ours.recv(1000))["reason"])


def end(sent: signal.Signals, words: bytes = b"") -> None:
    for each in (signal.SIGABRT, signal.SIGSEGV):
        signal.signal(each, signal.SIG_DFL)
    os.write(2, words)
    os.kill(os.getpid(), sent)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("sent", "words", "expected"),
    [
        (signal.SIGALRM, b"", "time"),
        (signal.SIGABRT, b"memory allocation of 4096 bytes failed\n", "memory"),
        (signal.SIGABRT, b"terminate called after throwing 'std::bad_alloc'\n", "memory"),
        (signal.SIGABRT, b"thread panicked\n", "fault"),
        (signal.SIGSEGV, b"", "fault"),
        (signal.SIGKILL, b"", "fault"),
    ],
)
def test_why_a_worker_has_ended_is_told(
    source: Source, sent: signal.Signals, words: bytes, expected: str
) -> None:
    assert ended(source, lambda: end(sent, words)) == expected


def test_a_worker_that_the_kernel_ends_since_there_is_no_memory_is_told_so(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([3, 4])
    monkeypatch.setattr(sandbox, "kills", lambda: next(counts))
    assert ended(source, lambda: end(signal.SIGKILL)) == "memory"


def test_a_worker_without_a_place_for_its_words_is_not_forked(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> int:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(os, "memfd_create", refuse)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        server = forkserver._ForkServer(theirs, source.open(Limits()), Limits())  # noqa: SLF001
        server._fork(7, os.dup(ours.fileno()))  # noqa: SLF001
        assert json.loads(ours.recv(1000)) == {"dead": 7, "reason": "busy"}


@pytest.mark.parametrize("whole", [True, False])
def test_a_release_on_disk_is_compared_in_a_process_of_its_own(
    tmp_path: Path, *, whole: bool
) -> None:
    file = tmp_path / "a.nq"
    file.write_text('<x:a> <x:is> "published" <x:g> .', "utf-8")
    wanted = Wanted((file,), unchecked=True, on_disk_from=0)
    release = publishing.publish(wanted, tmp_path / "published")
    found = Source("release", folder=str(tmp_path / "published")).open(Limits())
    if not whole:
        (release.folder / "data.nq.gz").write_bytes(b"")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        server = forkserver._ForkServer(theirs, found, Limits())  # noqa: SLF001
        assert found.release
        assert os.fork() or server._verify(found.release)  # noqa: SLF001
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        server._reap()  # noqa: SLF001
        ours.setblocking(False)  # noqa: FBT003
        if whole:
            with pytest.raises(BlockingIOError):
                ours.recv(1000)
        else:
            told = json.loads(ours.recv(1000))
            assert told["damaged"] == release.name
            assert "data.nq.gz" in told["problem"]
