"""The statuses that a table of progress tells apart: a list of concepts of its own, as they come.

No two sources tell the same statuses apart, so that none is put in the place of another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from teixit.importing.pages.triples import Triple, term
from teixit.importing.tables import wording
from teixit.importing.tables.statements import Fact
from teixit.importing.wording import Wording
from teixit.languages import LANGUAGES

#: What stands before the code or the name of a status in its IRI: see the mapping of progress.
_PREFIX: Final = "/status-"


def described(source: str, file: str, facts: Iterable[Fact]) -> Iterator[Triple]:
    """Describe the statuses that a table declares; nothing where it declares none.

    Args:
        source: The IRI of the table as a document.
        file: The name of its file.
        facts: What it says.
    """
    names: dict[URIRef, dict[str, str]] = defaultdict(dict)
    for fact in facts:
        if fact.property == term("teixit:hasStatus"):
            names[URIRef(fact.value)].setdefault("", unquote(fact.value.rpartition(_PREFIX)[2]))
        elif fact.property == SKOS.prefLabel and isinstance(fact.value, Literal):
            names[fact.subject].setdefault(fact.value.language or "", str(fact.value))
    if names:
        scheme = URIRef(f"{source}/scheme-statuses")
        yield scheme, RDF.type, SKOS.ConceptScheme
        yield from _named(scheme, wording.STATUSES, file)
    for status, named in names.items():
        yield from _status(status, scheme, named)


def _status(status: URIRef, scheme: URIRef, named: Mapping[str, str]) -> Iterator[Triple]:
    yield status, RDF.type, term("teixit:ProgressStatus")
    yield status, RDF.type, SKOS.Concept
    yield status, SKOS.inScheme, scheme
    yield status, SKOS.topConceptOf, scheme
    code = next(iter(named[tag] for tag in ("ca", *LANGUAGES, "") if tag in named))
    for language in LANGUAGES:
        ours = wording.STATUS[language].format(text=code)
        name = Literal(named.get(language, ours), lang=language)
        yield status, RDFS.label, name
        yield status, SKOS.prefLabel, name


def _named(thing: URIRef, words: Wording, file: str) -> Iterator[Triple]:
    for language, pattern in words.items():
        for property_ in (RDFS.label, SKOS.prefLabel):
            yield thing, property_, Literal(pattern.format(file=file), lang=language)
