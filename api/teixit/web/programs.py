"""Work that is done by a program of its own while the service goes on."""

import asyncio
import shutil
from typing import Final

#: Has the kernel end a program when the one that began it ends, even if that is killed; where this
#: part of Linux is not there, it goes on to its end.
_BOUND: Final = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()


async def run(*command: str) -> str | None:
    """Run a program to its end; it ends too when this is cancelled, or the service ends.

    Returns:
        None if all went well, else its last words, of standard error.
    """
    status, _, last = await heard(*command)
    return last if status else None


async def heard(*command: str) -> tuple[int, bytes, str]:
    """Run a program to its end, and hear it; it ends too as :func:`run` says.

    Returns:
        Its status, all of its standard output, and its last words, of standard error.
    """
    process = await asyncio.create_subprocess_exec(
        *_BOUND,
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        told, said = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    last = next(reversed(said.decode(errors="replace").strip().splitlines()), "")
    return process.returncode or 0, told, last
