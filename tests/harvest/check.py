"""Walk the checklist of harvesters against a running server, and say how each item fared.

    python tests/harvest/check.py [URL] [--only A01,F] [--out FILE]

Without a URL it starts ``teixit serve`` itself, on a port of this machine. It ends with status 1
if any item that must hold does not.
"""

import argparse
import datetime as dt
import json
import os
import socket
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from harvest import (  # noqa: F401 - each registers its checks
    a_clients,
    b_ckan,
    c_federator,
    d_europe,
    e_portals,
    f_search,
    g_sparql,
    h_void,
    i_ontology,
    items,
    j_signposts,
    k_feeds,
    l_lasting,
)
from harvest.client import Client
from harvest.site import ROOT, Site
from harvest.verdicts import CHECKS, FailedError, NotApplicableError, Verdict
from teixit import __version__
from teixit.catalogue import publishers
from teixit.namespaces import BASE

#: The last run, which the running site shows.
KEPT = ROOT / "data" / "quality" / "harvest.json"
#: How the world knows the server that is started here: as the data say it.
PUBLIC = BASE.rstrip("/")
TEIXIT = (sys.executable, "-u", "-m", "teixit")
MARKS = {"passed": "ok  ", "failed": "FAIL", "not applicable": "n/a "}


def verdict(item: str, site: Site) -> Verdict:
    """Ask one item; a check that breaks has failed, and says how."""
    begun = time.perf_counter()
    try:
        said, outcome = CHECKS[item](site), "passed"
    except FailedError as error:
        said, outcome = str(error), "failed"
    except NotApplicableError as error:
        said, outcome = str(error), "not applicable"
    except Exception as error:  # noqa: BLE001 - one broken answer must not end the walk
        (place,) = traceback.extract_tb(error.__traceback__)[1:2] or [None]
        where = f" ({Path(place.filename).name}:{place.lineno})" if place else ""
        said, outcome = f"{type(error).__name__}: {error}{where}", "failed"
    return Verdict(item, outcome, said, time.perf_counter() - begun)


def walk(site: Site, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Verdict]:
    """Ask every item that is wanted, in order."""
    for item in items.read():
        if wanted(item):
            yield verdict(item, site)


def totals(verdicts: Iterable[Verdict]) -> dict[str, dict[str, int]]:
    """How many of each level have passed, failed, or were not applicable."""
    known = items.read()
    counts = Counter((known[v.item].level, v.outcome) for v in verdicts)
    return {
        level: {outcome: counts[level, outcome] for outcome in MARKS}
        for level in ("MUST", "SHOULD", "NICE")
    }


def written(verdicts: list[Verdict], day: str) -> str:
    """The result as JSON: what was asked, in three languages, and how it fared."""
    known = items.read()
    found = {
        "version": __version__,
        "date": day,
        "totals": totals(verdicts),
        "items": [
            {
                "id": v.item,
                "level": known[v.item].level,
                "what": known[v.item].what,
                "outcome": v.outcome,
                "reason": v.reason,
            }
            for v in verdicts
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def started() -> Iterator[str]:
    """Serve what the checkout holds, for somebody who can be reached, and end it afterwards.

    Its release is kept as well, as that of a site that is in public is.
    """
    with TemporaryDirectory() as kept, ExitStack() as held:
        subprocess.run(
            [*TEIXIT, "export", f"{kept}/{__version__}"], check=True, stdout=subprocess.DEVNULL
        )
        yield held.enter_context(serving("--releases", kept))


@contextmanager
def serving(*options: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = ["--port", str(port), "--address", PUBLIC, *options]
    command = [*TEIXIT, "serve", "--quiet", *where]
    who = {**os.environ, publishers.SETTING: str(Path(__file__).parent / "publisher.toml")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=who) as process:
        try:
            lines = (line.split() for line in process.stdout or ())
            next(words for words in lines if words[:2] == ["Start", "page"])
            until_released(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def until_released(url: str) -> None:
    """Wait until the release that the server makes at its start is there, five minutes at most.

    Its export yields to all.
    """
    for _ in range(600):
        try:
            urlopen(f"{url}/catalog.ttl").close()  # noqa: S310 - a server of ours
        except HTTPError:
            time.sleep(0.5)
        else:
            return


@contextmanager
def another() -> Iterator[Client]:
    """A client of a server that was started anew."""
    with started() as url, Client(url, BASE) as client:
        yield client


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?", help="the server; one is started by default")
    parser.add_argument("--only", default="", help="ids or groups of items, with commas")
    parser.add_argument("--out", type=Path, help=f"where the result is kept; {KEPT} for the site")
    asked = parser.parse_args(arguments)
    only = tuple(filter(None, asked.only.split(",")))
    server: AbstractContextManager[str] = nullcontext(asked.url) if asked.url else started()
    known, found = items.read(), []
    with server as url, Client(url, BASE) as client:
        site = Site(client)
        if not asked.url:
            site.again = another
        for one in walk(site, lambda item: not only or item.startswith(only)):
            found.append(one)
            level = known[one.item].level
            print(f"{one.item} {level:6} {MARKS[one.outcome]} {one.reason} [{one.seconds:.1f} s]", flush=True)  # fmt: skip
    for level, counts in totals(found).items():
        print(f"{level:6} " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        day = dt.datetime.now(dt.UTC).date().isoformat()
        asked.out.write_text(written(found, day), "utf-8")
    return int(any(v.outcome == "failed" and known[v.item].level == "MUST" for v in found))


if __name__ == "__main__":
    sys.exit(main())
