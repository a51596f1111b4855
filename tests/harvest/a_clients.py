"""A: any client of linked data."""

import re
from collections.abc import Iterator
from statistics import median, quantiles
from urllib.parse import unquote

from pyoxigraph import NamedNode

from harvest.client import REDIRECTS, Answer, canonical
from harvest.site import LANGUAGES, RDF_TYPES, WHOLE, Page, Site, proved
from harvest.verdicts import FailedError, NotApplicableError, check, need, none_of, some

TURTLE = RDF_TYPES["ttl"]
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
RDFLIB = (
    "application/rdf+xml, text/rdf+n3, application/n-triples;q=0.9, text/turtle;q=0.9, "
    "application/ld+json;q=0.8, application/n-quads;q=0.7, application/trig;q=0.7, "
    "application/trix;q=0.5, */*;q=0.1"
)
STRANGE = re.compile(
    r"localhost|127\.0\.0\.1|0\.0\.0\.0|\bexample\.(org|com|net)\b|^file:|^urn:uuid:"
)
OURS = re.compile(r"https?://w3id\.org/teixit\b")


def spoken_of(site: Site, thing: str, answer: Answer) -> str | None:
    """What is wrong with the Turtle of a thing, or None."""
    if answer.status != 200 or answer.type != TURTLE:
        return f"{thing}: {answer.status} {answer.type}"
    try:
        found = any(answer.rdf.quads_for_subject(NamedNode(thing)))
    except SyntaxError as error:
        return f"{thing}: {error}"
    return None if found else f"{thing}: no triple has it as its subject"


@check("A01")
def turtle(site: Site) -> str:
    wrong = (spoken_of(site, t, site.client.final(t, TURTLE)) for t in site.sample)
    none_of(filter(None, wrong), "things without their Turtle")
    return f"{len(site.sample)} of {len(site.things)} things"


@check("A02")
def pages(site: Site) -> str:
    def wrong() -> Iterator[str]:
        for number, thing in enumerate(site.sample):
            language = LANGUAGES[number % 3]
            names = {
                label.value
                for label in site.merged.values(NamedNode(thing), "rdfs:label")
                + site.merged.values(NamedNode(thing), "skos:prefLabel")
                if label.language == language
            }
            answer = site.client.final(thing, "text/html", **{"Accept-Language": language})
            if answer.status != 200 or answer.type != "text/html":
                yield f"{thing}: {answer.status} {answer.type}"
            elif names and not any(
                " ".join(name.split()) in Page(answer.text).text for name in names
            ):
                yield f"{thing}: no label in {language}"

    none_of(wrong(), "things without their page")
    return f"{len(site.sample)} pages, a third in each language"


