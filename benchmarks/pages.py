"""`python -m benchmarks.pages`: how long a page of each kind takes, on the graph that is shipped.

The pages are found by following links from the start page until no kind is new: a kind is a rule of
the application. Each is asked for at its own address, which the service may know already, and at
addresses that it has never seen, so that it makes the page anew. The clock runs from the request to
the last byte; beside it stands the processor time of all processes of the service.
"""

import argparse
import re
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from html import unescape
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from typing import Final

from werkzeug.exceptions import HTTPException

from benchmarks import processes, search
from teixit import protocol, web
from teixit.web.site import Site
from teixit.workers import Limits

_LINK: Final = re.compile(r'href="(/[^"#]*)["#]')
#: So many pages are looked through for kinds that are not known yet.
_LOOKED: Final = 400
_NUMBERS: Final = count()


def main(words: list[str]) -> None:
    """Measure and print a table, in milliseconds."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    ask.add_argument("--times", type=int, default=31, help="how often each page is asked for")
    times = ask.parse_args(words).times
    log = Path(gettempdir()) / "teixit-benchmarks" / "pages.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--quiet"]
    with processes.running(command, log) as server:
        port = search.port_of(log)
        found = _kinds(port)
        print("| page | again, ms | anew, ms | processor anew, ms |\n|---|---|---|---|")
        for address in sorted(found.values()):
            again = _median(port, [address] * times)
            if search.get(port, _new(address))[0] != HTTPStatus.OK:  # it takes no other choices
                print(f"| `{address}` | {again:.1f} | | |", flush=True)
                continue
            before = processes.cpu(server.pid)
            anew = _median(port, [_new(address) for _ in range(times)])
            spent = (processes.cpu(server.pid) - before) * 1000 / times
            print(f"| `{address}` | {again:.1f} | {anew:.1f} | {spent:.0f} |", flush=True)


def _kinds(port: int) -> Mapping[str, str]:
    """Find an address of each kind of page, the first that a link leads to."""
    site = Site.around(lambda _: ([], ""), str, protocol.ENDPOINT, Limits())
    rules = web.create_app(site).url_map.bind("localhost")
    found: dict[str, str] = {}
    queue, seen = deque(["/en/"]), {"/en/"}
    while queue and len(seen) < _LOOKED:
        address = queue.popleft()
        path, _, query = address.partition("?")
        try:
            kind = f"{rules.match(path)[0]} {path.count('/')} {query.partition('=')[0]}"
        except HTTPException:
            continue
        found.setdefault(kind, address)
        queue += [link for link in _links(port, address) if link not in seen]
        seen.update(queue)
    return found


def _links(port: int, address: str) -> Iterator[str]:
    """Give where a page in English leads."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    page = answer.read().decode("utf-8", "replace")
    connection.close()
    if (answer.getheader("Content-Type") or "").startswith("text/html"):
        links = (unescape(link) for link in _LINK.findall(page))
        yield from (link for link in links if link.startswith("/en/") and "download=" not in link)


def _new(address: str) -> str:
    """Give an address of the same page that was never asked for."""
    return f"{address}{'&' if '?' in address else '?'}new={next(_NUMBERS)}"


def _median(port: int, addresses: list[str]) -> float:
    """Ask for each of *addresses*, and give the milliseconds that half of them take at most."""
    taken = []
    for address in addresses:
        status, seconds = search.get(port, address)
        if status != HTTPStatus.OK:
            raise SystemExit(f"{address}: answered with {status}")
        taken.append(seconds * 1000)
    return median(taken)


if __name__ == "__main__":
    main(sys.argv[1:])
