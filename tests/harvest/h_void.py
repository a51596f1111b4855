"""H: VoID, the LOD Cloud, and KGHeartbeat."""

import json
import re
from collections import Counter
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from harvest.site import LANGUAGES, RDF_TYPES, Graph, Site, iri, proved
from harvest.verdicts import check, need, none_of, some

TYPE = iri("rdf:type")
NEEDED = (
    "dct:title", "dct:description", "dct:license", "dct:creator", "dct:publisher", "dct:issued",
    "dct:modified", "void:dataDump", "void:sparqlEndpoint", "void:vocabulary", "void:uriSpace",
    "void:uriRegexPattern", "void:exampleResource", "void:rootResource", "void:feature",
)  # fmt: skip
CLOUD = {
    "identifier", "title", "description", "website", "contact_point", "domain", "license",
    "full_download", "sparql", "example", "links", "triples", "keywords", "namespace",
}  # fmt: skip
#: Datasets of the LOD Cloud that a graph like ours can point to.
KNOWN = ("wikidata.org/", "geonames.org/", "eurovoc.europa.eu/", "dbpedia.org/")
#: How IRIs of others are spelt.
SPELT = {
    "wikidata.org": r"http://www\.wikidata\.org/(entity/[QP]\d+|prop/\S+)",
    "geonames.org": r"https?://(sws\.geonames\.org/\d+/|www\.geonames\.org/ontology#\w+)",
    "dbpedia.org": r"http://dbpedia\.org/(resource|ontology|property)/\S+",
}
LEXICAL = {
    "integer": r"[+-]?\d+", "nonNegativeInteger": r"\+?\d+", "positiveInteger": r"\+?0*[1-9]\d*",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)", "boolean": r"true|false|0|1",
    "date": r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?",
    "dateTime": r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "gYear": r"-?\d{4,}(Z|[+-]\d\d:\d\d)?", "gYearMonth": r"-?\d{4,}-(0[1-9]|1[0-2])",
    "hexBinary": r"([0-9a-fA-F]{2})*", "anyURI": r"\S*", "duration": r"-?P\S+",
    "double": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN", "string": r"[\s\S]*",
}  # fmt: skip


def itself(site: Site) -> NamedNode:
    return NamedNode(f"{site.base}id/dataset-graph")


@check("H01")
def well_known(site: Site) -> str:
    answer = site.found(f"{site.base}.well-known/void")
    need(answer.type in RDF_TYPES.values(), f"Content-Type {answer.type!r}")
    graph = Graph(answer.rdf)
    need(graph.of_type("void:DatasetDescription"), "no void:DatasetDescription")
    need(graph.of_type("void:Dataset"), "no void:Dataset")
    return f"{answer.type}, {len(graph)} statements"


@check("H02")
def told(site: Site) -> str:
    graph, node = site.graph(f"{site.base}.well-known/void"), itself(site)
    missing = [name for name in NEEDED if not graph.values(node, name)]
    need(not missing, f"no {', '.join(missing)}")
    return f"{len(NEEDED)} properties"


def number(graph: Graph, node: NamedNode, name: str) -> int:
    values = graph.values(node, name)
    need(len(values) == 1, f"{node.value}: {name} {len(values)} times")
    return int(values[0].value)


@check("H03")
def figures(site: Site) -> str:
    graph, node = site.void, itself(site)
    triples = {(q.subject, q.predicate, q.object) for q in site.dump}
    typed = {(s, o) for s, p, o in triples if p == TYPE}
    space = re.compile(graph.values(node, "void:uriRegexPattern")[0].value)
    classes, properties = Counter(o for _, o in typed), Counter(p for _, p, _ in triples)
    recounted = {
        "void:triples": len(triples),
        "void:entities": len({s for s, _, _ in triples if space.search(s.value)}),
        "void:classes": len(classes),
        "void:properties": len(properties),
        "void:distinctSubjects": len({s for s, _, _ in triples}),
        "void:distinctObjects": len({o for _, _, o in triples}),
    }
    for name, count in recounted.items():
        said = number(graph, node, name)
        need(said == count, f"{name} is {said}, the dump has {count}")
    parts = {"void:classPartition": ("void:class", "void:entities", classes),
             "void:propertyPartition": ("void:property", "void:triples", properties)}  # fmt: skip
    for partition, (of, counted, found) in parts.items():
        nodes = some(graph.values(node, partition), partition)
        said_of = {graph.values(n, of)[0]: number(graph, n, counted) for n in nodes}
        wrong = {k for k in {*said_of, *found} if said_of.get(k) != found.get(k)}
        none_of(wrong, f"{partition} that the dump does not bear out")
    return f"{len(recounted)} counts, {len(classes)} classes, {len(properties)} properties"


