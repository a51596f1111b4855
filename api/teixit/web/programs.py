"""Work that is done by a program of its own while the service goes on."""

import asyncio


async def run(*command: str) -> str | None:
    """Run a program to its end; it ends too when this is cancelled.

    Returns:
        None if all went well, else its last words, of standard error.
    """
    status, _, last = await heard(*command)
    return last if status else None


async def heard(*command: str) -> tuple[int, bytes, str]:
    """Run a program to its end, and hear it; it ends too when this is cancelled.

    Returns:
        Its status, all of its standard output, and its last words, of standard error.
    """
    process = await asyncio.create_subprocess_exec(
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
