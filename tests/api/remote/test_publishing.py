"""A graph put on real servers, and what their readers see when something goes wrong."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from teixit import remote
from teixit.errors import KnowledgeError, UpstreamError
from teixit.remote import Credentials, RemoteStore, publishing

ON_BOTH = pytest.mark.parametrize("server", ["empty_oxigraph", "virtuoso_to_write"])
P = NamedNode("urn:p")
ALL = "SELECT ?g ?s ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?o"
DEFAULT = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"
#: All graphs of the server, whoever put them there.
EVERYTHING = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

Wrong = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


@pytest.fixture(scope="module")
def virtuoso_to_write(virtuoso: object, store: Store) -> Iterator[object]:
    yield virtuoso
    remote.publish(virtuoso.url, store, "0f" * 32, virtuoso.writer)


@pytest.fixture
def place(server: str, request: pytest.FixtureRequest) -> tuple[str, Credentials | None]:
    found = request.getfixturevalue(server)
    return found.url, found.writer


def small(word: str, graphs: str = "ab", *, merge: bool = True) -> Store:
    """A graph in a few graphs, each with a blank node and a statement that they share."""
    store = Store()
    for graph in map(NamedNode, (f"urn:{letter}" for letter in graphs)):
        for subject, value in ((BlankNode(), word), (P, "shared"), (graph, "é\n\\")):
            store.add(Quad(subject, P, Literal(value, language="ca"), graph))
            if merge:
                store.add(Quad(subject, P, Literal(value, language="ca"), DefaultGraph()))
    return store


def rows(found: object) -> list[tuple[str, ...]]:
    assert isinstance(found, QuerySolutions)
    return [tuple("_" if isinstance(v, BlankNode) else str(v) for v in row) for row in found]


def served(url: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    there = RemoteStore(url)
    return rows(there.query(ALL)), rows(there.query(DEFAULT))


def asked(url: str, text: str, graphs: str = "") -> list[str]:
    """Ask the server itself; the lines of its answer without the header."""
    fields = [("query", text), *(("named-graph-uri", f"urn:{letter}") for letter in graphs)]
    request = Request(url, urlencode(fields).encode(), _CSV)  # noqa: S310
    with urlopen(request, timeout=20) as answer:  # noqa: S310
        return answer.read().decode().split("\n")[1:-1]


def staged(url: str) -> list[str]:
    return [graph for graph in asked(url, EVERYTHING) if "/staging-" in graph]


_CSV = {"Accept": "text/csv"}


@ON_BOTH
@pytest.mark.parametrize("merge", [True, False])
def test_what_is_published_is_what_is_asked(
    place: tuple[str, Credentials | None], merge: object
) -> None:
    url, writer = place
    sent = small("first", merge=bool(merge))
    report = remote.publish(url, sent, "aa" * 32, writer)
    assert (report.graphs, report.statements, report.version) == (2, 6, "aa" * 32)
    assert report.way == "Graph Store Protocol"
    assert served(url) == (rows(sent.query(ALL)), rows(sent.query(DEFAULT)))
    assert RemoteStore(url).version() == "aa" * 32
    assert staged(url) == []


@ON_BOTH
def test_what_was_published_before_goes_and_what_others_have_stays(
    place: tuple[str, Credentials | None],
) -> None:
    url, writer = place
    said: list[str] = []
    remote.publish(url, small("first", "abc"), "aa" * 32, writer)
    line = remote.wire.Wire(url, writer)
    where = remote.places.find(line, NamedNode("urn:probe"), None, None)
    assert where.update
    line.update("INSERT DATA { GRAPH <urn:theirs> { <urn:x> <urn:y> 1 } }", where.update)
    sent = small("second", "ad")
    remote.publish(url, sent, "bb" * 32, writer, say=said.append)
    assert served(url) == (rows(sent.query(ALL)), rows(sent.query(DEFAULT)))
    there = RemoteStore(url)
    theirs = there.query("SELECT * { GRAPH ?g {?s ?p ?o} }", named_graphs=[NamedNode("urn:theirs")])
    assert len(rows(theirs)) == 1
    gone = there.query(ALL, named_graphs=[NamedNode("urn:b"), NamedNode("urn:c")])
    assert rows(gone) == []
    line.update("DROP GRAPH <urn:theirs>" if writer is None else _CLEAR, where.update)
    assert [words.split()[0] for words in said] == ["loaded", "counted", "switched,"]


_CLEAR = "CLEAR GRAPH <urn:theirs>"


def test_a_server_without_the_graph_store_protocol_gets_updates(empty_oxigraph: object) -> None:
    url = empty_oxigraph.url
    sent = small("by update")
    report = remote.publish(url, sent, "cc" * 32, graphs=url.replace("/query", "/nowhere"))
    assert report.way == "SPARQL Update"
    assert served(url) == (rows(sent.query(ALL)), rows(sent.query(DEFAULT)))


def test_what_is_not_guaranteed_is_said(
    empty_oxigraph: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = small("shared", merge=False)
    both = BlankNode("both")
    for graph in (NamedNode("urn:a"), NamedNode("urn:b")):
        sent.add(Quad(both, P, both, graph))
    monkeypatch.setattr(remote.comparing, "COMPARED", 3)
    report = remote.publish(empty_oxigraph.url, sent, "dd" * 32)
    assert report.unsure == (
        "graphs of more than 3 statements are counted alone",
        "1 blank nodes are shared by graphs, and are two on the server",
    )


def test_what_virtuoso_writes_otherwise_is_said(virtuoso: object, store: Store) -> None:
    report = remote.publish(virtuoso.url, store, "0f" * 32, virtuoso.writer)
    assert {said.rpartition("/")[2] for said in report.unsure[:-1]} == {
        f"{graph}: the server writes some of its terms otherwise"
        for graph in ("extract-cartobcn", "extract-cartobcn-boundaries", "published-default")
    }
    assert report.unsure[-1].startswith("whether a reader can see the switch half done")


def test_no_reader_sees_a_publication_half_done(empty_oxigraph: object) -> None:
    url = empty_oxigraph.url
    remote.publish(url, small("word 0"), "ee" * 32)
    text = 'SELECT DISTINCT ?o { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?o), "word")) }'
    seen: list[list[str]] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            seen.append(asked(url, text, "ab"))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 6):
        remote.publish(url, small(f"word {number}"), "ee" * 32)
    over.set()
    reader.join()
    assert {len(words) for words in seen} == {1}
    assert len({words[0] for words in seen}) > 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([Quad(P, P, P, BlankNode())], "named by a blank node"),
        (
            [Quad(P, P, P, NamedNode(f"urn:{n}")) for n in range(1001)],
            "1001 named graphs; a server",
        ),
    ],
)
def test_what_cannot_be_published_is_said_before_anything_is_sent(
    sent: list[Quad], said: str
) -> None:
    store = Store()
    store.extend(sent)
    with pytest.raises(KnowledgeError, match=said):
        remote.publish("http://192.0.2.1/query", store, "ff" * 32)


def test_a_server_that_takes_no_updates_is_told(wrong: Wrong) -> None:
    url = wrong(lambda to: answer(to, 405, b""))
    with pytest.raises(UpstreamError, match="no address for updates found"):
        remote.publish(url, small("no"), "ff" * 32)


def test_a_wrong_password_is_told(virtuoso: object) -> None:
    who = Credentials("teixit", "wrong-4711")
    with pytest.raises(UpstreamError, match=r"refuses us \(401\); the operator sets") as told:
        remote.publish(virtuoso.url, small("no"), "ff" * 32, who)
    assert "4711" not in str(told.value)


def answer(to: BaseHTTPRequestHandler, status: int, body: bytes, media_type: str = "") -> None:
    to.send_response(status)
    to.send_header("Content-Type", media_type)
    to.send_header("Content-Length", str(len(body)))
    to.end_headers()
    to.wfile.write(body)


def relay(to: BaseHTTPRequestHandler, root: str, body: bytes) -> None:
    kept = {name: to.headers[name] for name in ("Content-Type", "Accept") if to.headers[name]}
    request = Request(f"{root}{to.path}", body or None, kept, method=to.command)  # noqa: S310
    try:
        with urlopen(request, timeout=20) as found:  # noqa: S310
            answer(to, found.status, found.read(), found.headers.get("Content-Type", ""))
    except HTTPError as error:
        with error:
            answer(to, error.code, error.read())


@pytest.mark.parametrize(
    ("lose", "fail", "said"),
    [
        (b"shared", None, "were sent, and the server has 2; the graph that was there is still"),
        (None, b"ADD+GRAPH", r"failed \(500\); the graph that was there is still served"),
        (None, b"MOVE+GRAPH", r"failed \(500\); the graph that is served may be neither"),
    ],
)
def test_a_publication_that_fails_leaves_the_old_graph(
    empty_oxigraph: object, wrong: Wrong, lose: bytes | None, fail: bytes | None, said: str
) -> None:
    url = empty_oxigraph.url
    remote.publish(url, small("old"), "aa" * 32)
    before = served(url)

    def between(to: BaseHTTPRequestHandler) -> None:
        body: bytes = to.received  # type: ignore[attr-defined]
        if fail and fail in body:
            answer(to, 500, b"")
            return
        lines = body.splitlines(keepends=True)
        relay(
            to, url.removesuffix("/query"), b"".join(x for x in lines if not lose or lose not in x)
        )

    bad = wrong(between).replace("/sparql", "/query")
    with pytest.raises(UpstreamError, match=said):
        publishing.publish(bad, small("new"), "bb" * 32)
    assert served(url) == before
    assert RemoteStore(url).version() == "aa" * 32
    if lose or fail != b"MOVE+GRAPH":
        assert staged(url) == []
