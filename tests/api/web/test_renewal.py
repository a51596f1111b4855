import signal
import time
from pathlib import Path
from typing import Any

PROGRAM = """
import sys, pathlib
from teixit import web
from teixit.workers import Source
pointer = pathlib.Path(sys.argv[1])
def newest(): return Source("files", (pointer.read_text(),))
web.serve("127.0.0.1", 0, newest(), None, lambda address: print(address, flush=True),
          web.Options(newest=newest))
"""


def labels(service: Any) -> str:
    return service.client.get("/sparql?query=SELECT+*{?s+?p+?o}&download=csv").text


def becomes(service: Any, text: str) -> bool:
    for _ in range(100):
        if text in labels(service):
            return True
        time.sleep(0.1)
    return False


def tells(service: Any, kind: str) -> bool:
    for _ in range(100):
        if kind in {line.get("kind") for line in service.lines}:
            return True
        time.sleep(0.1)
    return False


def write(file: Path, text: str) -> Path:
    file.write_text(f'<urn:s> <urn:p> "{text}" .\n')
    return file


def test_data_are_loaded_anew_when_that_is_told(serve: Any, tmp_path: Path) -> None:
    file = write(tmp_path / "data.nt", "old")
    with serve(file) as service:
        etag = service.client.get("/graphs?default").headers["ETag"]
        assert "old" in labels(service)
        write(file, "new")
        assert "old" in labels(service)
        service.process.send_signal(signal.SIGHUP)
        assert becomes(service, "new")
        assert service.client.get("/graphs?default").headers["ETag"] != etag
        file.write_text("no RDF")
        service.process.send_signal(signal.SIGHUP)
        for _ in range(100):
            events = [line for line in service.lines if line.get("event") == "data"]
            if len(events) > 1:
                break
            time.sleep(0.1)
        assert "new" in labels(service)
        assert [{*line} - {"time", "event"} for line in events] == [{"version"}, {"error"}]
        assert f"{file}:1:1" in events[1]["error"]


def test_newer_data_are_served_without_being_told(serve: Any, tmp_path: Path) -> None:
    old, new = write(tmp_path / "old.nt", "old"), write(tmp_path / "new.nt", "new")
    pointer = tmp_path / "current"
    pointer.write_text(str(old))
    with serve(program=PROGRAM, arguments=[str(pointer)]) as service:
        time.sleep(2)  # nothing changes meanwhile
        assert "old" in labels(service)
        pointer.unlink()
        assert tells(service, "FileNotFoundError")
        time.sleep(2)
        assert [line.get("kind") for line in service.lines].count("FileNotFoundError") == 1
        assert "old" in labels(service)
        pointer.write_text(str(new))
        assert becomes(service, "new")
