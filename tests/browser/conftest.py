"""A real browser before a real server, with the network off, and the pages to look at.

One page of every kind is looked at in each language: the kinds are the rules of the application,
and a test fails for a rule without an example. Of a kind that has several, the others are looked
at in one language each.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright
from werkzeug.routing import Rule

from teixit import protocol, web
from teixit.languages import LANGUAGES
from teixit.web.site import Site
from teixit.workers import Limits

AXE: Final = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name of another host is ever found: the network is off.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
#: A desk, in CSS pixels.
WIDE: Final = {"width": 1280, "height": 900}

QUERY: Final = "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } LIMIT 9"
_TERM: Final = "PREFIX teixit: <https://w3id.org/teixit/def#> SELECT * {"
#: A query for each picture of an answer.
DRAWN: Final[Mapping[str, str]] = {
    "chart": 'SELECT * { VALUES (?name ?number) { ("Gràcia" 3) ("Sants" -1.5) } }',
    "map": f"{_TERM} ?project a teixit:FlagshipProject ; teixit:locatedIn ?place }}",
    "timeline": f"{_TERM} ?action a teixit:Action ; teixit:scheduledYear ?year }}",
    "network": f"{_TERM} ?project a teixit:FlagshipProject ; teixit:locatedIn ?place }}",
}
#: What a citation says of an answer; this one is of a release that is not there.
CITED: Final = f"release=0.0.1&data=&date=2026-01-02&sha256={'0' * 64}"
#: A row of an answer, and a query that finds nothing.
PLACES: Final = "SELECT ?s ?d { ?s <https://w3id.org/teixit/def#locatedIn> ?d }"
ROW: Final = (
    f"query={quote(PLACES)}&bind-s={quote('<https://w3id.org/teixit/id/project-can-pico>')}"
)
FILTERED: Final = (
    "SELECT * { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n FILTER(?n = 'can picó') }"
)
#: What stands behind the language in the addresses of each rule; the first of each is looked at in
#: every language, at every width.
EXAMPLES: Final[Mapping[str, Sequence[str]]] = {
    "home.start": ["/"],
    "home.research": ["/research"],
    "landing.dataset_in": ["/datasets/graph", "/datasets/questions"],
    "landing.quality_in": ["/quality"],
    "vocabulary.in_language": ["/def"],
    "vocabulary.shapes_in_language": ["/shapes"],
    "maps.districts": ["/map", "/map?shade=actions&year=2017"],
    "places.about": ["/about/district-03", "/about/district-01", "/about/neighbourhood-17"],
    "places.compare": ["/compare?district=03&district=08", "/compare"],
    "matrix.by_district": [
        "/matrix",
        "/matrix?rows=projects",
        "/matrix?rows=actions",
        "/matrix?rows=audiences",
        "/matrix?rows=themes",
    ],
    "timeline.by_year": ["/timeline", "/timeline?year=2017"],
    "plan.plan": ["/plan"],
    "text.show": ["/text/source-territorialitzacio"],
    "method.show": ["/method"],
    "notebooks.listed": ["/notebooks"],
    "notebooks.one": [
        "/notebooks/01-first-tour",
        "/notebooks/02-rhythm-of-the-plan",
        "/notebooks/03-projects-and-districts",
        "/notebooks/04-who-says-so",
        "/notebooks/05-quality-and-gaps",
    ],
    "findings.show": ["/findings"],
    "query.bench": [
        "/query",
        f"/query?query={quote(QUERY)}",
        *(f"/query?query={quote(query)}&view={view}" for view, query in DRAWN.items()),
    ],
    "questions.listed": ["/questions", "/questions?q=zzz"],
    "questions.one": [
        "/questions/cq55-what-touches-a-district",
        "/questions/cq07-measure-with-an-idle-year",
        "/questions/cq64-what-a-line-of-the-page-says?line=55",
        "/questions/cq55-what-touches-a-district?district=district-01",
    ],
    "reasons.who": [f"/who?{ROW}", "/who"],
    "reasons.why": [f"/why?query={quote(FILTERED)}", "/why"],
    "ways.ways": ["/use"],
    "ways.one": ["/use/spreadsheet", "/use/assistant"],
    "search.search": ["/search?q=economia", "/search", "/search?q=zzz"],
    "lists.listed": [
        "/list/projects?district=district-03",
        "/list/sources?sort=-issued&page=2",
        "/list/actions?district=-",
        *("/list/measures", "/list/objectives", "/list/audiences", "/list/themes"),
        *("/list/organisations", "/list/districts", "/list/neighbourhoods?page=2"),
    ],
    "network.around": ["/network/project-can-pico", "/network/district-03"],
    "things.about": [
        "/about/project-can-pico",
        "/about/piess-2016-2019/action-29-1",
        "/about/piess-2016-2019/measure-29",
        "/about/piess-2016-2019/objective-territorialitzacio-1",
        "/about/audience-arees-de-l-ajuntament",
        "/about/theme-basic-needs",
        "/about/organisation-ajuntament-de-barcelona",
        "/about/piess-2016-2019/line-territorialitzacio",
        "/about/piess-2016-2019",
        "/about/framework-pla-de-barris",
        "/about/axis-eix-muntanya",
    ],
}
#: What only leads on to a page.
LEADING: Final = frozenset({"home.without_slash"})
#: Pages that have the language elsewhere in their address, or that no rule makes.
OTHERS: Final[Mapping[str, Sequence[str]]] = {
    "document": [
        "/doc/project-can-pico.{language}.html",
        "/doc/source-territorialitzacio/passage-0-38.{language}.html",
    ],
    "releases": ["/releases.{language}.html", "/releases/0.1.0.{language}.html"],
    "service": ["/sparql?language={language}"],
    "answer": [f"/sparql?query={quote(QUERY)}&language={{language}}"],
    "cite": [f"/{{language}}/cite?query={quote(QUERY)}", "/{language}/cite"],
    "cited": [f"/answers?query={quote(QUERY)}&{CITED}&language={{language}}"],
}


@dataclass(frozen=True)
class Address:
    """Where a page of one kind is, in one language.

    Args:
        kind: The endpoint of its rule, or what it is called here.
        place: Its address, with the language as ``{language}`` where it does not come first.
        language: That it is in.
        again: Whether it is looked at in another language too, and first.
    """

    kind: str
    place: str
    language: str
    again: bool = False

    @property
    def path(self) -> str:
        if self.kind in OTHERS:
            return self.place.format(language=self.language)
        return f"/{self.language}{self.place}"

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.place[:40]}"


@cache
def rules() -> Sequence[Rule]:
    """What the application answers below a language."""
    site = Site.around(lambda _: ([], ""), str, protocol.ENDPOINT, Limits())
    found = web.create_app(site).url_map.iter_rules()
    return [rule for rule in found if re.match(r"/<[^>]*:language>", rule.rule)]


@cache
def pages() -> Sequence[Address]:
    """The first page of each kind in each language, and the others in one language each."""
    found = []
    for kind, (first, *more) in {**EXAMPLES, **OTHERS}.items():
        found += [Address(kind, first, tag, again=tag != LANGUAGES[0]) for tag in LANGUAGES]
        others = zip(more, cycle(LANGUAGES), strict=False)
        found += [Address(kind, other, tag) for other, tag in others]
    return found


@cache
def kinds() -> Sequence[Address]:
    """One page of each kind."""
    return [*{address.kind: address for address in reversed(pages())}.values()]


@cache
def drawn() -> Sequence[Address]:
    """The pages that show the graph itself, whatever graph it is, each in one language."""
    apart = ("landing", "vocabulary", "releases", "service")
    return [page for page in pages() if not page.again and not page.kind.startswith(apart)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test each page, or one of each kind, by the name of its argument."""
    for name, found in (("address", pages), ("one_of_a_kind", kinds), ("drawn", drawn)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, found(), ids=str, scope="session")


