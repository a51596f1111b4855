"""One line a request: what was asked of the service, and how it did; nothing of who asked."""

import json
import logging
import sys
import threading
import time
from collections import deque
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO, Final, NamedTuple, Self

#: Lines that wait to be written; when there are more, the oldest are lost, and no request waits.
_WAITING: Final = 50_000
#: How often they are written, in seconds.
_PACE: Final = 0.2
#: Longer paths are cut, in characters.
_LONGEST: Final = 200


class Line(NamedTuple):
    """What is told of one request.

    Args:
        ended: When it was answered, in seconds since 1970.
        method: Of HTTP.
        path: Without the query.
        status: Of HTTP; 499 where the client left.
        seconds: From the request to the end of the answer.
        length: Of the body, in bytes.
        asked: The beginning of the hash (SHA-256) of the query, if there is one.
        kept: Where the answer was found, if it was there already.
        reason: Why there is no other answer.
    """

    ended: float
    method: str
    path: str
    status: int
    seconds: float
    length: int
    asked: str | None
    kept: str | None
    reason: str | None

    def as_json(self) -> str:
        """Write it in one line; what anybody can write is quoted, the rest needs no quotes."""
        more = [("query", self.asked), ("cache", self.kept), ("reason", self.reason)]
        told = "".join(f', "{name}": "{value}"' for name, value in more if value is not None)
        return (
            f'{{"time": "{_written(self.ended)}", {_request(self.method, self.path)}, '
            f'"status": {self.status}, "duration_ms": {self.seconds * 1000:.3f}, '
            f'"bytes": {self.length}{told}}}'
        )


class Log:
    """Writes lines in a thread of its own, so that no request waits for whoever reads them.

    Args:
        stream: Where to; None for nowhere.
    """

    def __init__(self, stream: BinaryIO | None = None) -> None:
        self._lines: deque[Line | str] = deque(maxlen=_WAITING)
        self._stream = stream
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        if stream is not None:
            self._thread.start()

    def note(self, line: Line) -> None:
        """Take *line* to be written soon."""
        if self._stream is not None:
            self._lines.append(line)

    def event(self, name: str, **told: object) -> None:
        """Take something that is no request to be written; where there is no log, at once."""
        now = _written(time.time())
        text = json.dumps({"time": now, "event": name, **told})
        if self._stream is None:
            sys.stderr.write(f"{text}\n")
        else:
            self._lines.append(text)

    def fault(self, error: BaseException) -> None:
        """Take a fault of ours to be written: its kind and its place.

        Its message is left out, which may hold what somebody asked.
        """
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        code = trace and trace.tb_frame.f_code
        place = f"{code.co_filename}:{trace.tb_lineno}" if trace and code else None
        self.event("fault", kind=type(error).__name__, place=place)

    def close(self) -> None:
        """Write what waits, unless nobody reads it."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(1)

    def _write(self) -> None:
        assert self._stream is not None  # noqa: S101 - the thread starts only then
        while not self._ended.wait(_PACE) or self._lines:
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            text = [line if isinstance(line, str) else line.as_json() for line in lines]
            try:
                self._stream.write("".join(f"{line}\n" for line in text).encode())
                self._stream.flush()
            except (OSError, ValueError):
                return  # nobody reads it any more


class Messages(logging.Handler):
    """What other modules and libraries have to say, in lines of a *log*."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write what is said; of an error no more than :meth:`Log.fault` does."""
        if record.exc_info and record.exc_info[1]:
            self._log.fault(record.exc_info[1])
        else:
            self._log.event("message", of=record.name, text=record.getMessage())

    def __enter__(self) -> Self:
        """Hear them from now on."""
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Hear them no more."""
        logging.getLogger().removeHandler(self)


@lru_cache(maxsize=512)
def _request(method: str, path: str) -> str:
    return f'"method": {json.dumps(method[:_LONGEST])}, "path": {json.dumps(path[:_LONGEST])}'


def _written(moment: float) -> str:
    """Write *moment* as RFC 3339 has it, in milliseconds."""
    second = int(moment)
    return f"{_second(second)}.{int((moment - second) * 1000):03d}Z"


@lru_cache(maxsize=8)
def _second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
