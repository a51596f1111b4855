"""K: feeds of changes, LDES and TREE."""

import datetime as dt
import re
import threading
from collections import Counter
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from pyoxigraph import Dataset, NamedNode, Quad

from harvest.client import Answer, Client, canonical
from harvest.site import RDF_TYPES, Graph, Site
from harvest.verdicts import NotApplicableError, check, need, none_of, some

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = 1000


def stream(site: Site) -> tuple[Graph, NamedNode]:
    graph = site.graph(f"{site.base}ldes", "text/turtle")
    found = graph.of_type("ldes:EventStream")
    need(len(found) == 1, f"{len(found)} ldes:EventStream")
    return graph, found[0]


def walked(site: Site) -> list[tuple[Answer, Graph]]:
    """All pages from the view on, in the order in which they are linked."""
    graph, node = stream(site)
    left = [v.value for v in some(graph.values(node, "tree:view"), "tree:view")]
    seen: dict[str, tuple[Answer, Graph]] = {}
    while left and len(seen) < PAGES:
        address = left.pop(0)
        answer = site.found(address, RDF_TYPES["trig"])
        if answer.address in seen:
            continue
        found = Graph(answer.rdf)
        seen[answer.address] = (answer, found)
        left += [v.value for q in found.all("tree:relation") for v in found.values(q, "tree:node")]
    need(len(seen) < PAGES, f"it does not end within {PAGES} pages")
    return list(seen.values())


@check("K01")
def described(site: Site) -> str:
    graph, node = stream(site)
    for name in ("ldes:timestampPath", "ldes:versionOfPath", "tree:shape", "tree:view"):
        need(graph.values(node, name), f"no {name}")
    types = [RDF_TYPES["ttl"]]
    for type_ in (RDF_TYPES["trig"], RDF_TYPES["jsonld"]):
        answer = site.client.final(f"{site.base}ldes", type_)
        types += [type_] if answer.status == 200 and answer.type == type_ else []
    need(len(types) > 1, "neither TriG nor JSON-LD")
    return ", ".join(types)


def members(pages: list[tuple[Answer, Graph]]) -> list[list[Any]]:
    return [graph.all("tree:member") for _, graph in pages]


@check("K02")
def followed(site: Site) -> str:
    graph, node = stream(site)
    (path,) = graph.values(node, "ldes:timestampPath")
    pages, last = walked(site), ""
    counted = Counter(m for found in members(pages) for m in found)
    need(counted, "there is no member")
    none_of((m for m, times in counted.items() if times > 1), "members come more than once")
    for _, found in pages:
        of_page = sorted(
            q.object.value for m in found.all("tree:member") for q in found.store.quads_for_pattern(m, path, None)
        )  # fmt: skip
        zoned = re.compile(r".*(Z|[+-]\d\d:\d\d)")
        none_of((t for t in of_page if not zoned.fullmatch(t)), "timestamps without a zone")
        if of_page:
            need(of_page[0] >= last, f"timestamps go back to {of_page[0]}")
            last = of_page[-1]
    return f"{sum(counted.values())} members on {len(pages)} pages"


@check("K03")
def lasting(site: Site) -> str:
    with_members = [answer for answer, graph in walked(site) if graph.all("tree:member")]
    need(with_members, "no page has members")
    for answer in with_members:
        need(answer.headers.get("etag"), f"{answer.address}: no ETag")
    still = [a for a in with_members if "immutable" in a.headers.get("cache-control", "")]
    changing = len(with_members) - len(still)
    need(changing <= 1, f"{changing} pages may change")
    for answer in still:
        age = re.search(r"max-age=(\d+)", answer.headers["cache-control"])
        need(
            age and int(age[1]) >= 86400 * 30,
            f"{answer.address}: {answer.headers['cache-control']}",
        )
    return f"{len(still)} pages immutable, {changing} that may change"