@check("H04")
def real(site: Site) -> str:
    graph, node = site.void, itself(site)
    subjects = {q.subject for q in site.dump}
    examples = some(graph.values(node, "void:exampleResource"), "example")
    none_of((e for e in examples if e not in subjects), "examples are not in the dump")
    dumps = some(graph.values(node, "void:dataDump"), "dataDump")
    for one in (*examples, *dumps):
        need(site.client.final(one.value).status == 200, f"{one.value} does not answer")
    used = {q.predicate.value for q in site.dump}
    used |= {q.object.value for q in site.dump if q.predicate == TYPE}
    vocabularies = some(graph.values(node, "void:vocabulary"), "vocabulary")
    unused = [v for v in vocabularies if not any(term.startswith(v.value) for term in used)]
    none_of(unused, "vocabularies are not used")
    ours = [v.value for v in vocabularies if site.client.ours(v.value)]
    none_of((v for v in ours if site.client.final(v).status != 200), "vocabularies do not answer")
    return f"{len(examples)} examples, {len(dumps)} dumps, {len(vocabularies)} vocabularies; those of others cannot be asked here"


@check("H05")
def links(site: Site) -> str:
    graph, cloud = site.void, Counter()
    triples = {(q.subject, q.predicate, q.object) for q in site.dump}
    for node in some(graph.of_type("void:Linkset"), "void:Linkset"):
        targets = graph.values(node, "void:objectsTarget") or graph.values(node, "void:target")
        need(targets, f"{node}: no target")
        predicates = graph.values(node, "void:linkPredicate")
        need(predicates, f"{node}: no linkPredicate")
        spaces = [s.value for t in targets for s in graph.values(t, "void:uriSpace")]
        need(spaces, f"{node}: its target has no uriSpace")
        found = sum(
            1 for s, p, o in triples
            if p in predicates and isinstance(o, NamedNode) and o.value.startswith(tuple(spaces))
            and s.value.startswith(f"{site.base}id/")
        )  # fmt: skip
        said = number(graph, node, "void:triples")
        need(said == found, f"{node}: {said} links, the dump has {found}")
        cloud.update({name: found for name in KNOWN for space in spaces if name in space})
    most = cloud.most_common(1)
    need(most and most[0][1] >= 50, f"fewer than 50 links to a dataset of the cloud: {dict(cloud)}")
    return ", ".join(f"{name.rstrip('/')} {count}" for name, count in cloud.most_common())


@check("H06")
def size(site: Site) -> str:
    said = number(site.void, itself(site), "void:triples")
    need(said >= 1000, f"{said} statements")
    return f"{said} statements"


@check("H07")
def belongs(site: Site) -> str:
    def wrong() -> Iterator[str]:
        for thing in site.sample[:50]:
            graph = Graph(site.client.final(thing, "text/turtle").rdf)
            for name in ("void:inDataset|dct:isPartOf", "dct:license", "dct:modified"):
                if not any(graph.all(one) for one in name.split("|")):
                    yield f"{thing}: no {name}"

    none_of(wrong(), "gaps in documents")
    return "50 documents" if len(site.sample) > 50 else f"{len(site.sample)} documents"


@check("H08")
def cloud(site: Site) -> str:
    found = json.loads(site.found(f"{site.base}lod-cloud.json").text)
    found = next(iter(found.values())) if len(found) == 1 else found
    missing = CLOUD - found.keys()
    need(not missing, f"no {', '.join(sorted(missing))}")
    none_of((k for k in CLOUD if not found[k]), "fields are empty")
    need(found["description"].get("en"), "no English description")
    said = number(site.void, itself(site), "void:triples")
    need(int(found["triples"]) == said, f"triples {found['triples']}, VoID says {said}")
    return f"{len(CLOUD)} fields"


