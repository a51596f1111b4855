"""What a thing is linked to, and what that is linked to: words and a drawing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from pyoxigraph import NamedNode

from teixit.errors import ChoiceError
from teixit.explorer import drawing
from teixit.explorer.declarations import say, words
from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Cell, Evidence, Table, View
from teixit.namespaces import THING, expand

#: So many things at most are drawn: more cannot be read.
MOST: Final = 50
#: How far a network may reach.
STEPS: Final = (1, 2)
_FILE: Final = "network"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many things of a kind there would be more, and where all of them stand.

    Args:
        kind: The name of the kind, in the reader's language.
        number: Of those that are not drawn.
        address: The list of that kind, if it has one.
    """

    kind: str
    number: int
    address: str | None


@dataclass(frozen=True, kw_only=True)
class Network(View):
    """What a thing is linked to.

    Args:
        name: The local name of the thing.
        steps: How far the network reaches.
        drawing: None where the thing is linked to nothing.
        legend: What the links say, each as the kinds of its ends with the words between them.
        left_out: What is linked too, and not shown.
    """

    name: str
    steps: int
    drawing: drawing.Drawing | None
    legend: Sequence[tuple[str, str, str]]
    left_out: Sequence[LeftOut]


@dataclass(frozen=True)
class _Thing:
    """A thing: its IRI, its name as a cell, and the key of its kind."""

    iri: str
    cell: Cell
    kind: str


@dataclass(frozen=True)
class _Found:
    """What was found so far: the things by distance and name, and the links with who says so."""

    things: dict[str, _Thing]
    links: dict[tuple[str, str, str], dict[str, Evidence]]


def around(reader: Reader, name: str, steps: int) -> Network:
    """Show what the thing of ours called *name* is linked to.

    Args:
        reader: Who asks.
        name: The local name.
        steps: How far, one of :data:`STEPS`.

    Raises:
        ChoiceError: There is no such thing, or none of a kind that is drawn.
        RequestError: The graph cannot be asked.
    """
    found = _found(reader, _centre(reader, f"{THING}{name}"), steps)
    shown = dict([*found.things.items()][:MOST])
    links = {
        ends: said for ends, said in sorted(found.links.items()) if shown.keys() >= {*ends[::2]}
    }
    return _view(reader, name, steps, _Found(shown, links), _left_out(reader, found))


def _view(
    reader: Reader, name: str, steps: int, shown: _Found, left_out: Sequence[LeftOut]
) -> Network:
    language, text = reader.language, words(_FILE)["text"]
    centre = next(iter(shown.things.values())).cell.text
    counts = {"nodes": len(shown.things), "links": len(shown.links)}
    reach = say(text["step" if steps == 1 else "steps"], language)
    about = text["summary"] if shown.links else text["alone"]
    return Network(
        title=say(text["title"], language, name=centre),
        summary=say(about, language, name=centre, steps=reach, **counts),
        tables=[_links(shown, language), _things(shown, language)],
        asked=reader.asked[:2],  # that of the centre, and the first of many that are alike
        name=name,
        steps=steps,
        drawing=_drawing(shown, language) if shown.links else None,
        legend=_legend(shown, language),
        left_out=left_out,
    )


def _centre(reader: Reader, iri: str) -> _Thing:
    try:
        rows = reader.rows("network-node", node=NamedNode(iri))
    except ValueError:  # what no IRI can be
        rows = ()
    things = [thing for row in rows if (thing := _thing(reader, row, "node"))]
    if not things:
        unknown = words(_FILE)["text"]["unknown"]
        said = say(unknown, reader.language, name=iri.removeprefix(THING)[:80])
        raise ChoiceError(said, HTTPStatus.NOT_FOUND)
    return things[0]


def _found(reader: Reader, centre: _Thing, steps: int) -> _Found:
    """Walk from the *centre*: what is nearer comes first, then by kind and name."""
    found = _Found({centre.iri: centre}, {})
    ring = [centre]
    for _ in range(steps):
        met: dict[str, _Thing] = {}
        for thing in ring:
            for row in reader.rows("network-links", node=NamedNode(thing.iri)):
                other = _thing(reader, row, "other")
                if other is not None:
                    _note(found, reader, thing, other, row)
                    met.setdefault(other.iri, other)
        kinds = [*words(_FILE)["kind"]]
        others = sorted(
            (thing for iri, thing in met.items() if iri not in found.things),
            key=lambda thing: (kinds.index(thing.kind), thing.cell.text, thing.iri),
        )
        found.things.update((thing.iri, thing) for thing in others)
        ring = others[:MOST]
    return found


