"""What VoID counts of a dataset (Describing Linked Datasets with the VoID Vocabulary, section 4.6).

All counts are of the merge of the graphs: a triple that two graphs make counts once.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from teixit import namespaces
from teixit.catalogue.stating import Statement, Subject

_TYPE: Final = NamedNode(namespaces.expand("rdf:type"))
#: The IRIs of what the dataset describes (VoID, section 4.2). Its dots are not escaped: they stand
#: for themselves too, and the base stays readable to whoever replaces it.
ENTITIES: Final = f"^{namespaces.THING}"
_ENTITY: Final = re.compile(ENTITIES)


@dataclass(frozen=True)
class Statistics:
    """The counts of a dataset; classes, properties and datatypes are IRIs.

    Args:
        triples: Distinct triples.
        entities: Subjects whose IRIs match :data:`ENTITIES`.
        subjects: Distinct subjects, blank nodes too.
        objects: Distinct objects, literals too.
        classes: How many instances each class has.
        properties: How many triples each property has.
        uses: How many triples each property has on instances of each class.
        values: The same, by the classes or the datatype of the values.
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    uses: Mapping[tuple[str, str], int]
    values: Mapping[tuple[str, str, str], int]

    @property
    def vocabularies(self) -> list[str]:
        """The namespaces of the classes and properties in use; ours by the ontology's IRI."""
        found = {namespace(term) for term in (*self.classes, *self.properties)}
        return sorted(namespaces.ONTOLOGY if iri == namespaces.TERM else iri for iri in found)


def count(statements: Collection[Statement]) -> Statistics:
    """Count *statements*, which are all different."""
    kinds: dict[Subject, list[str]] = {}
    for subject, predicate, value in statements:
        if predicate == _TYPE and isinstance(value, NamedNode):
            kinds.setdefault(subject, []).append(value.value)
    subjects = {subject for subject, _, _ in statements}
    uses: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str, str]] = Counter()
    for subject, predicate, value in statements:
        for kind in kinds.get(subject, ()):
            uses[kind, predicate.value] += 1
            values.update((kind, predicate.value, of) for of in _kinds_of(value, kinds))
    return Statistics(
        triples=len(statements),
        entities=sum(1 for subject in subjects if _ENTITY.match(subject.value)),
        subjects=len(subjects),
        objects=len({value for _, _, value in statements}),
        classes=Counter(kind for found in kinds.values() for kind in found),
        properties=Counter(predicate.value for _, predicate, _ in statements),
        uses=uses,
        values=values,
    )


def links(statements: Iterable[Statement], spaces: Collection[str]) -> Counter[tuple[str, str]]:
    """Count the triples that lead from a thing of ours to one of another dataset.

    Args:
        statements: All different.
        spaces: How the IRIs of each other dataset begin.

    Returns:
        The counts by the space and the property; there is none of what does not occur.
    """
    found: Counter[tuple[str, str]] = Counter()
    for subject, predicate, value in statements:
        if isinstance(value, NamedNode) and _ENTITY.match(subject.value):
            found.update(
                (space, predicate.value) for space in spaces if value.value.startswith(space)
            )
    return found


def namespace(term: str) -> str:
    """Give the namespace of the IRI *term*: up to its fragment, or its last part."""
    return term[: max(term.rfind("#"), term.rfind("/")) + 1]


def _kinds_of(value: Subject | Literal, kinds: Mapping[Subject, list[str]]) -> Iterable[str]:
    return (value.datatype.value,) if isinstance(value, Literal) else kinds.get(value, ())
