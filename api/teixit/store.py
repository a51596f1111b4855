"""The graph: every file in its named graphs, and their merge as the default graph."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from teixit import namespaces, paths
from teixit.errors import KnowledgeError

_ONTOLOGY_GRAPH: Final = NamedNode(namespaces.ONTOLOGY)
#: Folders of ``ontology/`` that hold cases and queries, not statements.
_NOT_LOADED: Final = frozenset({"examples", "questions", "rules"})


def knowledge_files() -> list[Path]:
    """List the files that the shipped graph is made of, in a fixed order.

    Raises:
        KnowledgeError: The ontology or the data has no file.
    """
    ontology = [
        file
        for file in paths.ONTOLOGY.rglob("*.ttl")
        if file.relative_to(paths.ONTOLOGY).parts[0] not in _NOT_LOADED
    ]
    data = list(paths.DATA.rglob("*.trig"))
    for folder, files in ((paths.ONTOLOGY, ontology), (paths.DATA, data)):
        if not files:
            raise KnowledgeError(f"{folder}: no file to load; is the installation complete?")
    return sorted(ontology) + sorted(data)


def read(file: Path) -> Iterator[Quad]:
    """Read the quads of one RDF file, in the format that its extension names.

    Triples of a file without named graphs are put in the graph of the ontology.
    Blank nodes are renamed, so that two files never share one.

    Raises:
        KnowledgeError: The file is missing, of an unknown format, or does not parse.
            The message names the file, and the line and column where there are any.
    """
    format_ = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if format_ is None:
        raise KnowledgeError(f"{file}: not an RDF file; expected .ttl, .trig, .nq, .nt or .rdf")
    try:
        for quad in parse(path=str(file), format=format_, rename_blank_nodes=True):
            yield quad if format_.supports_datasets else _in_graph(quad, _ONTOLOGY_GRAPH)
    except SyntaxError as error:
        place = f"{file}:{error.lineno}:{error.offset}" if error.lineno else str(file)
        raise KnowledgeError(f"{place}: {error.msg}") from error
    except OSError as error:
        raise KnowledgeError(f"{file}: cannot be read: {error.strerror or error}") from error


def load(files: Iterable[Path] | None = None) -> Store:
    """Build the store that every query runs on.

    The default graph is the RDF merge of all named graphs (RDF 1.1 Semantics, section 4.1),
    materialised: the engine's own union of graphs counts a triple once for each graph.

    Args:
        files: RDF files to load; all that Teixit ships by default.

    Raises:
        KnowledgeError: There is nothing to load, or a file does not parse.
    """
    store = Store()
    for file in knowledge_files() if files is None else files:
        store.extend(read(file))
    if not len(store):
        raise KnowledgeError("no statement to load; name at least one RDF file that has some")
    store.extend([_in_graph(quad, DefaultGraph()) for quad in store])
    return store


def _in_graph(quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)
