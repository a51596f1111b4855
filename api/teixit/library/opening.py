"""Opening a graph: the one that Teixit ships, files, a release, or another server."""

from collections.abc import Sequence
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

from teixit import releases
from teixit.errors import KnowledgeError, SettingError
from teixit.findings import Finding
from teixit.languages import DEFAULT, LANGUAGES
from teixit.library.graphs import Graph
from teixit.releases.manifests import DATA
from teixit.workers import Limits, Source

Place: TypeAlias = "str | PathLike[str]"


def open_graph(*places: Place, language: str = DEFAULT) -> Graph:
    """Open a graph.

    Args:
        places: Nothing for the graph that Teixit ships; RDF files, which are read as they are; the
            address of a SPARQL 1.1 endpoint; or the folder that `teixit publish` has put releases
            in, of which the current one is opened.
        language: Of names and texts: ``ca``, ``es`` or ``en``.

    >>> from teixit import open_graph
    >>> graph = open_graph(language="en")
    >>> graph.describe("id:district-03").label
    'Sants-Montjuïc'

    Raises:
        KnowledgeError: A file is missing, of an unknown format, or does not parse; or a release is
            damaged.
        SettingError: There is no such language, or user and password of a server are incomplete.
    """
    if language not in LANGUAGES:
        raise SettingError(f"{language!r}: expected one of {', '.join(LANGUAGES)}")
    source = source_of([fspath(place) for place in places])
    store = source.open(Limits()).connect()
    return Graph(store, language, partial(checked, source))


def source_of(places: Sequence[str]) -> Source:
    """Say what is at *places*, as :func:`open_graph` has them.

    Raises:
        KnowledgeError: A server or a folder stands among others.
    """
    if not places:
        return Source()
    first, *others = places
    is_remote = first.startswith(("http://", "https://"))
    if not is_remote and not Path(first).is_dir():
        return Source("files", files=tuple(places))
    if others:
        raise KnowledgeError(f"{first}: opened alone, not with {', '.join(others)}")
    return Source("remote", url=first) if is_remote else Source("release", folder=first)


def checked(source: Source) -> Sequence[Finding]:
    """List what is wrong in *source*.

    Raises:
        KnowledgeError: It is on another server.
    """
    from teixit import validation  # noqa: PLC0415 - rdflib and pySHACL take a second to load

    match source.kind:
        case "shipped":
            return validation.check()
        case "files":
            return validation.check(map(Path, source.files))
        case "release":
            return validation.check([releases.current(Path(source.folder)).folder / DATA], [])
    raise KnowledgeError(f"{source.url}: check a graph where its files are, not through a server")
