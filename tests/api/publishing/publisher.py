"""Publishes in processes that may be killed.

With arguments, ``FOLDER FILE on-disk``, it does so once. Without, one line of JSON says what:
``{"files", "folder", "on_disk", "bytes"}``; the answers are ``{"process"}`` and, after an empty
line, ``{"error"}`` if there was one and ``{"status"}``. So a process is a fork away, and not an
interpreter.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from teixit import publishing
from teixit.errors import TeixitError


def say(**answer: object) -> None:
    os.write(1, f"{json.dumps(answer)}\n".encode())


def publish(told: dict[str, Any]) -> None:
    wanted = publishing.Wanted(
        tuple(map(Path, told["files"])),
        unchecked=True,
        force=True,
        on_disk_from=10 if told.get("on_disk") else publishing.ON_DISK_FROM,
    )
    if "bytes" in told:
        resource.setrlimit(resource.RLIMIT_FSIZE, (told["bytes"], resource.RLIM_INFINITY))
    publishing.publish(wanted, Path(told["folder"]))


def publish_in_a_fork(told: dict[str, Any]) -> None:
    process = os.fork()
    if process == 0:
        try:
            publish(told)
        except TeixitError as error:
            say(error=str(error))
        os._exit(0)
    say(process=process)
    sys.stdin.readline()  # until then the number is that process, even if it has ended
    say(status=os.waitpid(process, 0)[1])


match sys.argv[1:]:
    case [folder, file, kind]:
        try:
            publish({"folder": folder, "files": [file], "on_disk": kind == "on-disk"})
        except TeixitError as error:
            sys.exit(str(error))
    case _:
        for line in sys.stdin:
            publish_in_a_fork(json.loads(line))