def _note(found: _Found, reader: Reader, thing: _Thing, other: _Thing, row: Row) -> None:
    """Note a link, and who says so."""
    ends = (thing.iri, other.iri) if row["outward"].value == "true" else (other.iri, thing.iri)
    said = found.links.setdefault((ends[0], row["property"].value, ends[1]), {})
    evidence = reader.evidence(row)
    if evidence is not None:
        said[row["graph"].value] = evidence


def _thing(reader: Reader, row: Row, variable: str) -> _Thing | None:
    """Read a thing from a *row*; None where it is not one that is drawn."""
    node, kind = row.get(variable), row.get("kind")
    key = _kinds().get(kind.value) if isinstance(kind, NamedNode) else None
    if key is None or not isinstance(node, NamedNode):
        return None
    cell = reader.cell(row, "label", variable)
    return _Thing(node.value, cell if cell.text else replace(cell, text=node.value), key)


def _kinds() -> Mapping[str, str]:
    """Give the key of each kind by its class."""
    return {expand(kind["class"]): key for key, kind in words(_FILE)["kind"].items()}


def _says(property_: str, language: str) -> str:
    """Say in words what a property does."""
    return next(
        say(said, language)
        for name, said in words(_FILE)["link"].items()
        if expand(name) == property_
    )


def _left_out(reader: Reader, found: _Found) -> Sequence[LeftOut]:
    kinds, language = words(_FILE)["kind"], reader.language
    counts = Counter(thing.kind for thing in [*found.things.values()][MOST:])
    return [
        LeftOut(
            say(kinds[key]["many"], language),
            number,
            f"/{language}/list/{kinds[key]['list']}" if "list" in kinds[key] else None,
        )
        for key, number in sorted(counts.items())
    ]


def _links(shown: _Found, language: str) -> Table:
    text = words(_FILE)["text"]
    rows = [
        (
            shown.things[source].cell,
            Cell(_says(property_, language), evidence=[said[graph] for graph in sorted(said)]),
            shown.things[target].cell,
        )
        for (source, property_, target), said in shown.links.items()
    ]
    columns = [say(text[key], language) for key in ("from", "link", "to")]
    rows.sort(key=lambda row: tuple(cell.text for cell in row))
    return Table("links", say(text["links"], language), columns, rows)


def _things(shown: _Found, language: str) -> Table:
    text, kinds = words(_FILE)["text"], words(_FILE)["kind"]
    counts = Counter(end for source, _, target in shown.links for end in (source, target))
    rows = [
        (
            thing.cell,
            Cell(say(kinds[thing.kind]["one"], language)),
            Cell(str(counts[thing.iri]), number=counts[thing.iri]),
        )
        for thing in shown.things.values()
    ]
    columns = [say(text[key], language) for key in ("from", "kind", "count")]
    return Table("nodes", say(text["nodes"], language), columns, rows)


def _legend(shown: _Found, language: str) -> Sequence[tuple[str, str, str]]:
    kinds = words(_FILE)["kind"]

    def kind(iri: str) -> str:
        return say(kinds[shown.things[iri].kind]["one"], language)

    found = {
        (kind(source), _says(property_, language), kind(target))
        for source, property_, target in shown.links
    }
    return sorted(found)


def _drawing(shown: _Found, language: str) -> drawing.Drawing:
    kinds = words(_FILE)["kind"]
    nodes = tuple(
        drawing.Node(
            thing.iri,
            thing.cell.text,
            say(kinds[thing.kind]["one"], language),
            thing.cell.address,
            kinds[thing.kind]["column"],
            say(kinds[thing.kind]["many"], language),
            centre=not place,
        )
        for place, thing in enumerate(shown.things.values())
    )
    return drawing.drawn(nodes, tuple(_threads(shown, language)))


def _threads(shown: _Found, language: str) -> Iterator[drawing.Link]:
    """Give one thread for all that links two things in one direction."""
    ends: dict[tuple[str, str], list[str]] = {}
    for source, property_, target in shown.links:
        if source != target:
            ends.setdefault((source, target), []).append(property_)
    for (source, target), properties in ends.items():
        voices = {
            evidence.voice
            for property_ in properties
            for evidence in shown.links[source, property_, target].values()
        }
        said = ", ".join(_says(property_, language) for property_ in properties)
        one, other = shown.things[source].cell.text, shown.things[target].cell.text
        yield drawing.Link(source, target, f"{one} {said} {other}", voices == {"conclusion"})
