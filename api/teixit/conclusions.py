"""What follows from the graph by the rules of ``ontology/rules/``, and from what."""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import QueryTriples, RdfFormat, Store
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from teixit import namespaces, paths, queries, store
from teixit.errors import KnowledgeError
from teixit.queries import Query
from teixit.trig import Graphs, serialise

#: The file that the conclusions are kept in; a test holds it against a fresh run.
FILE: Final = paths.DATA / "conclusions.trig"

_RECORD: Final = URIRef(namespaces.thing("record", "conclusions"))
_LABEL: Final = {
    "ca": "Registre de les conclusions extretes per regles",
    "es": "Registro de las conclusiones extraídas por reglas",
    "en": "Record of the conclusions drawn by rules",
}


def conclude() -> str:
    """Draw the conclusions from all other data, as TriG.

    A rule is a CONSTRUCT query. What it says of its own graph (the passages and extracts
    that it rests on) goes to the record, all else into the graph.

    Raises:
        KnowledgeError: A file or a rule is wrong.
    """
    grounds = store.load(file for file in store.knowledge_files() if file != FILE)
    graphs = Graphs()
    record = graphs[_RECORD]
    record.add((_RECORD, RDF.type, URIRef(namespaces.term("Record"))))
    _say(record, _RECORD, RDFS.label, _LABEL)
    for rule in queries.catalogue(paths.RULES):
        name = URIRef(namespaces.thing("conclusion", rule.name))
        record.add((name, RDF.type, URIRef(namespaces.term("Conclusion"))))
        _say(record, name, RDFS.label, rule.title)
        _say(record, name, DCTERMS.description, rule.description)
        for triple in _follow(rule, grounds):
            (record if triple[0] == name else graphs[name]).add(triple)
    return serialise(graphs, {"piess": f"{namespaces.THING}{namespaces.PLAN}/"})


def _follow(rule: Query, grounds: Store) -> Graph:
    triples = rule.results(grounds)
    if not isinstance(triples, QueryTriples):
        raise KnowledgeError(f"{rule.name}: expected a CONSTRUCT query")
    return Graph().parse(data=triples.serialize(format=RdfFormat.N_TRIPLES), format="nt")


def _say(graph: Graph, thing: URIRef, property_: URIRef, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        graph.add((thing, property_, Literal(text, lang=language)))
