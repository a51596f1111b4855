"""No dead end: whoever follows what is written finds something, from the start page and from each
name of ours."""

import http.client
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from pyoxigraph import NamedNode

from teixit import namespaces
from teixit import store as teixit_store

SHIPPED = ['{"kind": "shipped"}', '{"per_client": 64}', '{"quiet": true}']
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
#: What a page leads to, and what it has a place for; an answer's own headers lead on as well.
#: What crawlers are told not to follow is the same content in another form.
TAG = re.compile(r"<[a-z][^>]*>")
NOFOLLOW = 'rel="nofollow"'
LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')
PLACE = re.compile(r'\bid="([^"]*)"')
IN_HEADER = re.compile("<([^>]*)>")


def own_names() -> set[str]:
    """Every IRI of ours that the graph has, as the address that this server answers it at."""
    found = set()
    for quad in teixit_store.load():
        named = {term.value for term in quad if isinstance(term, NamedNode)}
        found |= {iri for iri in named if iri.startswith(namespaces.BASE)}
    assert len(found) > 400
    return {"/" + iri.removeprefix(namespaces.BASE) for iri in found}


@dataclass
class Crawl:
    """All that is reached from some addresses of one server.

    Attributes:
        asked: The status of each address without its fragment.
        wanted: For each address with a fragment, who wants it.
        places: The fragments that each page has.
        dead: Each address that does not answer, and who leads there.
    """

    port: int
    asked: dict[str, int] = field(default_factory=dict)
    wanted: dict[tuple[str, str], str] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)

    def run(self, *starts: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        queue = deque((start, "the beginning") for start in starts)
        while queue:
            address, origin = queue.popleft()
            page, _, place = address.partition("#")
            if place:
                self.wanted.setdefault((page, place), origin)
            if page not in self.asked:
                queue += [(found, page) for found in self.ask(connection, page, origin)]
        connection.close()

    def ask(self, connection: http.client.HTTPConnection, page: str, origin: str) -> list[str]:
        """Ask for *page*, and say where it leads."""
        response, body = self.patiently(connection, quote(page, safe="/:?&=%+~!$'()*,;@"))
        self.asked[page] = response.status
        if response.status >= 400:
            self.dead[page] = f"{response.status}, from {origin}"
        found = IN_HEADER.findall(response.getheader("Link", ""))
        if response.getheader("Location"):
            found.append(response.getheader("Location", ""))
        if response.getheader("Content-Type", "").startswith("text/html"):
            text = body.decode()
            self.places[page] = {unescape(place) for place in PLACE.findall(text)}
            tags = (tag for tag in TAG.findall(text) if NOFOLLOW not in tag)
            found += (unescape(link) for tag in tags for link in LINK.findall(tag))
        return [*self.on_this_site(page, found)]

    @staticmethod
    def patiently(
        connection: http.client.HTTPConnection, target: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Come again where that is what the server says, such as while it makes the release."""
        for _ in range(300):
            connection.request("GET", target, headers={"Accept": BROWSER})
            response = connection.getresponse()
            body = response.read()
            if response.status != 503:
                break
            time.sleep(1)
        return response, body

    @staticmethod
    def on_this_site(page: str, found: list[str]) -> Iterator[str]:
        for link in found:
            address = link.replace(namespaces.BASE, "/") if "?" not in link else link
            target = urlsplit(urljoin(f"http://here{page}", address))
            if target.netloc == "here":
                query = f"?{target.query}" if target.query else ""
                place = f"#{target.fragment}" if target.fragment else ""
                yield f"{target.path}{query}{place}"

    def without_places(self) -> dict[str, str]:
        """The fragments that a page was led to for, and does not have."""
        return {
            f"{page}#{place}": origin
            for (page, place), origin in self.wanted.items()
            if page in self.places and place not in self.places[page]
        }


@pytest.fixture(scope="module")
def crawl(serve) -> Crawl:
    with serve(arguments=SHIPPED) as found:
        done = Crawl(found.port)
        done.run("/", *sorted(own_names()))
    return done


def test_nothing_that_is_linked_is_dead(crawl: Crawl) -> None:
    assert crawl.dead == {}


def test_every_name_of_ours_was_asked_for(crawl: Crawl) -> None:
    assert {name.partition("#")[0] for name in own_names()} <= crawl.asked.keys()
    assert {crawl.asked[name] for name in own_names() if name.startswith("/id/")} == {303}


def test_every_place_that_is_linked_is_on_its_page(crawl: Crawl) -> None:
    assert crawl.without_places() == {}
