"""The releases as a Linked Data Event Stream (LDES 1.0, TREE): a page for each.

What has versions are the graphs, each of which says who makes its statements. A member is a
version of a graph: the graph of its name holds what that says from then on. To replay the stream,
put what the newest member of each graph holds into that graph; a member that is an ``as:Delete``
holds nothing. The pages of all releases but the newest never change, so the first page, which
links them all, is the only one that has to be asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from teixit import store
from teixit.exporting import forms
from teixit.exporting.shelf import Exported, Shelf
from teixit.namespaces import BASE, PREFIXES, expand, thing

#: The address of the stream and of its first page, of which the others are parts.
STREAM: Final = f"{BASE}ldes"

_LDES: Final = "https://w3id.org/ldes#"
_TREE: Final = "https://w3id.org/tree#"
_ACTIVITY: Final = "https://www.w3.org/ns/activitystreams#"
_TYPE: Final = NamedNode(expand("rdf:type"))
_VERSION_OF: Final = NamedNode(expand("dct:isVersionOf"))
#: Not a property of Dublin Core, which the graphs use to tell of themselves.
_PUBLISHED: Final = NamedNode(f"{_ACTIVITY}published")
_TIME: Final = NamedNode(f"{PREFIXES['xsd']}dateTime")
_DUMP: Final = "teixit.nq"
_Graph = NamedNode | DefaultGraph


def first_page(shelf: Shelf) -> list[Quad]:
    """Describe the stream, and link a page for each release on *shelf*."""
    said = [
        (STREAM, _TYPE.value, f"{_LDES}EventStream"),
        (STREAM, f"{_LDES}timestampPath", _PUBLISHED.value),
        (STREAM, f"{_LDES}versionOfPath", _VERSION_OF.value),
        (STREAM, f"{_TREE}shape", f"{BASE}shapes"),
        (STREAM, f"{_TREE}view", STREAM),
        (STREAM, _TYPE.value, f"{_TREE}Node"),
    ]
    quads = [_quad(*triple) for triple in said]
    for number, release in enumerate(shelf.releases.values(), start=1):
        quads += _relation(number, release)
    return forms.canonical(quads)


def page(shelf: Shelf, number: int) -> list[Quad]:
    """Give the members of the release that is the *number*-th on *shelf*, from 1 on.

    Raises:
        IndexError: There are not so many.
    """
    releases = [*shelf.releases.values()]
    release = releases[number - 1]
    before = _graphs(releases[number - 2].folder) if number > 1 else {}
    after = _graphs(release.folder)
    quads: list[Quad] = []
    for graph in sorted({*before, *after}, key=str):
        if _said(before.get(graph, ())) != _said(after.get(graph, ())):
            kind = "Delete" if graph not in after else "Update" if graph in before else "Create"
            quads += _member(number, release, graph, kind)
            name = NamedNode(_name(number, graph))
            quads += [Quad(q.subject, q.predicate, q.object, name) for q in after.get(graph, ())]
    return forms.canonical(quads)


def replayed(pages: Iterable[Iterable[Quad]]) -> Iterator[Quad]:
    """Give what the graphs hold after all *pages*, the oldest first."""
    latest: dict[str, list[Triple]] = {}
    for quads in pages:
        holds: dict[str, list[Triple]] = defaultdict(list)
        versions: dict[str, str] = {}
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode):
                holds[quad.graph_name.value].append(quad.triple)
            elif quad.predicate == _VERSION_OF and isinstance(quad.object, NamedNode):
                versions[str(quad.subject).strip("<>")] = quad.object.value
        latest.update({graph: holds[member] for member, graph in versions.items()})
    for graph, triples in latest.items():
        place = DefaultGraph() if graph == _default() else NamedNode(graph)
        yield from (Quad(t.subject, t.predicate, t.object, place) for t in triples)


def _relation(number: int, release: Exported) -> Iterator[Quad]:
    """Link the page of *release*, whose members are of one time."""
    link = f"{STREAM}#page-{number}"
    yield _quad(STREAM, f"{_TREE}relation", link)
    yield _quad(link, _TYPE.value, f"{_TREE}EqualToRelation")
    yield _quad(link, f"{_TREE}node", f"{STREAM}/{number}")
    yield _quad(link, f"{_TREE}path", _PUBLISHED.value)
    yield Quad(NamedNode(link), NamedNode(f"{_TREE}value"), _time(release))


def _member(number: int, release: Exported, graph: _Graph, kind: str) -> Iterator[Quad]:
    member = _name(number, graph)
    of = graph.value if isinstance(graph, NamedNode) else _default()
    yield _quad(STREAM, f"{_TREE}member", member)
    yield _quad(member, _TYPE.value, f"{_ACTIVITY}{kind}")
    yield _quad(member, _VERSION_OF.value, of)
    yield Quad(NamedNode(member), _PUBLISHED, _time(release))


def _graphs(folder: Path) -> Mapping[_Graph, list[Quad]]:
    found: dict[_Graph, list[Quad]] = defaultdict(list)
    for quad in store.read_as_is(folder / _DUMP):
        if isinstance(quad.graph_name, NamedNode | DefaultGraph):
            found[quad.graph_name].append(quad)
    return found


def _said(quads: Iterable[Quad]) -> list[Quad]:
    """Give what can be compared: blank nodes by what is said of them, not by their names."""
    return forms.canonical(quads)


def _name(number: int, graph: _Graph) -> str:
    """Name the version of *graph* on the page *number*, as a part of that page."""
    iri = graph.value if isinstance(graph, NamedNode) else _default()
    return f"{STREAM}/{number}#{quote(iri.removeprefix(BASE), safe='/:')}"


def _default() -> str:
    """Name the default graph of files that are served as they are."""
    return thing("dataset", "graph")


def _time(release: Exported) -> Literal:
    return Literal(f"{release.contents.modified}T00:00:00Z", datatype=_TIME)


def _quad(subject: str, predicate: str, object_: str) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), NamedNode(object_))
