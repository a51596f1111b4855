"""I: the ontology, as LOV, FOOPS!, OOPS! and reasoners see it."""

import re
import tempfile
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from harvest.client import canonical, dataset
from harvest.site import LANGUAGES, RDF_TYPES, Graph, Page, Site, iri, judged, proved
from harvest.verdicts import NotApplicableError, check, need, none_of, some

HEADER = (
    "dct:title", "dct:description", "dct:license", "dct:creator", "dct:contributor",
    "dct:publisher", "dct:created", "dct:issued", "dct:modified", "owl:versionInfo",
    "owl:versionIRI", "vann:preferredNamespacePrefix", "vann:preferredNamespaceUri",
    "dct:bibliographicCitation", "dct:identifier", "bibo:status", "dct:source", "foaf:logo",
)  # fmt: skip
FORMATS = ("ttl", "rdf", "jsonld", "nt")
STATUSES = {"stable", "testing", "unstable", "archaic"}


def itself(site: Site) -> NamedNode:
    return NamedNode(f"{site.base}def")


def own_terms(site: Site) -> list[NamedNode]:
    nodes = site.ontology.subjects("rdfs:isDefinedBy", itself(site))
    return some((n for n in nodes if n.value.startswith(f"{site.base}def#")), "term of ours")


@check("I01")
def formats(site: Site) -> str:
    hashes = set()
    for name in FORMATS:
        answer = site.found(f"{site.base}def", RDF_TYPES[name])
        need(answer.type == RDF_TYPES[name], f"{RDF_TYPES[name]}: {answer.type}")
        named = site.found(f"{site.base}def.{name}", "*/*")
        need(named.type == RDF_TYPES[name], f"def.{name}: {named.type}")
        hashes |= {canonical(answer.rdf, merged=True), canonical(named.rdf, merged=True)}
        found = Graph(answer.rdf).of_type("owl:Ontology")
        need(found == [itself(site)], f"{name}: owl:Ontology {found}")
    need(len(hashes) == 1, f"the formats hold {len(hashes)} graphs")
    page = site.found(f"{site.base}def", "text/html")
    need(page.type == "text/html", f"text/html: {page.type}")
    return "four formats of one graph, and a page"


@check("I02")
def header(site: Site) -> str:
    graph, node = site.ontology, itself(site)
    missing = [name for name in HEADER if not graph.values(node, name)]
    need(not missing, f"no {', '.join(missing)}")
    for name in ("dct:title", "dct:description"):
        found = {v.language for v in graph.values(node, name)}
        need(set(LANGUAGES) <= found, f"{name} in {found}")
    uri = graph.values(node, "vann:preferredNamespaceUri")
    need(all(isinstance(v, Literal) for v in uri), "preferredNamespaceUri is no literal")
    return f"{len(HEADER)} properties; there is no prior version yet"


@check("I03")
def version(site: Site) -> str:
    (found,) = site.ontology.values(itself(site), "owl:versionIRI")
    need(found != itself(site), "versionIRI is the IRI")
    graph = site.graph(found.value, "text/turtle")
    (same,) = graph.values(itself(site), "owl:versionIRI") or [None]
    need(same == found, f"{found.value} holds the version {same}")
    return found.value


@check("I04")
def terms(site: Site) -> str:
    graph = site.ontology
    anchors = Page(site.found(f"{site.base}def", "text/html").text).ids
    found = own_terms(site)
    for term in found:
        labels = {v.language for v in graph.values(term, "rdfs:label")}
        definitions = {
            v.language for n in ("skos:definition", "rdfs:comment") for v in graph.values(term, n)
        }
        need(set(LANGUAGES) <= labels, f"{term.value}: labels in {labels}")
        need(set(LANGUAGES) <= definitions, f"{term.value}: definitions in {definitions}")
        status = {v.value for v in graph.values(term, "vs:term_status")}
        need(status and status <= STATUSES, f"{term.value}: vs:term_status {status}")
        need(term.value.partition("#")[2] in anchors, f"{term.value}: no place on the page")
    return f"{len(found)} terms"


