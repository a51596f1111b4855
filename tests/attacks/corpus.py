"""The attacks that are written down in ``queries/``, one in a file.

The first line of each says three things::

    # what is attacked | expected, expected … | bare: what it does to an engine without a guard

Expected is ``answered``, a status of 400 to 499, or ``503`` with its reason (``page`` where it is
told to people); where the machine decides which limit comes first, several. Lines such as
``# accept: text/csv`` and
``# parameters: default-graph-uri=…`` set what is sent with the query. ``⟦1000|text §⟧`` stands for
a thousand copies of the text, in which ``§`` counts from 0; ``{{URL}}`` is where an attack wants
the server to call, and ``{{PORT}}`` its port.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent / "queries"

_COPIES = re.compile(r"⟦(\d+)\|([^⟧]*)⟧")
_SETTING = re.compile(r"^# (accept|parameters): (.+)$", re.MULTILINE)

#: What an engine does with an attack when nothing guards it; see ``bare.py``.
OUTCOMES = {
    "no end",  # runs on after the time is over
    "memory",  # takes more than it is given
    "dies",  # takes the process with it, for instance by its stack
    "calls",  # asks another address
    "fails",  # raises what a server would answer with a 500
    "slow",  # an answer after more than a second, for a line of query
    "harmless",  # harms by its answer, or looks like an attack and is none
}


@dataclass(frozen=True)
class Attack:
    """One query, and what has to come of it."""

    name: str
    what: str
    expected: frozenset[str]
    bare: str
    text: str
    accept: str
    parameters: str

    def aimed_at(self, url: str) -> tuple[str, str]:
        """The query and the parameters, as they are sent."""
        return _aim(self.text, url), _aim(self.parameters, url)


def _aim(text: str, url: str) -> str:
    return text.replace("{{URL}}", url).replace("{{PORT}}", str(urlsplit(url).port))


def _written_out(text: str) -> str:
    return _COPIES.sub(
        lambda found: "".join(found[2].replace("§", str(n)) for n in range(int(found[1]))), text
    )


def read(file: Path) -> Attack:
    """Read one attack."""
    text = file.read_bytes().decode()
    what, expected, bare = (part.strip() for part in text.split("\n", 1)[0][2:].rsplit("|", 2))
    settings = dict(_SETTING.findall(text))
    return Attack(
        name=file.stem,
        what=what,
        expected=frozenset(part.strip() for part in expected.split(",")),
        bare=bare.removeprefix("bare: "),
        text=_written_out(text),
        accept=settings.get("accept", "application/sparql-results+json, text/turtle;q=0.9"),
        parameters=settings.get("parameters", ""),
    )


def attacks() -> list[Attack]:
    """All of them, in the order of their names."""
    return [read(file) for file in sorted(FOLDER.glob("*.rq"))]
