import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from teixit.web import programs

T = TypeVar("T")


def run(code: str) -> str | None:
    return asyncio.run(programs.run(sys.executable, "-c", code))


def test_a_program_that_ends_well_says_nothing() -> None:
    assert run("import sys; sys.stderr.write('well')") is None


def test_of_one_that_does_not_the_last_words_are_kept() -> None:
    assert run("import sys; sys.exit('first\\nlast')") == "last"
    assert run("import os; os._exit(1)") == ""


def test_a_program_ends_with_who_waits_for_it() -> None:
    async def scene() -> None:
        async with asyncio.timeout(0.5):
            await programs.run(sys.executable, "-c", "import time; time.sleep(600)")

    with pytest.raises(TimeoutError):
        asyncio.run(scene())


PARENT = """
import asyncio, sys
from teixit.web import programs
code = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))"
code += "; time.sleep(600)"
asyncio.run(programs.run(sys.executable, "-c", code, sys.argv[1]))
"""


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv (util-linux) is not installed")
def test_a_program_ends_with_a_service_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", PARENT, str(told)]) as parent:
        child = until(lambda: told.exists() and told.read_text())
        parent.kill()
    assert until(lambda: is_gone(child))


def until(found: Callable[[], T]) -> T:
    end = time.monotonic() + 60
    while not (answer := found()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer


def is_gone(process: object) -> bool:
    """Say whether a process has ended, even if its new parent has yet to bury it."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
