"""All that the graph tells of one thing, before it is put into words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from pyoxigraph import NamedNode

from teixit.explorer.reading import Reader, Row
from teixit.explorer.stating import Said, natural, said_by, voices_of, year_of
from teixit.explorer.things.names import Names
from teixit.explorer.views import Evidence, Voice
from teixit.explorer.wording import Wording
from teixit.namespaces import expand
from teixit.queries import Term

#: Of more than so many things that lead to one only their number is told.
MOST_LEADS: Final = 200


@dataclass(frozen=True)
class Told:
    """What there is to tell of a thing.

    Args:
        iri: Of the thing.
        reader: Who asked; the builders may ask more.
        names: What all that is told of is called.
        said: What is said of it, by the IRIs of properties.
        leads: What leads to it, in the same way.
        totals: How many things lead to it by each property.
        scheduled: The actions in each year that it has to do with.
        related: What has something in common with it: what they share, and who else does.
    """

    iri: str
    reader: Reader
    names: Names
    said: Said
    leads: Said
    totals: Mapping[str, int]
    scheduled: Mapping[int, frozenset[str]]
    related: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, iri: str, reader: Reader, wording: Wording) -> Self:
        """Ask for all that is told of the thing with this *iri*.

        Raises:
            RequestError: The workers or the other server cannot say.
        """
        thing, names = NamedNode(iri), Names(wording)
        own = reader.rows("thing-statements", thing=thing)
        voices = voices_of(reader, reader.rows("thing-voices", thing=thing))
        names.read(reader.rows("thing-names", thing=thing), "named")
        said = said_by(own, "value", voices)
        names.read(({"thing": thing, "label": value} for value in said.get(_LABEL, ())), "thing")
        names.read(({"thing": thing, "kind": value} for value in said.get(_TYPE, ())), "thing")
        numbers = ({"thing": thing, "identifier": value} for value in said.get(_NUMBER, ()))
        names.read(numbers, "thing")
        counted = reader.rows("thing-lead-counts", thing=thing)
        totals = {row["property"].value: int(row["subjects"].value) for row in counted}
        if sum(totals.values()) > MOST_LEADS:
            return cls(iri, reader, names, said, {}, totals, {}, {})
        leading = reader.rows("thing-leads", thing=thing) if totals else ()
        names.read(leading, "subject")
        of_leads = reader.rows("thing-lead-voices", thing=thing) if totals else ()
        leads = said_by(leading, "subject", voices_of(reader, of_leads))
        years = _scheduled(reader.rows("thing-years", thing=thing))
        related = reader.rows("thing-related", thing=thing)
        names.read(related, "other")
        return cls(iri, reader, names, said, leads, totals, years, _related(related))

    @property
    def wording(self) -> Wording:
        """The words of the reader's language."""
        return self.names.wording

    def values(self, property_: str) -> Mapping[Term, tuple[Evidence, ...]]:
        """Give what is said by a property with this prefixed name, and who says so."""
        return self.said.get(expand(property_), {})

    def leading(self, property_: str) -> Mapping[Term, tuple[Evidence, ...]]:
        """Give what leads here by a property with this prefixed name, and who says so."""
        return self.leads.get(expand(property_), {})

    def listed(self, terms: Iterable[Term]) -> str:
        """Name *terms*, one after the other, in the order of their names, neighbourhoods first."""
        named = [
            (_BARRIO not in self.names.kinds(term.value), self.names.cell(term)) for term in terms
        ]
        named.sort(key=lambda one: (one[0], natural(one[1].text)))
        return self.wording.listed([cell.text for _, cell in named])

    def by_voice(self, property_: str) -> Mapping[Voice, Sequence[Term]]:
        """Group the values of a property by the first kind of voice that states each."""
        grouped: dict[Voice, list[Term]] = defaultdict(list)
        for value, evidence in self.values(property_).items():
            if evidence:
                grouped[evidence[0].voice].append(value)
        return grouped


def _scheduled(rows: Iterable[Row]) -> Mapping[int, frozenset[str]]:
    actions: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        year, covered = year_of(row.get("year")), year_of(row.get("covered"))
        if year is not None and "action" in row:
            actions[year].add(row["action"].value)
        if covered is not None:
            actions.setdefault(covered, set())
    return {year: frozenset(actions[year]) for year in sorted(actions)}


def _related(rows: Iterable[Row]) -> Mapping[str, Sequence[str]]:
    others: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        others[row["shared"].value][row["other"].value] = None
    return {shared: [*found] for shared, found in others.items()}


_BARRIO: Final = expand("esadm:Barrio")
_LABEL: Final = expand("rdfs:label")
_TYPE: Final = expand("rdf:type")
_NUMBER: Final = expand("dct:identifier")