@check("H09")
def plain(site: Site) -> str:
    bad = {iri(f"rdf:{n}") for n in ("Statement", "Bag", "Seq", "Alt")}
    none_of((q for q in site.dump if q.predicate == TYPE and q.object in bad), "containers")
    ontology = NamedNode(f"{site.base}def")  # whose axioms are lists and restrictions
    subjects = {q.subject for q in site.dump if q.graph_name != ontology}
    blank = [s for s in subjects if isinstance(s, BlankNode)]
    share = len(blank) / len(subjects)
    need(share < 0.01, f"{len(blank)} blank nodes of {len(subjects)} subjects ({share:.1%})")
    return f"{len(blank)} blank nodes of {len(subjects)} subjects ({share:.2%})"


@check("H10")
def labels(site: Site) -> str:
    graph = site.merged
    typed = {
        q.subject for q in site.dump if q.predicate == TYPE and isinstance(q.subject, NamedNode)
    }
    ours = sorted((s for s in typed if s.value.startswith(site.base)), key=str)

    def wrong() -> Iterator[str]:
        for node in some(ours, "thing with a type"):
            for name in ("rdfs:label", "skos:prefLabel"):
                found = [v for v in graph.values(node, name) if isinstance(v, Literal)]
                tags = [v.language for v in found]
                if name == "rdfs:label" and not set(LANGUAGES) <= set(tags):
                    yield f"{node.value}: {name} in {sorted(filter(None, tags))}"
                if len(tags) != len(set(tags)):
                    yield f"{node.value}: {name} twice in a language"
                if any(v.value != v.value.strip() or not v.value for v in found):
                    yield f"{node.value}: {name} is empty or padded"

    none_of(wrong(), "labels missing, doubled or padded")
    return f"{len(ours)} things"


@check("H11")
def values(site: Site) -> str:
    xsd = iri("xsd:date").value.removesuffix("date")
    typed = {q.object for q in site.dump if isinstance(q.object, Literal) and not q.object.language}
    unknown = Counter()

    def wrong(value: Literal) -> bool:
        name = value.datatype.value
        pattern = LEXICAL.get(name.removeprefix(xsd)) if name.startswith(xsd) else None
        if name.endswith("wktLiteral"):
            return not re.match(
                r"(<\S+>\s*)?(MULTI)?(POINT|LINESTRING|POLYGON)\s*[ZM]*\s*\(", value.value
            )
        if pattern is None:
            unknown[name] += 1
            return False
        return not re.fullmatch(pattern, value.value)

    none_of(filter(wrong, typed), "values of a wrong form")
    need(not unknown, f"datatypes that this check does not know: {dict(unknown)}")
    return f"{len(typed)} literals"


@check("H12")
def terms(site: Site) -> str:
    graph = site.merged
    defined = {s.value for s in graph.subjects("rdfs:isDefinedBy") if isinstance(s, NamedNode)}
    used = {q.predicate.value for q in site.dump}
    used |= {q.object.value for q in site.dump if q.predicate == TYPE}
    ours = {u for u in used if u.startswith(f"{site.base}def#")}
    need(ours, "no term of ours is used")
    none_of(ours - defined, "terms are used and not defined")
    clash = graph.rows(
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT DISTINCT ?x WHERE { "
        "{ ?a owl:disjointWith ?b } UNION { ?all owl:members/(<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>*/<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>) ?a , ?b FILTER(?a != ?b) } "
        "?x a/rdfs:subClassOf* ?a ; a/rdfs:subClassOf* ?b }"
    )
    none_of((row[0] for row in clash), "things are of two disjoint classes")
    said = proved("tests/ontology/test_terms.py::test_every_foreign_term_in_use_is_declared")
    return f"{len(ours)} terms of ours, no clash; those of others: {said}"


@check("H13")
def foreign(site: Site) -> str:
    found = {
        q.object.value for q in site.dump
        if isinstance(q.object, NamedNode) and not q.object.value.startswith(site.base)
    }  # fmt: skip
    wrong = [i for i in found if not re.fullmatch(r"(https?|mailto|tel|urn):[^\s<>\"{}|\\^`]+", i)]
    none_of(wrong, "IRIs of a wrong form")
    for host, pattern in SPELT.items():
        of_host = {i for i in found if re.match(rf"https?://([\w-]+\.)*{re.escape(host)}/", i)}
        named = {i for i in of_host if re.search(r"/(entity|resource|\d+/?$)", i)}
        none_of(
            (i for i in named if not re.fullmatch(pattern, i)),
            f"IRIs of {host} are spelt otherwise",
        )
    return f"{len(found)} IRIs of others; that they answer cannot be asked here"
