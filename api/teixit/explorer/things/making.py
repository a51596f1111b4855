"""The page of a thing, made of all that the graph tells of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from teixit.errors import NotFoundError
from teixit.explorer import addresses
from teixit.explorer.reading import Reader
from teixit.explorer.stating import in_order, natural
from teixit.explorer.things import files, progress
from teixit.explorer.things.kinds import KINDS, Kind
from teixit.explorer.things.shown import Fact, Group, Lead, Related, ThingView, WithdrawnView, Year
from teixit.explorer.things.told import Told
from teixit.explorer.views import Cell, Evidence, View
from teixit.explorer.wording import Wording
from teixit.languages import LANGUAGES
from teixit.namespaces import expand
from teixit.queries import Term

#: So many things are shown that lead here by one property, and so many of what is shared.
MOST_SHOWN: Final = 40
MOST_SHARED: Final = 12
#: What is said in another place of the page, or is for machines.
_HIDDEN: Final = frozenset(
    map(
        expand,
        (
            *("rdf:type", "dct:title", "owl:sameAs", "teixit:scheduledIn"),
            *("skos:prefLabel", "skos:hiddenLabel", "skos:inScheme", "skos:topConceptOf"),
            *("skos:closeMatch", "skos:exactMatch", "skos:relatedMatch", "skos:broadMatch"),
            *("teixit:hasProjectList", "teixit:listsProject", "foaf:name", "geo:hasGeometry"),
            progress.REPORTS_ON,
        ),
    )
)
#: What is said first, in this order, and what is said last.
_FIRST: Final = (
    *("rdfs:label", "skos:altLabel", "skos:definition", "dct:description"),
    *(
        "teixit:belongsToPlan",
        "teixit:belongsToLine",
        "teixit:belongsToMeasure",
        "dct:identifier",
        "teixit:number",
    ),
    *("teixit:scheduledYear", "teixit:coversYear", "teixit:playsRole", "teixit:hasKind"),
    *("teixit:locatedIn", "teixit:concernsDistrict", "teixit:concernsAxis", "schema:address"),
    *("teixit:promotedBy", "teixit:ledBy", "teixit:namesProject", "foaf:homepage", "dct:audience"),
)
_LAST: Final = expand("dct:isReferencedBy")
#: What leads here, in words, in the order in which it is told.
_LEADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        expand(name): key
        for name, key in {
            "teixit:belongsToPlan": "lead.lines",
            "teixit:belongsToLine": "lead.parts",
            "teixit:belongsToMeasure": "lead.actions",
            "teixit:namesProject": "lead.named",
            "teixit:promotedBy": "lead.promoted",
            "teixit:ledBy": "lead.led",
            "dct:audience": "lead.audience",
            "dct:subject": "lead.subject",
            "teixit:alignsWith": "lead.aligned",
            "teixit:concernsAxis": "lead.concern",
            "dct:references": "lead.mentions",
            "teixit:followsMeasure": "lead.gap_after",
            "teixit:precedesMeasure": "lead.gap_before",
            "dct:creator": "lead.created",
            "dct:publisher": "lead.published",
            "dct:rightsHolder": "lead.rights",
            "dct:contributor": "lead.contributed",
        }.items()
    }
)
_PLACES: Final = ("teixit:locatedIn", "teixit:concernsDistrict")

#: Makes the page of a thing of one kind.
Builder: TypeAlias = Callable[[Told], View]


def view(iri: str, reader: Reader, wording: Wording) -> View | None:
    """Make the page of the thing with this *iri*; None where its kind has no page.

    A thing that was withdrawn has one that says so, :class:`WithdrawnView`.

    Raises:
        NotFoundError: Nothing is said of any such thing.
        RequestError: The workers or the other server cannot say.
    """
    try:
        rows = reader.rows("thing-kinds", thing=NamedNode(iri))
    except ValueError:  # no IRI, so nothing has it
        rows = ()
    if not rows:
        raise NotFoundError("there is no such thing; check the address")
    withdrawn = next((row["withdrawn"].value for row in rows if "withdrawn" in row), None)
    if withdrawn is not None:
        return _withdrawn(Told.of(iri, reader, wording), withdrawn)
    kinds = {row["kind"].value for row in rows if "kind" in row}
    builder = next((make for kind, make in BUILDERS.items() if kind in kinds), None)
    return builder and builder(Told.of(iri, reader, wording))


def _made(kind: Kind, told: Told) -> ThingView:
    """Make the page of a thing of this *kind*."""
    name, language = told.names.label(told.iri)
    facts, leads = _facts(told), _leads(told)
    number = told.names.number(told.iri)
    unknown = kind.unknown(told)
    come = progress.declared(told)
    return ThingView(
        title=name,
        summary=" ".join(kind.sentences(told)),
        tables=[*files.tables(told.wording, facts, leads, unknown), *([come] if come else [])],
        asked=[*told.reader.asked[1:], told.reader.asked[0]],
        kind=" ".join(filter(None, (told.wording.say(kind.name), number))),
        name=Cell(name, language=language),
        facts=facts,
        places=_places(told),
        years=[_year(told, year, actions) for year, actions in told.scheduled.items()],
        progress=come,
        leads=leads,
        related=_related(told),
        unknown=unknown,
        network=_network(told),
        document=addresses.document(told.iri, told.wording.language),
    )


#: What makes the page of a thing, by its class, the first that fits.
BUILDERS: Final[Mapping[str, Builder]] = MappingProxyType(
    {class_: partial(_made, kind) for class_, kind in KINDS.items()}
)


def _withdrawn(told: Told, day: str) -> WithdrawnView:
    return WithdrawnView(
        title=told.names.label(told.iri)[0],
        summary=told.wording.say("thing.withdrawn", day=day[:10]),
        asked=told.reader.asked,
        successors=[told.names.cell(other) for other in told.values("dct:isReplacedBy")],
        document=addresses.document(told.iri, told.wording.language),
    )


def _facts(told: Told) -> list[Fact]:
    first = [expand(name) for name in _FIRST]

    def rank(property_: str) -> tuple[int, str]:
        if property_ in first:
            return first.index(property_), ""
        return len(first) + (property_ == _LAST), told.names.label(property_)[0]

    named = {expand("teixit:number")} if told.values("dct:identifier") else set()
    shown = sorted(told.said.keys() - _HIDDEN - named, key=rank)
    return [
        Fact(told.names.label(property_)[0], _groups(told, told.said[property_]))
        for property_ in shown
    ]


def _groups(told: Told, values: Mapping[Term, tuple[Evidence, ...]]) -> list[Group]:
    """Put values together that the same sources state."""
    grouped: dict[tuple[Evidence, ...], list[Cell]] = defaultdict(list)
    for value, evidence in _spoken(values, told.wording.language).items():
        grouped[evidence].append(told.names.cell(value))
    for cells in grouped.values():
        cells.sort(key=lambda cell: natural(cell.text))
    groups = [Group(cells, evidence) for evidence, cells in grouped.items()]
    return sorted(groups, key=lambda group: natural(group.values[0].text))


def _spoken(
    values: Mapping[Term, tuple[Evidence, ...]], language: str
) -> Mapping[Term, tuple[Evidence, ...]]:
    """Leave the texts out that are there in the reader's language too.

    Where each language has one, it is a translation of the others: who says these says it too.
    """
    tags = Counter(value.language for value in values if isinstance(value, Literal))
    if language not in tags:
        return values
    is_one = all(tags[tag] <= 1 for tag in LANGUAGES)
    others = [one for said in values.values() for one in said if one.voice != "translation"]
    return {
        value: in_order([*evidence, *others])
        if is_one and _language(value) == language
        else evidence
        for value, evidence in values.items()
        if _language(value) in {language, None} or _language(value) not in LANGUAGES
    }


def _language(value: Term) -> str | None:
    return value.language if isinstance(value, Literal) else None


def _places(told: Told) -> list[Cell]:
    values = {place: None for property_ in _PLACES for place in told.values(property_)}
    cells = [told.names.cell(place) for place in values]
    return sorted(cells, key=lambda cell: (cell.address or "", cell.text))


def _year(told: Told, year: int, actions: Collection[str]) -> Year:
    """Tell what is scheduled in a year: the action itself, or how many actions."""
    if expand("teixit:Action") in told.names.kinds(told.iri):
        key = "thing.year_on" if actions else "thing.year_off"
    else:
        key = "thing.year_actions" if actions else "thing.year_idle"
    return Year(year, bool(actions), told.wording.say(key, count=len(actions)))


def _leads(told: Told) -> list[Lead]:
    """List what leads here by property: the things that people read about."""
    order = [*_LEADS]
    hidden = {*_HIDDEN, *(name for name in told.totals if "void" in name.rpartition("#")[0])}
    properties = sorted(
        told.totals.keys() - hidden,
        key=lambda name: (order.index(name) if name in order else len(order), name),
    )
    return [
        Lead(_title(told, name), told.totals[name], [*_leading(told, name)]) for name in properties
    ]


def _title(told: Told, property_: str) -> str:
    if property_ in _LEADS:
        return told.wording.say(_LEADS[property_])
    return told.wording.say("lead.other", property=told.wording.term(property_))


def _leading(told: Told, property_: str) -> Iterator[Cell]:
    things = told.leads.get(property_, {})
    cells = (told.names.cell(thing, evidence) for thing, evidence in things.items())
    yield from sorted(cells, key=lambda cell: natural(cell.text))[:MOST_SHOWN]


def _related(told: Told) -> list[Related]:
    """List what has something in common with the thing, of the kinds that have pages."""
    cell = told.names.cell
    related = [
        Related(cell(NamedNode(shared)), _sorted(cell(NamedNode(other)) for other in others))
        for shared, named in told.related.items()
        if (others := [other for other in named if told.names.kinds(other) & BUILDERS.keys()])
    ]
    return sorted(related, key=lambda one: natural(one.shared.text))[:MOST_SHARED]


def _sorted(cells: Iterable[Cell]) -> Sequence[Cell]:
    return sorted(cells, key=lambda cell: natural(cell.text))[:MOST_SHOWN]


def _network(told: Told) -> str:
    about = addresses.about(told.iri, told.wording.language) or ""
    return about.replace("/about/", "/network/", 1)
