"""What a process gives up before it touches what a stranger wrote.

Everything here is for the process that calls it, and cannot be taken back by it.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Final

#: Linux: the signal that a process gets when its parent ends, and a filter of system calls.
_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_FILTER: Final = 22
_FILTER_BY_PROGRAM: Final = 2
_SET_NO_NEW_PRIVILEGES: Final = 38

#: For each machine: its mark in the kernel's audit, and its numbers of ``socket``, ``connect``
#: and ``io_uring_setup``: without these, no process can reach another machine.
_NETWORK_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 42, 425)),
    "aarch64": (0xC00000B7, (198, 203, 425)),
}
#: Instructions of the filter: load a word, compare with a number, give a verdict.
_LOAD, _COMPARE, _RETURN = 0x20, 0x15, 0x06
_REFUSED: Final = 0x00050001  # the call fails with EPERM
_ALLOWED: Final = 0x7FFF0000

#: The address space that libraries may take which a process loads late, in bytes.
_LIBRARIES: Final = 512 << 20
#: The kernel takes those with more first when memory runs out; 0 is what the service has.
_EXPENDABLE: Final = 500


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent ends, even if that is killed.

    Raises:
        SystemExit: The process *parent* has ended already.
    """
    _control(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)


def close_network() -> bool:
    """Make every attempt to open a socket fail from now on, in this process and its children.

    Sockets that are open stay so. Says whether the kernel can do it.
    """
    mark, calls = _NETWORK_CALLS.get(platform.machine(), (0, ()))
    compared = [
        struct.pack("HBBI", _COMPARE, len(calls) - index, 0, call)
        for index, call in enumerate(calls)
    ]
    program = b"".join(
        [
            struct.pack("HBBI", _LOAD, 0, 0, 4),  # the mark of the machine
            struct.pack("HBBI", _COMPARE, 0, len(calls) + 1, mark),
            struct.pack("HBBI", _LOAD, 0, 0, 0),  # the number of the call
            *compared,
            struct.pack("HBBI", _RETURN, 0, 0, _ALLOWED),
            struct.pack("HBBI", _RETURN, 0, 0, _REFUSED),
        ]
    )
    held = ctypes.create_string_buffer(program, len(program))
    filter_ = _Program(len(program) // 8, ctypes.addressof(held))
    return (
        bool(calls)
        and _control(_SET_NO_NEW_PRIVILEGES, 1)
        and _control(_SET_FILTER, _FILTER_BY_PROGRAM, ctypes.addressof(filter_))
    )


def bound_memory(more: int) -> None:
    """Let this process take *more* bytes of address space than it has, and write no core.

    Half a gigabyte beyond that is left to :func:`without_bound`.
    """
    bound = memory()[0] + more
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound + _LIBRARIES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def without_bound(load: Callable[[], None]) -> None:
    """Have *load* take in a library, whose address space is not counted to the process's own.

    Raises:
        MemoryError: It takes more than half a gigabyte beyond the bound.
    """
    own, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    before = memory()[0]
    try:
        load()
    finally:
        taken = memory()[0] - before
        resource.setrlimit(resource.RLIMIT_AS, (min(own + taken, most), most))


def memory(process: int | str = "self") -> tuple[int, int]:
    """Give the address space that a process has, and how much of it is resident; in bytes.

    Raises:
        OSError: It has ended.
    """
    with open(f"/proc/{process}/statm", "rb") as file:  # noqa: PTH123 - many times a second
        size, resident, *_ = file.read().split()
    return int(size) * resource.getpagesize(), int(resident) * resource.getpagesize()


def volunteer() -> None:
    """Be the first to go when the machine has no memory left."""
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123
        file.write(str(_EXPENDABLE))


def kills(counts: str = "/proc/vmstat") -> int:
    """Say how many processes the kernel has ended since the machine has no memory left.

    It counts those of all, also where a container alone had none left. 0 if it does not count.

    Args:
        counts: Where the kernel tells what it has counted.
    """
    with suppress(OSError), open(counts, "rb") as file:  # noqa: PTH123 - as the others
        for line in file:
            name, _, count = line.partition(b" ")
            if name == b"oom_kill":
                return int(count)
    return 0


def _control(what: int, *values: int) -> bool:
    """Call ``prctl`` of Linux, and say whether it did as it was told."""
    arguments = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    return bool(ctypes.CDLL(None).prctl(what, *arguments) == 0)
