"""Writing an exported release."""

import gzip
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from teixit import __version__, namespaces, paths, store
from teixit.errors import KnowledgeError, ReleaseError
from teixit.exporting import forms, tables
from teixit.exporting.columns import Table
from teixit.exporting.columns import tables as tables_of
from teixit.exporting.contents import MANIFEST, Contents, ExportedFile
from teixit.namespaces import expand, thing

#: The name of each file, what it is (its dataset, title and media type), and its bytes.
Files: TypeAlias = Iterator[tuple[str, tuple[str, str, str], bytes]]

#: The terms of ontology, shapes and data.
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
#: Files of at least so many bytes are there compressed, too.
_BIG: Final = 100_000
_DUMP: Final = ".nq.gz"
#: Formats without named graphs: they hold the merge of all.
_MERGED: Final = frozenset({RdfFormat.TURTLE, RdfFormat.RDF_XML})
_TITLES: Final = MappingProxyType(
    {
        "graph": "The knowledge graph",
        "ontology": "The ontology",
        "shapes": "The shapes",
        "questions": "The questions",
    }
)


@dataclass(frozen=True)
class _Dataset:
    """What is said, as it is written: with its graphs, and merged."""

    quads: list[Quad]
    merge: list[Quad]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "_Dataset":
        """Name and sort what *quads* say."""
        named = forms.canonical(quads)
        return cls(named, forms.merged(named))


def export(
    folder: Path, sources: Iterable[Path] = (), *, parquet: bool = True, licence: str = LICENCE
) -> Contents:
    """Write a release to *folder*, all of it or nothing.

    Args:
        folder: Where to; it must be empty, or not be there.
        sources: RDF files to export as they are; all that Teixit ships by default.
        parquet: Whether there are Parquet files, too.
        licence: The IRI of the terms under which the tables are given.

    Raises:
        ReleaseError: The folder is not empty or cannot be written, or what writes Parquet is
            not installed.
        KnowledgeError: There is nothing to export, or a file does not parse.
    """
    if parquet:
        tables.require_parquet()
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ReleaseError(f"{folder}: is not empty; name a folder that is, or is not there yet")
    given = [*sources]
    dataset = _Dataset.of(_statements(given))
    if not dataset.quads:
        raise KnowledgeError("no statement to export; name at least one RDF file that has some")
    files = [*_graph(dataset), *_tables(dataset, licence, parquet=parquet), *_companions()]
    try:
        return _put(folder, files, _described(dataset, given or store.knowledge_files()))
    except OSError as error:
        raise ReleaseError(f"{folder}: cannot be written: {error.strerror}") from error


def _statements(sources: list[Path]) -> Iterator[Quad]:
    """Read *sources*, or all that Teixit ships, each file with blank nodes of its own."""
    if not sources:
        for file in store.knowledge_files():
            yield from store.read(file)
    for file in sources:
        if file.name.endswith(_DUMP):  # of a folder that `teixit publish` fills
            yield from _compressed(file)
        else:
            yield from store.read_as_is(file)


def _compressed(file: Path) -> Iterator[Quad]:
    try:
        content = gzip.decompress(file.read_bytes())
        yield from parse(content, format=RdfFormat.N_QUADS, rename_blank_nodes=True)
    except (OSError, EOFError, SyntaxError) as error:
        raise KnowledgeError(f"{file}: cannot be read: {error}") from error


def _described(dataset: _Dataset, sources: list[Path]) -> Contents:
    issued, modified = dates(dataset.merge)
    return Contents(
        version=__version__,
        issued=issued,
        modified=modified,
        data=store.data_version(sources),
        rdfc10=forms.rdfc10(dataset.quads),
        statements=len(dataset.quads),
        graphs=len({quad.graph_name for quad in dataset.quads} - {DefaultGraph()}),
        files=(),
    )