@check("I05")
def pitfalls(site: Site) -> str:
    text = site.found(f"{site.base}def", "text/turtle").plain
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "def.ttl"
        file.write_bytes(text)
        need(
            Graph(dataset(text, RDF_TYPES["ttl"], site.base)).of_type("owl:Ontology"), "no ontology"
        )
        said = proved("tests/ontology/test_pitfalls.py")
        try:
            status, told = judged("oops_checks.py", str(file), f"{site.base}def#")
        except NotApplicableError:
            return f"{said}; the judge beside the project is not here"
    need(status == 0, " ".join(told.split())[:300])
    return f"{said}; and the judge beside the project agrees"


@check("I06")
def consistent(site: Site) -> str:
    return proved(
        "tests/ontology/test_reasoning.py::test_all_knowledge_is_owl_2_dl_and_consistent",
        "tests/ontology/test_reasoning.py::test_nothing_is_of_two_disjoint_kinds",
    )


@check("I07")
def planted(site: Site) -> str:
    return proved(
        "tests/ontology/test_reasoning.py::test_the_reasoner_reports_a_planted_fault",
        "tests/ontology/test_reasoning.py::test_a_thing_of_two_disjoint_kinds_is_found_without_java",
    )


@check("I08")
def profile(site: Site) -> str:
    return proved(
        "tests/ontology/test_reasoning.py::test_all_knowledge_is_owl_2_dl_and_consistent",
        "tests/ontology/test_reasoning.py::test_without_its_axioms_the_ontology_is_owl_2_rl_but_for_two_datatypes",
    )


@check("I09")
def not_hijacked(site: Site) -> str:
    allowed = {
        iri(name).value
        for name in (
            "rdf:type",
            "rdfs:label",
            "rdfs:comment",
            "rdfs:isDefinedBy",
            "skos:exactMatch",
            "skos:closeMatch",
            "skos:broadMatch",
            "skos:narrowMatch",
            "skos:relatedMatch",
            "rdfs:seeAlso",
            "dct:source",
            "skos:prefLabel",
            "skos:definition",
            "foaf:name",
        )
    }
    meaning = {
        iri(name).value
        for name in (
            "rdfs:subClassOf",
            "rdfs:subPropertyOf",
            "rdfs:domain",
            "rdfs:range",
            "owl:equivalentClass",
            "owl:equivalentProperty",
            "owl:disjointWith",
            "owl:inverseOf",
        )
    }
    ours = site.base
    outside = [
        q for q in site.ontology.store
        if isinstance(q.subject, NamedNode) and not q.subject.value.startswith(ours)
    ]  # fmt: skip
    none_of((q for q in outside if q.predicate.value in meaning), "axioms about terms of others")
    more = {q.predicate.value for q in outside} - allowed - meaning
    return f"{len(outside)} declarations and labels of terms of others" + (
        f", and {sorted(more)}" if more else ""
    )


@check("I10")
def foreign(site: Site) -> str:
    if Path(__file__).parents[1].joinpath("ontology/test_foreign.py").exists():
        return proved("tests/ontology/test_foreign.py")
    return proved(
        "tests/ontology/test_terms.py::test_every_foreign_term_in_use_is_declared",
        "tests/ontology/test_terms.py::test_foreign_terms_are_declared_once_and_nothing_more",
    )


@check("I11")
def used(site: Site) -> str:
    text = site.found(f"{site.base}shapes", "text/turtle").rdf
    mentioned = {t.value for q in text for t in (q.subject, q.object) if isinstance(t, NamedNode)}
    data = {t.value for q in site.dump for t in (q.predicate, q.object) if isinstance(t, NamedNode) and q.subject.value != t.value}  # fmt: skip
    found = own_terms(site)
    none_of((t.value for t in found if t.value not in mentioned | data), "terms are not used")
    return f"{len(found)} terms in data or shapes"


