"""Throughput and latency, by wrk."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_SCRIPT: Final = Path(__file__).parent / "load.lua"
#: Seconds after which wrk counts an answer as late; it goes on waiting for it.
_LATE: Final = 60

MISSING: Final = "wrk is missing: install the Debian package wrk"


@dataclass(frozen=True)
class Reading:
    """What one run saw.

    Attributes:
        rate: Good answers a second (status below 400).
        p50: Median latency in milliseconds, refusals included.
        p99: 99th percentile of the latency in milliseconds.
        good: How many good answers there were.
        refused: How many answers had a status of 400 or more.
        broken: How many connections failed.
        wraps: How often the questions were through and began again; 0 where all were new.
        cores: How many cores the server and its children used, on average.
    """

    rate: float
    p50: float
    p99: float
    good: int
    refused: int
    broken: int
    wraps: int
    cores: float = 0.0


def installed() -> bool:
    """Tell whether wrk is there."""
    return shutil.which("wrk") is not None


def run(
    target: str, requests: Path, *, clients: int, seconds: float, encoding: str = ""
) -> Reading:
    """Ask the lines of the file *requests*, *clients* at a time.

    *target* is an address up to where the query stands.

    Raises:
        RuntimeError: wrk failed; the message is its own.
    """
    parts = urlsplit(target)
    options = ["-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", f"--timeout={_LATE}s"]
    given = [str(requests), f"{parts.path}?{parts.query}", parts.netloc, encoding]
    command = ["wrk", *options, "-s", str(_SCRIPT), f"http://{parts.netloc}", "--", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())
    return read(done.stderr.splitlines()[-1])


def read(line: str) -> Reading:
    """Read the line that the script writes."""
    said = json.loads(line)
    good = said["requests"] - said["refused"]
    return Reading(
        rate=good / (said["microseconds"] / 1e6),
        p50=said["p50"] / 1e3,
        p99=said["p99"] / 1e3,
        good=good,
        refused=said["refused"],
        broken=said["broken"],
        wraps=said["wraps"],
    )
