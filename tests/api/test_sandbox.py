"""What a process gives up it cannot take back, so each of these tests has one of its own."""

import mmap
import platform
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from teixit import sandbox

MEBIBYTE = 1 << 20


def said_by(code: str, *arguments: str) -> str:
    """What a new process says that does *code*."""
    begin = "import os, sys\nfrom teixit import sandbox\n"
    command = [sys.executable, "-c", begin + code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


CONNECT = """
import socket
closed = sandbox.close_network()
for kind in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
    try:
        socket.socket(kind)
        print("open")
    except PermissionError:
        print("refused")
a, b = socket.socketpair()
a.send(b"still")
print(closed, b.recv(9).decode())
"""


def test_no_socket_is_opened_in_a_closed_process() -> None:
    assert said_by(CONNECT).split() == ["refused"] * 3 + ["True", "still"]


CHILD = """
import socket
sandbox.close_network()
if os.fork():
    os.wait()
else:
    try:
        socket.socket()
    except PermissionError:
        print("refused")
"""


def test_a_closed_process_has_closed_children() -> None:
    assert said_by(CHILD) == "refused"


def test_an_unknown_machine_is_not_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "abacus")
    assert not sandbox.close_network()
    socket.socket().close()


CALL = """
from pyoxigraph import Store
if sys.argv[1] == "closed":
    sandbox.close_network()
try:
    Store().query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % sys.argv[2]).__next__()
except (OSError, RuntimeError) as error:
    print(error)
"""


@pytest.mark.parametrize(("how", "calls"), [("open", 1), ("closed", 0)])
def test_the_engine_of_a_closed_process_calls_nobody(how: str, calls: int) -> None:
    """Even if a query with SERVICE reaches it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        called = []

        def answer() -> None:
            with suppress(OSError):  # the test is done
                while True:
                    connection, _ = listener.accept()
                    called.append(connection.recv(4096))
                    connection.close()

        threading.Thread(target=answer, daemon=True).start()
        said = said_by(CALL, how, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    assert said
    assert min(len(called), 1) == calls


TAKE = """
sandbox.bound_memory(int(sys.argv[1]) << 20)
try:
    bytearray(64 << 20)
    print("given")
except MemoryError:
    print("refused")
"""


@pytest.mark.parametrize(("bound", "expected"), [(128, "given"), (32, "refused")])
def test_memory_is_bounded(bound: int, expected: str) -> None:
    assert said_by(TAKE, str(bound)) == expected


def test_what_is_touched_is_resident() -> None:
    before = sandbox.memory()
    with mmap.mmap(-1, 32 * MEBIBYTE) as held:
        taken = sandbox.memory()
        held.write(b"x" * (24 * MEBIBYTE))
        touched = sandbox.memory()
    assert taken[0] - before[0] >= 32 * MEBIBYTE
    assert touched[1] - taken[1] > 16 * MEBIBYTE


def test_a_process_that_volunteers_goes_before_others() -> None:
    read = "print(open('/proc/self/oom_score_adj').read())"
    assert int(said_by(f"sandbox.volunteer()\n{read}")) > int(said_by(read))


FAMILY = """
import time
parent = os.getpid()
if not os.fork():
    sandbox.end_with_parent(parent)
    print(os.getpid(), flush=True)
time.sleep(60)
"""


def test_a_child_ends_with_its_parent_even_if_that_is_killed() -> None:
    code = f"import os\nfrom teixit import sandbox\n{FAMILY}"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 5
    while Path(f"/proc/{child}/exe").exists():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_child_whose_parent_has_ended_does_not_begin() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        said_by("sandbox.end_with_parent(1)")


def test_the_kernel_says_how_many_it_has_ended_for_want_of_memory(tmp_path: Path) -> None:
    counts = tmp_path / "vmstat"
    assert sandbox.kills(str(counts)) == 0
    counts.write_text("nr_free_pages 12\n", "ascii")
    assert sandbox.kills(str(counts)) == 0
    counts.write_text("nr_free_pages 12\noom_kill 34\ndrop_pagecache 0\n", "ascii")
    assert sandbox.kills(str(counts)) == 34
    assert sandbox.kills() >= 0


LOAD = """
sandbox.bound_memory(32 << 20)
held = []
def load():
    held.append(bytearray(int(sys.argv[1]) << 20))
try:
    sandbox.without_bound(load)
    print("loaded", end=" ")
except MemoryError:
    print("too great", end=" ")
try:
    bytearray(64 << 20)
    print("given")
except MemoryError:
    print("refused")
"""


@pytest.mark.parametrize(
    ("size", "expected"), [(128, "loaded refused"), (1024, "too great refused")]
)
def test_what_a_library_takes_is_not_counted(size: int, expected: str) -> None:
    assert said_by(LOAD, str(size)) == expected