@check("K04")
def replayed(site: Site) -> str:
    """The latest version of each thing, its statements said of the thing again."""
    graph, node = stream(site)
    (of,) = graph.values(node, "ldes:versionOfPath")
    (path,) = graph.values(node, "ldes:timestampPath")
    latest: dict[Any, tuple[str, Any, Dataset]] = {}
    for answer, found in walked(site):
        for member in found.all("tree:member"):
            things = [q.object for q in found.store.quads_for_pattern(member, of, None)]
            times = [q.object.value for q in found.store.quads_for_pattern(member, path, None)]
            need(things and times, f"{member}: no version or time")
            if things[0] not in latest or latest[things[0]][0] <= times[0]:
                latest[things[0]] = (times[0], member, answer.rdf)
    quads = {
        q
        for thing, (_, member, rdf) in latest.items()
        for q in quads_of(thing, member, rdf)
        if q.predicate not in {of, path} or q.subject != thing
    }
    got, wanted = Dataset(quads), Dataset(site.dump)
    need(canonical(got, merged=True) == canonical(wanted, merged=True), differ(got, wanted))
    return f"{len(latest)} things give the {len(site.merged)} statements of the dump"


def quads_of(thing: Any, member: Any, rdf: Dataset) -> list[Quad]:
    """Statements of a member: those in the graph that it names, or those that it is the subject of."""
    inside = list(rdf.quads_for_graph_name(member))
    found = inside or list(rdf.quads_for_subject(member))
    return [Quad(thing if q.subject == member else q.subject, q.predicate, q.object) for q in found]


def differ(got: Dataset, wanted: Dataset) -> str:
    ours, theirs = (
        {(str(q.subject), str(q.predicate), str(q.object)) for q in d} for d in (got, wanted)
    )
    return f"the replay differs: {len(ours - theirs)} more, {len(theirs - ours)} fewer statements"


@check("K05")
def activities(site: Site) -> str:
    answer = site.client.final(f"{site.base}feeds/dcat", RDF_TYPES["trig"])
    if answer.status == 404:
        raise NotApplicableError("DCAT-AP Feeds is a pilot; the stream is at /ldes")
    graph = Graph(answer.rdf)
    kinds = "https://www.w3.org/ns/activitystreams#"
    need(any(str(q.object.value).startswith(kinds) for q in graph.store), "no activity")
    return f"{len(graph)} statements"


@check("K06")
def atom(site: Site) -> str:
    answer = site.found(f"{site.base}feed.atom")
    need(answer.type == "application/atom+xml", f"Content-Type {answer.type!r}")
    root = ET.fromstring(answer.plain)
    need(root.tag == f"{ATOM}feed", root.tag)
    for name in ("id", "title", "updated"):
        need(root.findtext(f"{ATOM}{name}"), f"no {name}")
    entries = some(root.iter(f"{ATOM}entry"), "entry")
    for entry in entries:
        for name in ("id", "title", "updated"):
            need(entry.findtext(f"{ATOM}{name}"), f"an entry without {name}")
        dt.datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated")))
    page = site.found(f"{site.base}ca/", "text/html").text
    need("feed.atom" in page, "the start page does not link to it")
    return f"{len(entries)} entries"


@check("K07")
def burst(site: Site) -> str:
    """So many long questions at once that some must be told to wait."""
    statuses: list[Answer] = []

    def ask(number: int) -> None:
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?a ?b ?c . ?d ?e ?f FILTER(?c != ?f && {number} = {number}) }}"
        with Client(site.client.url, site.base) as own:
            statuses.append(own.ask(f"{site.endpoint}?{urlencode({'query': query})}"))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [a for a in statuses if a.status != 200]
    faults = [a for a in refused if a.status >= 500 and a.status != 503]
    none_of((a.status for a in faults), "faults under a burst")
    bare = [a for a in refused if "retry-after" not in a.headers]
    none_of((a.status for a in bare), "refusals without Retry-After")
    over = [a for a in refused if a.status == 503 and b'"busy"' in a.body]
    none_of((a.status for a in over), "refusals of one client's burst are 503, not 429")
    counted = Counter(a.status for a in statuses)
    return f"{dict(sorted(counted.items()))}; 503 is a query's own limit of time"
