"""Processes of ours: started on loopback, watched through /proc, ended by their ids."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_TICKS: Final = os.sysconf("SC_CLK_TCK")
#: Seconds that a process has to end by itself.
_GRACE: Final = 30
#: Seconds of processor time within a fifth of a second that still count as rest.
_REST: Final = 0.03
_LIBC: Final = ctypes.CDLL(None)


@dataclass(frozen=True)
class Memory:
    """What a process and its children hold, in MB.

    Attributes:
        resident: The sum of their resident pages; what they share counts several times.
        proportional: The same, with shared pages counted once.
    """

    resident: float
    proportional: float


@contextmanager
def running(
    command: list[str],
    log: Path,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run *command* while the block lasts; what it says goes to *log*.

    It dies with us, whatever ends us.
    """
    with log.open("a", encoding="utf-8") as messages:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=messages,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            start_new_session=True,  # Ctrl+C reaches us alone, and we end them in order
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (no thread runs by then)
        )
        try:  # at once: an interrupt before it would leave a process
            yield process
        finally:
            _end(process)


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _end(process: "subprocess.Popen[bytes]") -> None:
    children = tree(process.pid)
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child, started in children.items():
        if _started(child) == started:  # the same process, not another of its number
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    # What is killed, by us or with its parent, goes when the kernel comes to it: not at once on a
    # busy machine.
    end = time.monotonic() + _GRACE
    while any(_started(child) == started for child, started in children.items()):
        if time.monotonic() > end:
            break
        time.sleep(0.01)


def tree(root: int) -> dict[int, str]:
    """Give the ids of *root* and all its descendants, and when each of them was started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = {}, [root]
    while waiting:
        process = waiting.pop()
        if started := _started(process):
            found[process] = started
            waiting += parents.get(process, [])
    return found


def _stat(process: int) -> list[str]:
    """Read the fields after the name: 0 state, 1 parent, 11–14 times, 19 start."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _started(process: int) -> str:
    fields = _stat(process)
    return fields[19] if fields and fields[0] != "Z" else ""


def cpu(root: int) -> float:
    """Give the seconds of processor time that *root* and its descendants have used."""
    return sum(
        sum(map(int, fields[11:15])) for pid in tree(root) if (fields := _stat(pid))
    ) / _TICKS  # fmt: skip


def memory(root: int) -> Memory:
    """Measure *root* and its descendants."""
    resident = proportional = 0
    for process in tree(root):
        with suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines():
                if line.startswith("Rss:"):
                    resident += int(line.split()[1])
                elif line.startswith("Pss:"):
                    proportional += int(line.split()[1])
    return Memory(resident / 1024, proportional / 1024)


def calm(roots: list[int], longest: float = 120) -> None:
    """Wait until *roots* have nothing left to do: a server may go on for clients who have left."""
    end = time.monotonic() + longest
    before = sum(map(cpu, roots))
    while time.monotonic() < end:
        time.sleep(0.2)
        now = sum(map(cpu, roots))
        if now - before <= _REST:
            return
        before = now


@contextmanager
def peak(root: int) -> Iterator[list[float]]:
    """Watch the most memory (proportional, MB) that *root*'s tree has while the block lasts."""
    highest, over = [0.0], Event()

    def watch() -> None:
        while not over.wait(0.1):
            highest[0] = max(highest[0], memory(root).proportional)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield highest
    finally:
        over.set()
        watcher.join()


def size(folder: Path) -> float:
    """Give what the files below *folder* take on disk, in MB."""
    blocks = sum(file.lstat().st_blocks for file in folder.rglob("*") if file.is_file())
    return blocks * 512 / 1e6