def dates(quads: Iterable[Quad]) -> tuple[str, str]:
    """Give the dates that the data tell of the dataset, or that the ontology tells of itself.

    No clock is asked: the same data are of the same day.
    """
    subjects = {thing("dataset", "graph"), namespaces.ONTOLOGY}
    told = {expand("dct:issued"): set[str](), expand("dct:modified"): set[str]()}
    for quad in [*quads, *_header()]:
        is_ours = isinstance(quad.subject, NamedNode) and quad.subject.value in subjects
        if is_ours and quad.predicate.value in told:
            told[quad.predicate.value].add(quad.object.value)  # type: ignore[union-attr]
    issued, modified = told.values()
    return min(issued), max(modified)


def _header() -> Iterator[Quad]:
    """Read what the ontology says of itself; files that are served as they are need not."""
    return store.read(paths.ONTOLOGY / "teixit.ttl")


def _graph(dataset: _Dataset) -> Files:
    yield from _forms("teixit", "graph", dataset, forms.FORMATS)


def _companions() -> Files:
    """Give what goes with the graph: ontology, shapes, questions and their answers."""
    ontology = [file for file in store.knowledge_files() if file.suffix == ".ttl"]
    yield from _documents("ontology", ontology)
    yield from _documents("shapes", sorted(paths.SHAPES.glob("*.ttl")))
    yield from _documents("questions", [paths.DATA / "questions.trig"])
    for file in sorted(paths.QUESTIONS.glob("*.rq")):
        said = f"Question {file.stem}", "application/sparql-query"
        yield f"questions/{file.name}", ("questions", *said), _rebased(file)
        answer = file.with_suffix(".csv")
        said = f"Answer to question {file.stem}", "text/csv"
        yield f"questions/{answer.name}", ("questions", *said), _rebased(answer)


def _documents(name: str, files: list[Path]) -> Files:
    """Give a document of the triples of *files* in each format that has no named graphs."""
    dataset = _Dataset.of(quad for file in files for quad in store.read(file))
    alone = _Dataset(dataset.merge, dataset.merge)
    yield from _forms(name, name, alone, ("ttl", "rdf", "jsonld"))


def _forms(name: str, dataset: str, said: _Dataset, endings: Iterable[str]) -> Files:
    for ending in endings:
        format_ = forms.FORMATS[ending]
        title = f"{_TITLES[dataset]}, {format_.name}"
        if dataset == "graph" and format_ in _MERGED:
            title = f"{title} (the merge of its graphs)"
        quads = said.merge if format_ in _MERGED else said.quads
        described = dataset, title, format_.media_type
        yield f"{name}.{ending}", described, forms.written(quads, format_)


def _tables(dataset: _Dataset, licence: str, *, parquet: bool) -> Files:
    for table in tables_of(dataset.merge):
        yield from _table(table, licence, parquet=parquet)


def _table(table: Table, licence: str, *, parquet: bool) -> Files:
    name, title = f"classes/{table.name}", f"The things of the class {table.name}"
    yield f"{name}.csv", ("graph", title, "text/csv"), tables.csv_of(table)
    said = "graph", f"What the columns of {table.name}.csv are", "application/csvm+json"
    yield f"{name}.csv-metadata.json", said, tables.metadata_of(table, licence)
    if parquet:
        said = "graph", title, "application/vnd.apache.parquet"
        yield f"{name}.parquet", said, tables.parquet_of(table)


def _rebased(file: Path) -> bytes:
    return namespaces.rebased(file.read_bytes())


def _put(
    folder: Path, files: Iterable[tuple[str, tuple[str, str, str], bytes]], described: Contents
) -> Contents:
    """Write *files* beside *folder*, and put them there when all are written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        listed = [_write(building, *file) for each in files for file in _with_compressed(*each)]
        listed.sort(key=lambda file: file.name)
        contents = replace(described, files=tuple(listed))
        (building / MANIFEST).write_bytes(contents.written())
        building.chmod(0o755)  # others may serve it
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building)
        raise
    return contents


def _with_compressed(name: str, described: tuple[str, str, str], content: bytes) -> Files:
    yield name, described, content
    if len(content) >= _BIG and not name.endswith(".parquet"):
        yield f"{name}.gz", described, gzip.compress(content, 9, mtime=0)


def _write(
    folder: Path, name: str, described: tuple[str, str, str], content: bytes
) -> ExportedFile:
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    return ExportedFile.of(name, described, content)
