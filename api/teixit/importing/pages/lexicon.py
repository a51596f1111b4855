"""The names that the graph knows, and where a text says them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from teixit import namespaces, paths, queries, store
from teixit.importing.pages.lines import straighten

#: The parts of ``data/`` that give names to find; the pages themselves are not among them,
#: so that what one import finds never depends on what another has found.
_NAMES: Final = paths.DATA / "organisations.trig"

RELATION_TO_ORGANISATION: Final = namespaces.expand("dct:references")
RELATION_TO_FRAMEWORK: Final = namespaces.expand("teixit:alignsWith")
RELATION_TO_AXIS: Final = namespaces.expand("teixit:concernsAxis")
RELATION_TO_ROLE: Final = namespaces.expand("teixit:assignsRole")

_PROPER_NAMES: Final = frozenset(
    {RELATION_TO_ORGANISATION, RELATION_TO_FRAMEWORK, RELATION_TO_AXIS}
)


@dataclass(frozen=True, order=True)
class Name:
    """A name that stands for a thing, and the property that finding it is a statement of."""

    relation: str
    thing: str
    name: str


@dataclass(frozen=True, order=True)
class Mention:
    """A name in a text: from ``start`` to ``end``, in characters of that text."""

    start: int
    end: int
    relation: str
    thing: str


def fold(text: str) -> str:
    """Give *text* without case and accents, letter for letter: the length stays the same."""
    folded = (unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in text)
    return straighten("".join(folded))


class Lexicon:
    """Finds names in texts, as whole words, without regard to case, accents and apostrophes.

    Args:
        names: What to find.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._patterns = [
            (name, re.compile(rf"(?<!\w){re.escape(fold(name.name))}(?!\w)"))
            for name in sorted(names)
        ]

    def mentions(self, text: str) -> list[Mention]:
        """Find the names in *text*, in their order.

        A name inside a longer one of the same relation is not meant: «cadascun dels 10
        districtes» speaks of every district, not of a district. Nor is one inside a proper
        name: «Pla de Barris» speaks of a plan, not of neighbourhoods.
        """
        folded = fold(text)
        found = {
            Mention(match.start(), match.end(), name.relation, name.thing)
            for name, pattern in self._patterns
            for match in pattern.finditer(folded)
        }
        return sorted(mention for mention in found if not _is_covered(mention, found))


def _is_covered(mention: Mention, found: set[Mention]) -> bool:
    return any(
        other.relation in {mention.relation, *_PROPER_NAMES}
        and other.start <= mention.start
        and mention.end <= other.end
        and (other.end - other.start) > (mention.end - mention.start)
        for other in found
    )


def known_names() -> Lexicon:
    """Gather the names from the concept schemes and the organisations that Teixit ships.

    Raises:
        KnowledgeError: A file with names is missing or does not parse.
    """
    return Lexicon(names_in(store.load([*sorted(paths.SCHEMES.glob("*.ttl")), _NAMES])))


def names_in(graph: Store) -> list[Name]:
    """List the Catalan names of the things in *graph* that a page may speak of."""
    rows = queries.named("lexicon", paths.QUERIES).rows(graph)
    return [Name(*(_plain(row[key]) for key in ("relation", "thing", "name"))) for row in rows]


def _plain(term: queries.Term) -> str:
    assert isinstance(term, NamedNode | Literal)  # noqa: S101 - the query asks for no others
    return term.value
