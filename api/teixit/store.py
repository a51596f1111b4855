"""The graph: every file in its named graphs, and their merge as the default graph.

Or, for ``serve --data``, any files as they are.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote
from xml.parsers import expat

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from teixit import namespaces, paths
from teixit.errors import KnowledgeError

_ONTOLOGY_GRAPH: Final = NamedNode(namespaces.ONTOLOGY)
#: Folders of ``ontology/`` that hold cases and queries, not statements.
_GZIP: Final = ".gz"
_NOT_LOADED: Final = frozenset({"examples", "questions", "rules"})


#: What is served as it is, by the end of the name; each file is UTF-8.
FORMATS: Final = MappingProxyType(
    {
        ".jsonld": RdfFormat.JSON_LD,
        ".nq": RdfFormat.N_QUADS,
        ".nt": RdfFormat.N_TRIPLES,
        ".owl": RdfFormat.RDF_XML,
        ".rdf": RdfFormat.RDF_XML,
        ".trig": RdfFormat.TRIG,
        ".ttl": RdfFormat.TURTLE,
        ".xml": RdfFormat.RDF_XML,
    }
)


def knowledge_files(root: Path | None = None) -> list[Path]:
    """List the files that the shipped graph is made of, in a fixed order.

    Args:
        root: The folder with a copy of another time; ours by default.

    Raises:
        KnowledgeError: The ontology or the data has no file.
    """
    terms, facts = paths.ONTOLOGY, paths.DATA
    if root is not None:
        terms, facts = root / terms.name, root / facts.name
    ontology = [
        file for file in terms.rglob("*.ttl") if file.relative_to(terms).parts[0] not in _NOT_LOADED
    ]
    data = list(facts.rglob("*.trig"))
    for folder, files in ((terms, ontology), (facts, data)):
        if not files:
            raise KnowledgeError(f"{folder}: no file to load; is the installation complete?")
    return sorted(ontology) + sorted(data)


def read(file: Path) -> Iterator[Quad]:
    """Read the quads of one RDF file, in the format that its extension names.

    One that ends in ``.gz`` is compressed, as the dump of a release is. It speaks of our things
    by the base that is set (:func:`teixit.namespaces.rebased`).
    Triples of a file without named graphs are put in the graph of the ontology.
    Blank nodes are renamed, so that two files never share one.

    Raises:
        KnowledgeError: The file is missing, of an unknown format, or does not parse.
            The message names the file, and the line and column where there are any.
    """
    is_compressed = file.suffix == _GZIP
    named = file.with_suffix("") if is_compressed else file
    format_ = RdfFormat.from_extension(named.suffix.removeprefix("."))
    if format_ is None:
        raise KnowledgeError(f"{file}: not an RDF file; expected .ttl, .trig, .nq, .nt or .rdf")
    try:
        if format_ == RdfFormat.RDF_XML:
            _check_xml(file)
        content = file.read_bytes()
        content = namespaces.rebased(gzip.decompress(content) if is_compressed else content)
        for quad in parse(content, format_, rename_blank_nodes=True):
            yield quad if format_.supports_datasets else _in_graph(quad, _ONTOLOGY_GRAPH)
    except (SyntaxError, OSError, EOFError, zlib.error) as error:
        raise _unreadable(file, error) from error


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


def load_files(files: Iterable[Path]) -> Store:
    """Build a store of *files* as they are: their default graphs are its default graph.

    Blank nodes of two files are never the same. Relative IRIs are relative to
    ``file:///`` and the name of the file, since where it lies is nobody's business. A context
    of JSON-LD that would have to be fetched is an error.

    Args:
        files: RDF files, in the formats of :data:`FORMATS`, told by the ends of their names.

    Raises:
        KnowledgeError: A file is missing, of another format, or does not parse. The message
            names the file, and the line and column where they are known.
    """
    store = Store()
    for file in files:
        with _reading(file) as (format_, base):
            store.load(path=file, format=format_, base_iri=base)
    return store


def read_as_is(file: Path) -> Iterator[Quad]:
    """Read the quads of one file, as :func:`load_files` loads them.

    Raises:
        KnowledgeError: As :func:`load_files` does.
    """
    with _reading(file) as (format_, base):
        yield from parse(path=file, format=format_, base_iri=base, rename_blank_nodes=True)


@contextmanager
def _reading(file: Path) -> Iterator[tuple[RdfFormat, str]]:
    """Give the format and the base of *file*, and say what is wrong with it."""
    format_ = FORMATS.get(file.suffix.lower())
    if format_ is None:
        raise KnowledgeError(f"{file}: not an RDF file; expected {', '.join(FORMATS)}")
    try:
        if format_ == RdfFormat.RDF_XML:
            _check_xml(file)
        yield format_, f"file:///{quote(file.name)}"
    except (SyntaxError, OSError) as error:
        raise _unreadable(file, error) from error


def data_version(files: Iterable[Path]) -> str:
    """Give the SHA-256, in hexadecimal, of what stands in *files*, in whatever order.

    It is taken of their bytes, 1.5 GB in a second. Of a million statements, sorted, it would
    cost two seconds, and their blank nodes would have to be named first. So the same
    statements written in another way are another version, which harms nobody. Under another base
    than the canonical one they are another version too, since their IRIs are others.

    Raises:
        KnowledgeError: A file cannot be read.
    """
    hashes = []
    for file in files:
        try:
            with file.open("rb") as stream:
                hashes.append(hashlib.file_digest(stream, "sha256").hexdigest())
        except OSError as error:
            raise _unreadable(file, error) from error
    base = [namespaces.BASE] if namespaces.BASE != namespaces.CANONICAL else []
    return hashlib.sha256("\n".join(sorted(hashes) + base).encode()).hexdigest()


def _check_xml(file: Path) -> None:
    """See that *file* is XML, and defines no entities, before the engine reads it.

    The engine takes a file for whole that is cut off between two elements, and it expands
    entities without bound.

    Raises:
        KnowledgeError: It is not well formed, or has a document type declaration.
    """
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        line = parser.CurrentLineNumber
        raise KnowledgeError(f"{file}:{line}: a DOCTYPE is refused; write its entities out")

    parser.StartDoctypeDeclHandler = refuse
    try:
        with file.open("rb") as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise KnowledgeError(f"{file}:{error.lineno}:{error.offset + 1}: {reason}") from error


def _unreadable(file: Path, error: Exception) -> KnowledgeError:
    """Say in one line which *file* cannot be read, where and why."""
    if not isinstance(error, SyntaxError):
        said = getattr(error, "strerror", None) or error
        return KnowledgeError(f"{file}: cannot be read: {said}")
    place = f"{file}:{error.lineno}:{error.offset}" if error.lineno else str(file)
    return KnowledgeError(f"{place}: {error.msg}")


def _in_graph(quad: Quad, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)
