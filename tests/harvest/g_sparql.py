"""G: SPARQL clients, and SPARQLES."""

import contextlib
import http.server
import json
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode, Quad

from harvest.client import Client, canonical
from harvest.site import RDF_TYPES, Graph, Page, Site
from harvest.verdicts import check, need, none_of

JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
TABLES = {
    "json": JSON,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
P = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX t: <https://w3id.org/teixit/def#> "
FEATURES = {
    "path": "SELECT ?o WHERE { ?s t:belongsToMeasure/t:belongsToLine ?o } LIMIT 1",
    "path+": "ASK { ?s rdfs:subClassOf+ ?o }",
    "inverse, alternative": "ASK { ?s (^t:belongsToMeasure|rdfs:label) ?o }",
    "negated set": "ASK { ?s !(rdfs:label) ?o }",
    "aggregates": "SELECT ?p (COUNT(*) AS ?n) (SAMPLE(?s) AS ?x) (MIN(?o) AS ?m) (MAX(?o) AS ?k) WHERE { ?s t:number ?o ; ?p ?z } GROUP BY ?p",
    "sum, average": "SELECT (SUM(?o) AS ?n) (AVG(?o) AS ?a) WHERE { ?s t:number ?o }",
    "group_concat": "SELECT (GROUP_CONCAT(?l) AS ?n) WHERE { ?s a t:Measure ; rdfs:label ?l }",
    "having": "SELECT ?p WHERE { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 10)",
    "subquery": "SELECT ?s WHERE { { SELECT ?s WHERE { ?s a t:Measure } LIMIT 1 } }",
    "bind": "SELECT ?x WHERE { BIND(1 + 1 AS ?x) }",
    "values": "SELECT ?x WHERE { VALUES ?x { 1 2 } }",
    "minus": "SELECT ?s WHERE { ?s a t:Measure MINUS { ?s t:number 29 } }",
    "exists": "SELECT ?s WHERE { ?s a t:Measure FILTER EXISTS { ?s rdfs:label ?l } }",
    "not exists": "ASK { ?s a t:Measure FILTER NOT EXISTS { ?s rdfs:label ?l } }",
    "if, coalesce": "SELECT (IF(true, 1, 2) AS ?x) (COALESCE(?u, 3) AS ?y) WHERE {}",
    "strings": "SELECT (UCASE(STRAFTER('a-b', '-')) AS ?x) (REPLACE('a', 'a', 'b') AS ?y) (SHA256('a') AS ?z) WHERE {}",
    "graph": "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a t:Measure } }",
    "optional, union": "SELECT * WHERE { { ?s a t:Measure } UNION { ?s a t:Action } OPTIONAL { ?s t:number ?n } } LIMIT 5",
    "order, offset": "SELECT ?s WHERE { ?s a t:Action } ORDER BY DESC(?s) LIMIT 2 OFFSET 1",
}
#: No graph of ours can be joined with itself so often in any time.
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"


def described(site: Site) -> Graph:
    return site.graph(site.endpoint, "text/turtle")


@check("G01")
def service(site: Site) -> str:
    graph = described(site)
    services = graph.of_type("sd:Service")
    need(len(services) == 1, f"{len(services)} services")
    (node,) = services
    (where,) = graph.values(node, "sd:endpoint") or [None]
    need(where and site.client.ours(where.value), f"sd:endpoint is {where}")
    need(
        site.client.path(where.value) == site.client.path(site.endpoint), f"sd:endpoint is {where}"
    )
    for name in ("sd:supportedLanguage", "sd:resultFormat", "sd:feature", "sd:defaultDataset"):
        need(graph.values(node, name), f"no {name}")
    told = graph.of_type("void:Dataset") or graph.all("void:inDataset") or graph.all("void:triples")
    need(told, "nothing of VoID")
    return f"{len(graph)} statements"


@check("G02")
def form(site: Site) -> str:
    answer = site.found(site.endpoint, "text/html")
    need("<form" in answer.text and "<textarea" in answer.text, "no form")
    return f"a form in {Page(answer.text).language}"


@check("G03")
def ways(site: Site) -> str:
    named = {"Accept": JSON}
    answers = [
        site.client.ask(f"{site.endpoint}?{urlencode({'query': COUNT})}", **named),
        site.client.ask(
            site.endpoint, "POST", urlencode({"query": COUNT}).encode(), Content_Type=FORM, **named
        ),
        site.client.ask(
            site.endpoint, "POST", COUNT.encode(), Content_Type="application/sparql-query", **named
        ),
    ]
    need({a.status for a in answers} == {200}, f"statuses {[a.status for a in answers]}")
    found = [json.loads(a.text)["results"] for a in answers]
    need(found[0] == found[1] == found[2], "the results differ")
    return "three ways, one result"


@check("G04")
def formats(site: Site) -> str:
    asked = [("ASK {}", "json"), ("ASK {}", "xml"), *((COUNT, name) for name in TABLES)]
    for query, name in asked:
        answer = site.query(query, TABLES[name])
        need(
            answer.status == 200 and answer.type == TABLES[name],
            f"{name}: {answer.status} {answer.type}",
        )
        need("accept" in answer.vary, f"{name}: Vary {sorted(answer.vary)}")
    hashes = set()
    for type_ in GRAPHS:
        for query in (f"DESCRIBE <{site.sample[0]}>", "CONSTRUCT WHERE { ?s a ?t } LIMIT 5"):
            answer = site.query(query, type_)
            need(answer.status == 200 and answer.type == type_, f"{type_}: {answer.type}")
        hashes.add(canonical(site.query(f"DESCRIBE <{site.sample[0]}>", type_).rdf))
    need(len(hashes) == 1, "the formats of a graph differ")
    need(site.query(COUNT, "application/x-nothing").status == 406, "an unknown format is not 406")
    return f"{len(TABLES)} of tables, {len(GRAPHS)} of graphs, and 406"


@check("G05")
def refused(site: Site) -> str:
    before = site.asked(COUNT)
    bad = site.query("SELECT WHERE nonsense")
    need(bad.status == 400 and len(bad.text) > 20, f"a malformed query: {bad.status}")
    need(b"Traceback" not in bad.body, "a traceback is shown")
    missing = site.client.ask(site.endpoint, "POST", b"", Content_Type=FORM)
    need(missing.status == 400, f"no query by POST: {missing.status}")
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    answers = [
        site.client.ask(f"{site.endpoint}?{urlencode({'update': update})}"),
        site.client.ask(f"{site.endpoint}?{urlencode({'query': update})}"),
        site.client.ask(
            site.endpoint, "POST", urlencode({"update": update}).encode(), Content_Type=FORM
        ),
        site.client.ask(
            site.endpoint, "POST", update.encode(), Content_Type="application/sparql-update"
        ),
    ]
    none_of(
        (a.status for a in answers if a.status not in {400, 403, 405, 415}), "updates not refused"
    )
    need(not site.asked("ASK { <urn:a> <urn:b> <urn:c> }"), "the update was done")
    need(site.asked(f"{COUNT} #again") == before, "the data have changed")
    return "400, and refused four ways"


@check("G06")
def graphs(site: Site) -> str:
    quad = next(q for q in site.dump if isinstance(q.graph_name, NamedNode))
    name = quad.graph_name.value
    inside = sum(1 for _ in site.dump.quads_for_graph_name(quad.graph_name))

    def counted(**parameters: str) -> int:
        query = urlencode({"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", **parameters})
        answer = site.client.get(f"{site.endpoint}?{query}", JSON)
        return int(json.loads(answer.text)["results"]["bindings"][0]["n"]["value"])

    got = counted(**{"default-graph-uri": name})
    need(got == inside, f"default-graph-uri: {got} statements, not {inside}")
    query = {"query": "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": name}
    answer = site.client.get(f"{site.endpoint}?{urlencode(query)}", JSON)
    found = [row["g"]["value"] for row in json.loads(answer.text)["results"]["bindings"]]
    need(found == [name], f"named-graph-uri: {found}")
    return f"{inside} statements of {name.rpartition('/')[2]} alone"


@check("G07")
def endpoint(site: Site) -> str:
    query = f"PREFIX void: <http://rdfs.org/ns/void#> ASK {{ ?d a void:Dataset ; void:sparqlEndpoint <{site.endpoint}> }}"
    need(site.asked(query) is True, f"no void:Dataset has the endpoint {site.endpoint}")
    return site.endpoint


@check("G08")
def features(site: Site) -> str:
    for name, query in FEATURES.items():
        answer = site.query(P + query)
        need(answer.status == 200, f"{name}: {answer.status}")
    answer = site.query(P + "CONSTRUCT WHERE { ?s a t:Measure }", "text/turtle")
    need(answer.status == 200 and len(answer.rdf), "CONSTRUCT WHERE")
    return f"{len(FEATURES) + 1} features"


@contextlib.contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server nearby that nobody must call."""
    called: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            called.append(str(self.raw_requestline))
            return False

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", called
        server.shutdown()


@check("G09")
def no_service(site: Site) -> str:
    with canary() as (near, called):
        for where in (near, "http://169.254.169.254/"):
            for silent in ("", "SILENT "):
                answer = site.query(
                    f"SELECT * WHERE {{ SERVICE {silent}<{where}> {{ ?s ?p ?o }} }}"
                )
                need(answer.status in {400, 403}, f"SERVICE {silent}<{where}>: {answer.status}")
        need(not called, "a server was called")
    return "refused, and nobody was called"


@check("G10")
def endless(site: Site) -> str:
    told = [
        quad.object.value
        for quad in described(site).store
        if str(quad.subject.value).endswith("#time-limit") and "maxValue" in quad.predicate.value
    ]
    need(told, "the service announces no limit of time")
    limit = float(told[0])
    waits: list[float] = []

    def others() -> None:
        with Client(site.client.url, site.base) as other:  # on a connection of its own
            for turn in range(10):
                query = urlencode({"query": f"ASK {{}} #{turn}"})
                answer = other.ask(f"{site.endpoint}?{query}", Accept=JSON)
                waits.append(answer.seconds if answer.status == 200 else 1e9)
                time.sleep(0.2)

    neighbour = threading.Thread(target=others)
    neighbour.start()
    answer = site.query(CROSS)
    neighbour.join()
    need(answer.status in {408, 503}, f"it answers {answer.status}")
    need(answer.seconds < limit + 2, f"it took {answer.seconds:.1f} s")
    need(max(waits) < 2, f"a neighbour waited {max(waits):.1f} s")
    return f"{answer.status} after {answer.seconds:.1f} s; a neighbour waited {max(waits) * 1000:.0f} ms"


@check("G11")
def counted(site: Site) -> str:
    ((row),) = site.asked(COUNT)
    asked = int(row["n"])
    merged = len(site.merged)
    node = NamedNode(f"{site.base}id/dataset-graph")
    told = [int(v.value) for v in site.void.values(node, "void:triples")]
    need(asked == merged, f"the endpoint counts {asked}, the dump has {merged}")
    need(told == [asked], f"void:triples is {told}, the endpoint counts {asked}")
    return f"{asked} statements"


@check("G12")
def same(site: Site) -> str:
    for thing in site.sample[:10]:
        told = {triple(q) for q in site.query(f"DESCRIBE <{thing}>", "text/turtle").rdf}
        document = site.client.final(thing, "text/turtle").rdf
        own = {triple(q) for q in document.quads_for_subject(NamedNode(thing))}
        described_ = {t for t in told if t[0] == f"<{thing}>"}
        need(
            described_ and described_ == own, f"{thing}: {len(described_ ^ own)} statements differ"
        )
    return (
        "what has the thing as its subject is the same; the document adds labels, links and rights"
    )


def triple(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


@check("G13")
def known(site: Site) -> str:
    address = f"{site.endpoint}?{urlencode({'query': COUNT})}"
    etag = site.client.ask(address, Accept=JSON).headers.get("etag")
    need(etag, "no ETag")
    again = site.client.ask(address, Accept=JSON, **{"If-None-Match": str(etag)})
    need(again.status == 304, f"{again.status}, not 304")
    return "304"


@check("G14")
def store(site: Site) -> str:
    name = next(q.graph_name.value for q in site.dump if isinstance(q.graph_name, NamedNode))
    address = f"{site.base}graphs?graph={quote(name, safe='')}"
    answer = site.client.get(address, "text/turtle")
    need(answer.status == 200 and len(answer.rdf), f"GET {address}: {answer.status}")
    whole = site.client.get(f"{site.base}graphs?default", RDF_TYPES["nt"])
    need(whole.status == 200, f"?default: {whole.status}")
    put = site.client.ask(address, "PUT", b"", Content_Type="text/turtle")
    need(put.status == 405, f"PUT: {put.status}")
    return "200 for a graph and the default one, 405 for PUT"


@check("G15")
def head(site: Site) -> str:
    answer = site.client.head(site.endpoint)
    need(answer.status == 200, f"{answer.status}")
    return "200"
