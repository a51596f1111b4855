"""Work that is done by a program of its own while the service goes on."""

import asyncio


async def run(*command: str) -> str | None:
    """Run a program to its end; it ends too when this is cancelled.

    Returns:
        None if all went well, else its last words, of standard error.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if not process.returncode:
        return None
    return next(reversed(said.decode(errors="replace").strip().splitlines()), "")
