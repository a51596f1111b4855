"""What was at an address at some time (Memento, RFC 7089): times, links, and the choice.

An address is its own time gate (pattern 1.1): asked with Accept-Datetime it sends on to what was
there then, and without to what is there now.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final, TypeAlias

from teixit.errors import QueryError
from teixit.exporting import Exported
from teixit.web.exchange import Incoming, Reply

#: What asks for another time.
WANTED: Final = "accept-datetime"
LINK_FORMAT: Final = "application/link-format"
#: The map of the times of an address is at this, followed by the address.
MAPS: Final = "/releases/timemap"

#: The address of a memento, and the release that it is of.
Memento: TypeAlias = tuple[str, Exported]


def wanted(incoming: Incoming) -> datetime | None:
    """Read Accept-Datetime, if it was sent.

    Raises:
        QueryError: It is no date of HTTP (RFC 7089, section 4.5.3).
    """
    text = incoming.headers.get(WANTED)
    if text is None:
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError as error:
        raise QueryError(f"Accept-Datetime: expected a date of HTTP, found {text!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def nearest(mementos: Sequence[Memento], when: datetime | None) -> Memento:
    """Choose what was there *when*; before all it is the first, and without a time the last.

    Args:
        mementos: At least one, the oldest first.
        when: The time that is asked for.
    """
    before = [each for each in mementos if when is None or _made(each[1]) <= when]
    return before[-1] if before else mementos[0]


def date(release: Exported) -> str:
    """Say when *release* was made, as HTTP does."""
    return format_datetime(_made(release), usegmt=True)


def links(original: str, gate: str, map_: str) -> str:
    """Link what it is all of, the time gate and the map of times (RFC 7089, section 2.2)."""
    first = f'<{original}>; rel="original"'
    if original == gate:
        first = f'<{original}>; rel="original timegate"'
    else:
        first += f', <{gate}>; rel="timegate"'
    return f'{first}, <{map_}>; rel="timemap"; type="{LINK_FORMAT}"'


def links_of(address: str) -> str:
    """Link the *address*, which is its own time gate, and the map of its times."""
    return links(address, address, f"{MAPS}{address}")


def sent_on(memento: Memento, told: str) -> Reply:
    """Send on to *memento* (RFC 7089, section 4.1.1); *told* are the links."""
    address, _ = memento
    named = {"location": address, "link": told, "cache-control": "no-cache"}
    return Reply(302, named)


def listed(told: str, map_: str, mementos: Iterable[Memento]) -> Reply:
    """Give the map of times (RFC 7089, section 5); *told* are the other links."""
    lines = [
        f'<{address}>; rel="memento"; datetime="{date(release)}"' for address, release in mementos
    ]
    said = ",\n".join([told, f'<{map_}>; rel="self"; type="{LINK_FORMAT}"', *lines])
    named = {"content-type": LINK_FORMAT, "cache-control": "no-cache"}
    return Reply(200, named, f"{said}\n".encode())


def _made(release: Exported) -> datetime:
    day = datetime.fromisoformat(release.contents.modified).date()
    return datetime.combine(day, time(), UTC)