@pytest.fixture(scope="session")
def without_example() -> set[str]:
    """What the application answers that nothing here looks at."""
    answered = {rule.endpoint for rule in rules()}
    return answered - EXAMPLES.keys() - LEADING


@pytest.fixture(scope="session")
def server(live_endpoint: str) -> str:
    """The address of the service, without a slash at the end, once it has made its release."""
    address = urlsplit(live_endpoint)
    for _ in range(300):
        connection = HTTPConnection(address.netloc, timeout=30)
        connection.request("GET", "/ca/datasets/graph")
        status = connection.getresponse().status
        connection.close()
        if status == HTTPStatus.OK:
            break
        time.sleep(0.2)
    return f"{address.scheme}://{address.netloc}"


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Start services, each with the options of the command that it is given."""

    @contextmanager
    def started(*options: str) -> Iterator[str]:
        command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", *options]
        told = tmp_path_factory.mktemp("service") / "log"
        with (
            told.open("wb") as log,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
        ):
            said = (line.split() for line in process.stdout or ())
            endpoint = next((words[1] for words in said if words[:1] == ["SPARQL"]), "")
            assert endpoint, told.read_text()
            yield endpoint.removesuffix("/sparql")
            process.terminate()

    return started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which begins with nothing that anybody left."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium on the PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker of accessibility, as a program for the browser."""
    if not AXE.exists():
        pytest.skip("axe-core is not here: make browser")
    return AXE.read_text("utf-8")


