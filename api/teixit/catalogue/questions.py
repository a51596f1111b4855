"""The questions that people ask, as data: queries that an editor finds at the endpoint itself.

In the terms of SHACL (sections 5.2.1 and 6), as the editor and the assistants of the Swiss
Institute of Bioinformatics look for them.
"""

import re
from itertools import dropwhile
from types import MappingProxyType
from typing import Final

from teixit import binding, namespaces, parameters, paths, queries, store
from teixit.catalogue.stating import Stating
from teixit.catalogue.writing import write
from teixit.errors import KnowledgeError
from teixit.languages import LANGUAGES
from teixit.queries import Query

#: The file that the questions are kept in; a test holds it against a fresh run.
FILE: Final = paths.DATA / "questions.trig"
RECORD: Final = namespaces.thing("record", "questions")

_FORM: Final = re.compile(r"^(SELECT|ASK|CONSTRUCT)\b", re.MULTILINE)
#: What the questions of each module of the ontology are about.
_SUBJECTS: Final = MappingProxyType(
    {
        "evidence": namespaces.term("StatementGraph"),
        "plan": namespaces.term("Plan"),
        "progress": namespaces.term("ProgressReport"),
        "projects": namespaces.term("FlagshipProject"),
        "territory": namespaces.expand("geo:Feature"),
    }
)
_RECORD_LABEL: Final = MappingProxyType(
    {
        "ca": "Registre de les preguntes",
        "es": "Registro de las preguntas",
        "en": "Record of the questions",
    }
)
_PREFIX: Final = MappingProxyType({"ca": "Prefix", "es": "Prefijo", "en": "Prefix"})


def describe() -> str:
    """Write the questions and the prefixes that they use as TriG.

    Raises:
        KnowledgeError: A question is wrong, or about nothing that the ontology has.
    """
    said = Stating()
    said.add(RECORD, "rdf:type", namespaces.term("Record"))
    said.texts(RECORD, "rdfs:label", _RECORD_LABEL)
    for prefix, iri in namespaces.PREFIXES.items():
        _declare(said, prefix, iri)
    for query in queries.catalogue(paths.QUESTIONS):
        _describe(said, query)
    return write({RECORD: said})


def _declare(said: Stating, prefix: str, iri: str) -> None:
    """Declare a prefix (SHACL, section 5.2.1)."""
    name = namespaces.thing("prefix", prefix)
    said.add(namespaces.ONTOLOGY, "sh:declare", name)
    said.add(name, "rdf:type", namespaces.expand("sh:PrefixDeclaration"))
    texts = {language: f"{_PREFIX[language]} {prefix}:" for language in LANGUAGES}
    said.texts(name, "rdfs:label", texts)
    said.literal(name, "sh:prefix", prefix)
    said.typed(name, "sh:namespace", iri, "xsd:anyURI")


def _describe(said: Stating, query: Query) -> None:
    name, form = namespaces.thing("question", query.name), _form(query)
    said.add(name, "rdf:type", namespaces.expand("sh:SPARQLExecutable"))
    said.add(name, "rdf:type", namespaces.expand(f"sh:SPARQL{form}Executable"))
    said.texts(name, "rdfs:label", query.title)
    said.texts(name, "dct:description", query.description)
    # Editors show each comment as a question of its own, so there is one.
    comment = " ".join(filter(None, (query.title["en"], query.description.get("en"))))
    said.texts(name, "rdfs:comment", {"en": comment})
    said.literal(name, f"sh:{form.lower()}", _text(query, form))
    said.add(name, "sh:prefixes", namespaces.ONTOLOGY)
    said.add(name, "schema:target", f"{namespaces.BASE}sparql")
    for module in query.about:
        if module not in _SUBJECTS:
            raise KnowledgeError(f"{query.name}: about {module}, expected {', '.join(_SUBJECTS)}")
        said.add(name, "dct:subject", _SUBJECTS[module])
    if query.parameters:
        # An address to fill in (RFC 6570), and the names of what is filled in.
        keys = parameters.names(query)
        place = f"{namespaces.BASE}questions/{query.name}.csv{{?{','.join(keys)}}}"
        said.literal(name, "schema:urlTemplate", place)
        for key in keys:
            said.literal(name, "schema:valueName", key)


def _text(query: Query, form: str) -> str:
    """Give the query as an editor can send it: one with parameters is asked for its example."""
    text = _without_header(query.text)
    if not query.parameters:
        return text
    return binding.bound(text, form.upper(), parameters.examples(query, store.load()))


def _form(query: Query) -> str:
    found = _FORM.search(query.text)
    if found is None:
        raise KnowledgeError(f"{query.name}: expected a line that begins SELECT, ASK or CONSTRUCT")
    return found[1].capitalize()


def _without_header(text: str) -> str:
    lines = dropwhile(lambda line: line.startswith("#+") or not line.strip(), text.splitlines())
    return "\n".join(lines)
