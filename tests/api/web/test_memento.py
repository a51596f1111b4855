from datetime import UTC, datetime
from pathlib import Path

import pytest

from teixit.errors import QueryError
from teixit.exporting import Contents, Exported
from teixit.web import memento
from teixit.web.exchange import Incoming


async def receive() -> dict[str, str]:
    return {"type": "http.disconnect"}


def asked(text: str | None) -> Incoming:
    told = {} if text is None else {memento.WANTED: text}
    return Incoming("GET", "/", b"", "1.1", told, "a", receive)


def release(version: str, day: str) -> Exported:
    contents = Contents(version, day, day, "data", "hash", 1, 1, ())
    return Exported(Path(version), contents, kept=True)


MEMENTOS = [("/a", release("0.1.0", "2026-01-02")), ("/b", release("0.2.0", "2026-03-04"))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (None, "/b"),
        ("Wed, 01 Jan 2020 00:00:00 GMT", "/a"),
        ("Fri, 02 Jan 2026 00:00:00 GMT", "/a"),
        ("Tue, 03 Mar 2026 23:59:59 -0000", "/a"),
        ("Wed, 04 Mar 2026 00:00:00 GMT", "/b"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "/b"),
    ],
)
def test_what_was_there_then_is_chosen(text: str | None, address: str) -> None:
    assert memento.nearest(MEMENTOS, memento.wanted(asked(text)))[0] == address


def test_what_is_no_time_is_told() -> None:
    with pytest.raises(QueryError, match="Accept-Datetime: expected a date of HTTP, found 'now'"):
        memento.wanted(asked("now"))
    then = memento.wanted(asked("Wed, 04 Mar 2026 01:00:00 +0100"))
    assert then == datetime(2026, 3, 4, tzinfo=UTC)


def test_the_map_has_all_times() -> None:
    reply = memento.listed(memento.links_of("/doc/x"), "/map", MEMENTOS)
    lines = reply.body.decode().split(",\n")
    assert lines[0].startswith('</doc/x>; rel="original timegate", </releases/timemap/doc/x>')
    assert lines[1] == '</map>; rel="self"; type="application/link-format"'
    assert lines[2] == '</a>; rel="memento"; datetime="Fri, 02 Jan 2026 00:00:00 GMT"'
    assert len(lines) == 4


def test_another_time_gate_is_linked_by_itself() -> None:
    assert memento.links("/a", "/b", "/c") == (
        '</a>; rel="original", </b>; rel="timegate", </c>; rel="timemap";'
        ' type="application/link-format"'
    )
