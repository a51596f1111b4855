"""Which statements are searched, and what kinds of things they are about."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from teixit.namespaces import PREFIXES, expand, term

#: What a text is to its thing: a name that it is called by, another name that it is found by, a
#: text about it, or a name that it is called by and not found by.
Role: TypeAlias = Literal["name", "other", "text", "title"]
ROLES: Final[Sequence[Role]] = ("name", "other", "text", "title")

_SCHEMA: Final = ("http://schema.org/", "https://schema.org/")

#: The role of what each property says.
TEXTS: Final[Mapping[str, Role]] = MappingProxyType(
    {
        **dict.fromkeys(
            map(expand, ("rdfs:label", "skos:prefLabel", "dct:title", "foaf:name")), "name"
        ),
        **dict.fromkeys(
            map(expand, ("skos:altLabel", "skos:hiddenLabel", "dct:identifier", "skos:notation")),
            "other",
        ),
        **dict.fromkeys(
            map(
                expand,
                (
                    "dct:description",
                    "rdfs:comment",
                    "skos:definition",
                    "skos:scopeNote",
                    "oa:exact",
                ),
            ),
            "text",
        ),
        **{f"{schema}name": "name" for schema in _SCHEMA},
        **{f"{schema}alternateName": "other" for schema in _SCHEMA},
        **{f"{schema}description": "text" for schema in _SCHEMA},
    }
)
TYPE: Final = expand("rdf:type")
#: From a passage to what has its exact words.
SELECTOR: Final = expand("oa:hasSelector")

#: The kinds of things in the order in which they are shown, and their classes, the one that calls
#: them so first; what is of none of these classes is of the last kind.
KINDS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "project": (term("FlagshipProject"),),
        "measure": (term("Measure"),),
        "action": (term("Action"),),
        "objective": (term("Objective"),),
        "line": (term("StrategicLine"),),
        "plan": (term("Plan"),),
        "audience": (term("TargetGroup"),),
        "theme": (term("Theme"),),
        "organisation": (expand("org:Organization"), expand("essglobal:SSEInitiative")),
        "district": (expand("esadm:Distrito"),),
        "neighbourhood": (expand("esadm:Barrio"),),
        "framework": (term("Framework"), term("TerritorialAxis")),
        "passage": (term("Passage"),),
        "source": (term("SourceDocument"), term("SourceExtract")),
        "conclusion": (term("Conclusion"),),
        "other": (),
    }
)
_NUMBERS: Final = {kind: number for number, kind in enumerate(KINDS)}
_OF_CLASS: Final = {class_: kind for kind, classes in KINDS.items() for class_ in classes}
#: Their labels repeat what they are of, and would be found in its place.
_FOUND_BY_TEXT: Final = frozenset(map(term, ("SourceExtract", "Conclusion", "Passage")))
#: What describes the graph, not the world: vocabularies, datasets, rules, records; but not the
#: classes of everything.
_OF_THE_GRAPH: Final = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "sh", "void"))
_RECORDS: Final = frozenset(
    {term("Record"), term("Translation"), expand("geo:Geometry"), expand("skos:ConceptScheme")}
)
_EVERYTHING: Final = frozenset(
    {expand("owl:Thing"), expand("owl:NamedIndividual"), expand("rdfs:Resource")}
)


class Sort(NamedTuple):
    """What a class says of its things.

    Args:
        kind: The number of their kind; the lowest counts.
        searched: Whether they are searched.
        by_name: Whether they are found by their names.
        calls: Whether they are found by what the class is called.
    """

    kind: int
    searched: bool
    by_name: bool
    calls: bool


@lru_cache(1 << 10)
def sort_of(class_: str) -> Sort:
    """Say what the IRI of a class says of its things."""
    kind = _OF_CLASS.get(class_, "other")
    of_the_graph = class_.startswith(_OF_THE_GRAPH) and class_ not in _EVERYTHING
    searched = class_ not in _RECORDS and not of_the_graph
    calls = class_ in KINDS[kind][:1]
    return Sort(_NUMBERS[kind], searched, class_ not in _FOUND_BY_TEXT, calls)
