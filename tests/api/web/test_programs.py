import asyncio
import sys

import pytest

from teixit.web import programs


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