@dataclass
class Tab:
    """A page of the browser, and all that has gone wrong in it since the last look.

    Args:
        page: What is driven.
        server: The one host that may be asked.
        wrong: What was complained of, failed, or went elsewhere.
    """

    page: Page
    server: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        page = self.page
        page.on("console", lambda said: self._complain(said.type, said.text))
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("requestfailed", lambda asked: self._failed(asked.url, asked.failure or ""))
        page.on("response", lambda got: self._answered(got.status, got.url))
        page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        page.route("**/*", self._only_here)

    def visit(self, path: str) -> None:
        """Go to a page, again where the server is busy, and forget what went wrong before."""
        for _ in range(30):
            self.wrong.clear()
            answer = self.page.goto(self.server + path)
            if answer is None or answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)

    def look(self, script: str, argument: Any = None) -> Any:
        """Run a function of JavaScript in the page, and give what it returns."""
        return self.page.evaluate(script, argument)

    def violations(self, axe: str) -> list[str]:
        """Say what breaks WCAG 2.0 to 2.2, A and AA, or what is held to be good practice."""
        if not self.look("() => 'axe' in window"):
            self.look(axe)
        found = self.look(RUN)
        return [
            f"{one['id']}: {' '.join(node['html'].split())[:300]}: {node['failureSummary']}"
            for one in found
            for node in one["nodes"][:3]
        ]

    def _complain(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.wrong.append(f"{kind}: {text}")

    def _failed(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # the page was left meanwhile
            self.wrong.append(f"failed: {url}: {why}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.wrong.append(f"{status}: {url}")

    def _only_here(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(f"{self.server}/"):
            route.continue_()
        else:
            self.wrong.append(f"elsewhere: {url}")
            route.abort()


#: Without looking again at the stylesheet, which no script may ask for.
RUN: Final = """async () => (await axe.run(document, {
  preload: false,
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
})).violations.map(({id, nodes}) => ({id, nodes: nodes.map(
  ({html, failureSummary}) => ({html, failureSummary}))}))"""


@pytest.fixture(scope="session")
def open_tab(browser: Browser) -> Callable[..., Any]:
    """Open tabs, each with a profile of its own."""

    @contextmanager
    def opening(server: str) -> Iterator[Tab]:
        context = browser.new_context(viewport=WIDE)
        yield Tab(context.new_page(), server)
        context.close()

    return opening


@pytest.fixture(scope="session")
def tab(open_tab: Callable[..., Any], server: str) -> Iterator[Tab]:
    """One tab for all tests that only look."""
    with open_tab(server) as opened:
        yield opened


@pytest.fixture(scope="session")
def shown(tab: Tab, address: Address) -> Tab:
    """The page at an address, as a desk shows it."""
    tab.page.set_viewport_size(WIDE)
    tab.visit(address.path)
    return tab


@pytest.fixture(scope="session")
def one_shown(tab: Tab, one_of_a_kind: Address) -> Tab:
    """A page of one kind, as a desk shows it."""
    tab.page.set_viewport_size(WIDE)
    tab.visit(one_of_a_kind.path)
    return tab