@check("I12")
def shapes(site: Site) -> str:
    graph = site.graph(f"{site.base}shapes", "text/turtle")
    classes = [t for t in own_terms(site) if t in site.ontology.of_type("owl:Class")]
    targets = set(graph.all("sh:targetClass"))
    none_of((c.value for c in classes if c not in targets), "classes without a shape")
    need(graph.all("sh:severity"), "no severity is used")
    return f"{len(classes)} classes; {proved('tests/shapes/test_shapes.py')}"


@check("I13")
def questions(site: Site) -> str:
    return proved("tests/ontology/test_questions.py::test_answer_is_the_one_kept")


@check("I14")
def schemes(site: Site) -> str:
    graph = site.merged
    concepts = some(graph.of_type("skos:Concept"), "concept")
    ours = [c for c in concepts if c.value.startswith(site.base)]
    for concept in some(ours, "concept of ours"):
        tags = [v.language for v in graph.values(concept, "skos:prefLabel")]
        need(len(tags) == len(set(tags)) and tags, f"{concept.value}: prefLabel in {tags}")
        names = set(graph.values(concept, "skos:prefLabel"))
        need(
            not names & set(graph.values(concept, "skos:altLabel")),
            f"{concept.value}: a label is both",
        )
        need(graph.values(concept, "skos:inScheme"), f"{concept.value}: in no scheme")
        need(topped(graph, concept), f"{concept.value}: under no top concept")
    cycle = graph.rows(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?c WHERE { ?c skos:broader+ ?c }"
    )
    none_of((row[0] for row in cycle), "concepts are broader than themselves")
    clash = graph.rows(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?c WHERE { ?c skos:related ?d . ?c skos:broader+ ?d }"
    )
    none_of((row[0] for row in clash), "concepts are related to what is broader")
    notations = [
        (s, n) for c in ours for s in graph.values(c, "skos:inScheme") for n in graph.values(c, "skos:notation")
    ]  # fmt: skip
    need(len(notations) == len(set(notations)), "a notation is used twice in a scheme")
    return f"{len(ours)} concepts"


def topped(graph: Graph, concept: NamedNode) -> bool:
    seen, left = set(), [concept]
    while left:
        node = left.pop()
        if graph.values(node, "skos:topConceptOf") or graph.subjects("skos:hasTopConcept", node):
            return True
        seen.add(node)
        left += [b for b in graph.values(node, "skos:broader") if b not in seen]
    return False


@check("I15")
def deprecated(site: Site) -> str:
    true = [q.subject for q in site.ontology.store if q.predicate == iri("owl:deprecated")]
    for term in true:
        need(site.ontology.values(term, "dct:isReplacedBy"), f"{term}: no isReplacedBy")
        need(site.client.final(term.value).status == 200, f"{term} does not answer")
    if not true:
        raise NotApplicableError("no term is deprecated yet")
    return f"{len(true)} deprecated terms"


@check("I16")
def lasting(site: Site) -> str:
    need(site.base.startswith("https://w3id.org/"), f"{site.base} is not at w3id.org")
    return f"{site.base}def#"


@check("I17")
def prefix(site: Site) -> str:
    (found,) = site.ontology.values(itself(site), "vann:preferredNamespacePrefix")
    need(re.fullmatch(r"[a-z][a-z0-9]*", found.value), f"prefix {found.value!r}")
    text = site.found(f"{site.base}def.ttl").text
    need(
        re.search(rf"@prefix {found.value}:\s*<{site.base}def#>", text),
        "def.ttl uses another prefix",
    )
    page = site.found(f"{site.base}def", "text/html").text
    need(f"{found.value}:" in page, "the page uses another prefix")
    said = f"{found.value!r}; whether prefix.cc or LOV has it cannot be asked here"
    need(len(found.value) <= 6, said)
    return said + ("" if len(found.value) < 5 else "; LOV would like it under 5 letters")


@check("I18")
def miro(site: Site) -> str:
    return f"ontology/MIRO.md: {proved('tests/ontology/test_miro.py')}"