@check("A03")
def formats(site: Site) -> str:
    things = [site.sample[0], site.sample[len(site.sample) // 2], site.sample[-1]]
    for thing in things:
        triples, quads = set(), set()
        for type_ in RDF_TYPES.values():
            answer = site.client.final(thing, type_)
            need(answer.status == 200, f"{thing} as {type_}: {answer.status}")
            need(answer.type == type_, f"{thing}: asked for {type_}, got {answer.type}")
            triples.add(canonical(answer.rdf, merged=True))
            if type_ in {RDF_TYPES[name] for name in WHOLE}:
                quads.add(canonical(answer.rdf))
        need(len(triples) == 1, f"{thing}: the formats hold {len(triples)} different graphs")
        need(len(quads) == 1, f"{thing}: TriG and N-Quads differ")
    return f"six formats of {len(things)} documents have one hash each"


@check("A04")
def one_way(site: Site) -> str:
    found = {thing: site.client.get(thing, TURTLE) for thing in site.sample}
    ways = {answer.status for answer in found.values()}
    need(ways == {303}, f"things answer {sorted(ways)}, not all 303")
    none_of(
        (t for t, a in found.items() if not a.headers.get("location")), "redirects without Location"
    )
    return f"303 for {len(found)} things"


@check("A05")
def varied(site: Site) -> str:
    thing = site.sample[0]
    document = site.client.final(thing, TURTLE)
    known = document.headers.get("etag", "")
    answers = [
        site.client.get(thing, TURTLE),
        document,
        site.client.ask(document.address, Accept=TURTLE, **{"If-None-Match": known}),
        site.client.final(thing, "application/x-nothing"),
        site.client.get(f"{site.base}catalog", TURTLE),
        site.client.get(f"{site.base}def", TURTLE),
        site.client.get(f"{site.base}datasets/graph", "text/html"),
    ]
    none_of((f"{a.address} {a.status}" for a in answers if "accept" not in a.vary), "without Vary")
    statuses = sorted({answer.status for answer in answers})
    need({303, 304, 406} <= set(statuses), f"statuses {statuses}: 303, 304 or 406 was not met")
    return f"Vary names Accept on {statuses}"


@check("A06")
def wishes(site: Site) -> str:
    thing = site.sample[0]
    expected = {
        "text/html;q=0.3,text/turtle": {TURTLE},
        "*/*": {*RDF_TYPES.values(), "text/html"},
        CHROME: {"text/html"},
        RDFLIB: {*RDF_TYPES.values()},
    }
    for accept, types in expected.items():
        answer = site.client.final(thing, accept)
        need(answer.status == 200, f"Accept: {accept}: {answer.status}")
        need(answer.type in types, f"Accept: {accept}: {answer.type}")
    anything, nothing = site.client.final(thing, "*/*"), site.client.final(thing)
    need(anything.type == nothing.type, "no Accept and */* differ")
    return f"the default is {nothing.type}"


@check("A07")
def unacceptable(site: Site) -> str:
    addresses = [site.sample[0], f"{site.base}def", f"{site.base}catalog", site.endpoint]
    for address in addresses:
        answer = site.client.final(address, "application/x-nothing")
        need(answer.status == 406, f"{address}: {answer.status}, not 406")
        told = answer.text + answer.headers.get("link", "")
        need(TURTLE in told, f"{address}: 406 without the alternates")
    return f"406 with the alternates at {len(addresses)} addresses"


@check("A08")
def heads(site: Site) -> str:
    def wrong(address: str) -> Iterator[str]:
        # What weighs more than a page is compared once for all its kind: each file is, in D07.
        whole = site.client.ask(address, Accept="*/*")
        head = site.client.head(address, Accept="*/*")
        if head.status != whole.status or head.body:
            yield f"{address}: {head.status}, GET {whole.status}"
        for name in ("content-type", "etag", "content-length", "link"):
            if head.headers.get(name) != whole.headers.get(name):
                yield f"{address}: {name} {head.headers.get(name)!r}, GET {whole.headers.get(name)!r}"

    addresses = [*site.documents, *site.sample[:20]]
    followed = [site.client.final(thing, "*/*").address for thing in site.sample[:20]]
    every = [*addresses, *followed, *site.dump_files.values()]
    none_of((w for address in every for w in wrong(address)), "differences of HEAD and GET")
    return f"HEAD is GET without a body at {len(every)} addresses"


@check("A09")
def known(site: Site) -> str:
    addresses = [site.client.final(t, TURTLE).address for t in site.sample[:5]]
    addresses += [f"{site.base}{n}" for n in ("catalog.ttl", "def.ttl", "void.ttl", "ca/")]
    addresses += [site.dump_files["teixit.nq"]]
    dated = 0
    for address in addresses:
        first = site.client.ask(address, Accept="*/*")
        etag = first.headers.get("etag")
        need(etag, f"{address} has no ETag")
        again = site.client.ask(address, Accept="*/*", **{"If-None-Match": str(etag)})
        need(again.status == 304 and not again.body, f"{address}: {again.status}, not 304")
        need(again.headers.get("etag") == etag, f"{address}: 304 with another ETag")
        need("vary" in again.headers, f"{address}: 304 without Vary")
        day = first.headers.get("last-modified")
        if day:
            since = site.client.ask(address, Accept="*/*", **{"If-Modified-Since": day})
            need(since.status == 304, f"{address}: If-Modified-Since gives {since.status}")
            dated += 1
    need(dated, "no answer has Last-Modified")
    thing = site.sample[0]
    tags = [site.client.final(thing, t).headers.get("etag") for t in RDF_TYPES.values()]
    need(len(set(tags)) == len(tags), "two formats of a document share an ETag")
    return f"304 at {len(addresses)} addresses by ETag, at {dated} by date"


@check("A10")
def lasting(site: Site) -> str:
    again = getattr(site, "again", None)
    if again is None:
        raise NotApplicableError(
            "needs a server that this program starts twice: make harvest-check without URL="
        )
    addresses = [site.client.final(t, TURTLE).address for t in site.sample[:10]]
    addresses += [f"{site.base}{n}" for n in ("catalog.ttl", "def.ttl", "void.ttl")]
    before = {a: site.client.ask(a, Accept=TURTLE).headers.get("etag") for a in addresses}
    with again() as other:
        after = {a: other.ask(a, Accept=TURTLE).headers.get("etag") for a in addresses}
    none_of((a for a in addresses if before[a] != after[a]), "ETags that a restart has changed")
    return f"{len(addresses)} ETags stay after a restart"


@check("A11")
def zipped(site: Site) -> str:
    addresses = [site.client.final(t, TURTLE).address for t in site.sample[:5]]
    addresses += [f"{site.base}{n}" for n in ("catalog.ttl", "def.ttl", "ca/")]
    small = 0
    for address in addresses:
        plain = site.client.ask(address, Accept="*/*", **{"Accept-Encoding": "identity"})
        packed = site.client.ask(address, Accept="*/*", **{"Accept-Encoding": "gzip"})
        need("content-encoding" not in plain.headers, f"{address}: identity is compressed")
        need(packed.plain == plain.body, f"{address}: gzip holds something else")
        if packed.headers.get("content-encoding") != "gzip":
            need(len(plain.body) < 1500, f"{address}: {len(plain.body)} bytes are not compressed")
            small += 1
    need(small < len(addresses), "nothing is compressed")
    return f"gzip at {len(addresses) - small} addresses; {small} are too short for it"


@check("A12")
def shared_with_all(site: Site) -> str:
    origin = {"Origin": "https://example.net"}
    answers = [
        site.client.ask(site.sample[0], Accept=TURTLE, **origin),
        site.client.ask(f"{site.base}id/does-not-exist", **origin),
        site.client.ask(f"{site.endpoint}?query=ASK%7B%7D", **origin),
        site.client.ask(f"{site.endpoint}?query=nonsense", **origin),
        *(site.client.ask(a, **origin) for a in site.documents),
        site.client.ask(site.dump_files["teixit.nq"], **origin),
    ]
    told = "access-control-allow-origin"
    none_of((f"{a.address} {a.status}" for a in answers if a.headers.get(told) != "*"), "closed")
    return f"open on {sorted({a.status for a in answers})} at {len(answers)} addresses"


@check("A13")
def preflight(site: Site) -> str:
    document = site.client.final(site.sample[0], TURTLE).address
    for address, method in (
        (document, "GET"),
        (site.endpoint, "POST"),
        (f"{site.base}catalog", "GET"),
    ):
        asked = {
            "Origin": "https://example.net",
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "accept, content-type",
        }
        answer = site.client.ask(address, "OPTIONS", **asked)
        need(200 <= answer.status < 300, f"{address}: OPTIONS gives {answer.status}")
        methods = answer.headers.get("access-control-allow-methods", "")
        need({"GET", "HEAD"} <= set(re.split(r",\s*", methods)), f"{address}: allows {methods!r}")
        need(method in methods, f"{address}: {method} is not allowed")
        allowed = answer.headers.get("access-control-allow-headers", "").lower()
        need("accept" in allowed and "content-type" in allowed, f"{address}: headers {allowed!r}")
        need("POST" not in methods or address == site.endpoint, f"{address}: POST is allowed")
        exposed = site.client.ask(address, Origin="https://example.net").headers
        told = exposed.get("access-control-expose-headers", "").lower()
        need(
            {"etag", "link", "content-location"} <= set(re.split(r",\s*", told)),
            f"{address}: {told!r}",
        )
    return "GET and HEAD on documents, POST too on the endpoint"


@check("A14")
def hops(site: Site) -> str:
    need(site.base.startswith("https://"), f"{site.base} is not https")
    for thing in site.sample:
        chain = site.client.chain(thing, TURTLE)
        # One more hop is w3id.org's own, to the server that is asked here.
        need(len(chain) + 1 <= 4, f"{thing}: {len(chain)} hops")
        need(chain[-1].status not in REDIRECTS, f"{thing}: the redirects do not end")
        need(len({a.address for a in chain}) == len(chain), f"{thing}: a loop")
        for answer in chain[:-1]:
            where = answer.headers.get("location", "")
            need(where.startswith(("/", "https://", site.client.url)), f"{thing}: leads to {where}")
    return "w3id.org's redirect counted: at most 3 hops"


@check("A15")
def gone(site: Site) -> str:
    unknown = site.client.final(f"{site.base}id/does-not-exist", TURTLE)
    need(unknown.status == 404, f"an unknown thing answers {unknown.status}")
    told = "SELECT DISTINCT ?thing WHERE { { ?thing <http://www.w3.org/ns/prov#wasInvalidatedBy> ?a } UNION { ?thing <http://purl.org/dc/terms/isReplacedBy> ?b } }"  # fmt: skip
    withdrawn = [
        row[0].value for row in site.merged.rows(told) if row[0].value.startswith(site.base)
    ]
    for thing in withdrawn:
        answer = site.client.final(thing, TURTLE)
        need(answer.status == 410, f"{thing} is withdrawn and answers {answer.status}")
        need(any(answer.rdf.quads_for_subject(NamedNode(thing))), f"{thing}: no tombstone")
    if withdrawn:
        return f"404, and 410 with a tombstone for {len(withdrawn)}"
    return f"404; nothing is withdrawn yet: {proved('tests/api/web/test_documents.py')}"


@check("A16")
def unchangeable(site: Site) -> str:
    document = site.client.final(site.sample[0], TURTLE).address
    addresses = [
        document,
        f"{site.base}def",
        f"{site.base}catalog.ttl",
        f"{site.base}datasets/graph",
    ]
    for address in addresses:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = site.client.ask(address, method, b"")
            need(answer.status == 405, f"{method} {address}: {answer.status}")
            need("GET" in answer.headers.get("allow", ""), f"{method} {address}: no Allow")
    return f"405 with Allow at {len(addresses)} addresses"


@check("A17")
def parts(site: Site) -> str:
    files = some(site.dump_files.values(), "file")
    for address in files:
        answer = site.client.ask(address, Range="bytes=0-99")
        size = int(site.client.head(address).headers.get("content-length", "0"))
        length = min(100, size)
        need(answer.status == 206 and len(answer.body) == length, f"{address}: {answer.status}")
        told = answer.headers.get("content-range")
        need(told == f"bytes 0-{length - 1}/{size}", f"{address}: Content-Range {told!r}")
        stale = site.client.ask(address, Range="bytes=0-99", **{"If-Range": '"stale"'})
        need(stale.status == 200, f"{address}: a stale If-Range gives {stale.status}")
    return f"parts of {len(files)} files"


@check("A18")
def no_doors(site: Site) -> str:
    answers = [site.client.get(a) for a in site.documents]
    answers += [site.client.final(t, TURTLE) for t in site.sample]
    barred = {"set-cookie", "www-authenticate"}
    none_of((a.address for a in answers if barred & a.headers.keys()), "cookies or keys")
    return f"none on {len(answers)} answers"


@check("A19")
def quick(site: Site) -> str:
    times = [
        sum(answer.seconds for answer in site.client.chain(t, "text/turtle;q=0.99"))
        for t in site.sample[:50]
    ]
    middle, late = median(times), quantiles(times, n=20)[-1]
    need(middle < 1 and late < 1, f"median {middle:.3f} s, 95th percentile {late:.3f} s")
    return (
        f"median {middle * 1000:.0f} ms, 95th percentile {late * 1000:.0f} ms, redirects included"
    )


@check("A20")
def utf8(site: Site) -> str:
    answers = [site.client.final(site.sample[0], t) for t in RDF_TYPES.values()]
    answers += [site.client.get(a) for a in site.documents]
    for answer in answers:
        need(not answer.plain.startswith(b"\xef\xbb\xbf"), f"{answer.address}: a byte order mark")
        try:
            answer.text.encode()
        except UnicodeDecodeError as error:
            raise FailedError(f"{answer.address}: {error}") from error
        told = answer.headers.get("content-type", "").lower()
        good = not told.startswith("text/") or "charset=utf-8" in told
        need(good, f"{answer.address}: {told!r} has no charset=utf-8")
    return f"{len(answers)} answers"


@check("A21")
def alternates(site: Site) -> str:
    def wrong(address: str, *, has_files: bool) -> Iterator[str]:
        page = Page(site.found(address, "text/html").text)
        types = {link.get("type") for link in page.linked("alternate")}
        languages = {link.get("hreflang") for link in page.linked("alternate")}
        needed = set(RDF_TYPES.values()) if has_files else set(RDF_TYPES.values()) - {"application/n-triples", "application/trig", "application/n-quads"}  # fmt: skip
        if not needed <= types:
            yield f"{address}: no alternate of {sorted(needed - types)}"
        if not set(LANGUAGES) <= languages:
            yield f"{address}: hreflang {sorted(filter(None, languages))}"
        if len(page.linked("canonical")) != 1 or page.language not in LANGUAGES:
            yield f"{address}: canonical {len(page.linked('canonical'))}, lang {page.language!r}"
        for link in page.linked("alternate"):
            if site.client.ours(link["href"]) and site.client.final(link["href"]).status != 200:
                yield f"{address}: alternate {link['href']} does not answer"

    things = site.sample[:20]
    sets = [f"{site.base}datasets/{n}" for n in ("graph", "ontology", "shapes", "questions")]
    found = [w for thing in things for w in wrong(thing, has_files=True)]
    found += [w for address in sets for w in wrong(address, has_files=False)]
    none_of(found, "pages that do not name their other forms")
    return f"{len(things)} things and {len(sets)} datasets"


@check("A22")
def names(site: Site) -> str:
    def wrong(name: str) -> bool:
        local = name.removeprefix(site.base)
        return bool(
            not name.isascii()
            or len(name) >= 80
            or re.search(r"[?%#]|\.[a-z0-9]{2,6}$|\d+\.\d+\.\d+", local)
            or name.split("/")[2] != name.split("/")[2].lower()
            or unquote(name) != name
        )

    none_of(filter(wrong, site.things), "names of another form")
    return f"{len(site.things)} names"


@check("A23")
def one_base(site: Site) -> str:
    found: list[str] = []
    for address in site.documents:
        answer = site.client.final(address, "*/*")
        if answer.type in RDF_TYPES.values():
            terms = (
                term.value
                for q in answer.rdf
                for term in (q.subject, q.predicate, q.object, q.graph_name)
                if isinstance(term, NamedNode)
            )
            found += [f"{address}: {term}" for term in terms if stranger(site, term)]
    terms = {t.value for q in site.dump for t in (q.subject, q.predicate, q.object) if isinstance(t, NamedNode)}  # fmt: skip
    found += [f"dump: {term}" for term in sorted(terms) if stranger(site, term)]
    none_of(found, "IRIs of another place")
    return f"{len(site.documents)} documents and the {len(terms)} IRIs of the dump"


def stranger(site: Site, term: str) -> bool:
    return bool(
        STRANGE.search(term) or (OURS.match(term) and not term.startswith(site.base.rstrip("/")))
    )


@check("A24")
def described(site: Site) -> str:
    subjects = {q.subject.value for q in site.dump if isinstance(q.subject, NamedNode)}
    objects = {
        q.object.value
        for q in site.dump
        if isinstance(q.object, NamedNode) and q.object.value.startswith(site.base)
    }
    loose = sorted(objects - subjects)
    dead = [address for address in loose if site.client.final(address).status != 200]
    none_of(dead, "own IRIs that are neither described nor published")
    return f"{len(objects)} own IRIs are pointed at; {len(loose)} of them are documents"
