"""What questions have in common: the terms that their queries use, and the modules."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from teixit import namespaces, tokens
from teixit.queries import Query

#: What a common module counts for, beside the terms: a term that one other question alone uses
#: counts for a half, one that ten others use for an eleventh.
_MODULE: Final = 0.1
#: So many related questions are told.
_MOST: Final = 5


@cache
def terms(text: str) -> Sequence[str]:
    """Give the IRIs of the terms that a query uses, those of our ontology first.

    Prefixes that stand alone, datatypes and the things that it is about are no terms.
    """
    read = tokens.scan(text)
    found = {read.iri(word, namespaces.BASE) for word in read.words if tokens.is_name(word)}
    bare = {namespaces.ONTOLOGY, *namespaces.PREFIXES.values()}
    left = (namespaces.THING, namespaces.PREFIXES["xsd"])
    used = (iri for iri in found if iri not in bare and not iri.startswith(left))
    return sorted(used, key=lambda iri: (not iri.startswith(namespaces.TERM), iri))


def related(query: Query, questions: Sequence[Query]) -> Sequence[Query]:
    """Give the *questions* that have most in common with *query*, the closest first."""
    uses = Counter(iri for one in questions for iri in terms(one.text))
    own, modules = {*terms(query.text)}, {*query.about}

    def closeness(other: Query) -> float:
        common = sum(1 / uses[iri] for iri in own.intersection(terms(other.text)))
        return common + _MODULE * len(modules.intersection(other.about))

    others = [one for one in questions if one.name != query.name]
    return sorted(others, key=lambda one: (-closeness(one), one.name))[:_MOST]
