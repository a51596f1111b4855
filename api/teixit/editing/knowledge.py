"""The graph as its files say it at this moment, and what a form can choose from.

Everything is read anew each time: a fiftieth of a second for what Teixit ships, and nobody is ever
shown what another program has changed meanwhile.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from teixit import namespaces, paths, store
from teixit.errors import KnowledgeError
from teixit.languages import LANGUAGES

TYPE: Final = NamedNode(namespaces.expand("rdf:type"))
LABEL: Final = NamedNode(namespaces.expand("rdfs:label"))
CONFIDENCE: Final = NamedNode(namespaces.term("hasConfidence"))
SOURCE: Final = NamedNode(namespaces.expand("prov:hadPrimarySource"))
DOCUMENT: Final = NamedNode(namespaces.term("SourceDocument"))
EXTRACT: Final = NamedNode(namespaces.term("SourceExtract"))
TRANSLATION: Final = NamedNode(namespaces.term("Translation"))
#: The graph that describes the sources, and the file that it is in.
RECORD: Final = NamedNode(namespaces.thing("record", "sources"))
SOURCES: Final = "sources.trig"
TRANSLATIONS: Final = "translations.trig"

#: Whose statements a form may make: what one source says, what we conclude, what we translate.
_VOICES: Final = (EXTRACT, NamedNode(namespaces.term("Conclusion")), TRANSLATION)


@dataclass(frozen=True)
class Kind:
    """A kind of thing that has a form.

    Args:
        name: Its name in addresses, and how the IRIs of its things begin.
        type: Its class.
        file: The file of ``data/`` that is about such things.
    """

    name: str
    type: NamedNode
    file: str


KINDS: Final = (
    Kind("project", NamedNode(namespaces.term("FlagshipProject")), "projects.trig"),
    Kind("organisation", NamedNode(namespaces.expand("org:Organization")), "organisations.trig"),
)
#: The files that a form writes to.
WRITTEN: Final = tuple(dict.fromkeys([*(kind.file for kind in KINDS), TRANSLATIONS, SOURCES]))


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen, with what it is called, by language.

    Args:
        node: What it is.
        label: Its names.
        confidence: The names of how sure we are of it, if it is a graph.
    """

    node: NamedNode
    label: Mapping[str, str]
    confidence: Mapping[str, str]


@dataclass(frozen=True)
class Knowledge:
    """The graph, and the texts of the files that may be written to.

    Args:
        folder: The folder ``data/`` that they are in.
        said: All statements, each in its graph.
        texts: What stands in each file that a form writes to, by its name.
        made: The statements of each of them.
    """

    folder: Path
    said: Store
    texts: Mapping[str, str]
    made: Mapping[str, frozenset[Quad]]

    @classmethod
    def of(cls, folder: Path) -> "Knowledge":
        """Read the graph: the ontology that Teixit ships, and the data of *folder*.

        Raises:
            KnowledgeError: A file is missing, or does not parse.
        """
        said, texts, made = Store(), {}, {}
        for name in WRITTEN:
            texts[name] = read_text(folder / name)
            made[name] = frozenset(quads_of(texts[name], folder / name))
            said.extend(made[name])
        for file in files_of(folder):
            if file.parent != folder or file.name not in WRITTEN:
                said.extend(store.read(file))
        return cls(folder, said, texts, made)

    @property
    def version(self) -> str:
        """What tells this state of the files that are written to from any other."""
        whole = "\0".join(self.texts[name] for name in WRITTEN)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    def file_of(self, quad: Quad) -> str | None:
        """Name the file that a form writes to and that makes a statement, if one does."""
        return next((name for name, quads in self.made.items() if quad in quads), None)

    def about(self, node: NamedNode) -> list[Quad]:
        """Give what is said of *node*, or by others with it as their value, in a fixed order."""
        found = [
            *self.said.quads_for_pattern(node, None, None),
            *self.said.quads_for_pattern(None, None, node),
        ]
        return sorted(set(found), key=str)

    def types(self, node: NamedNode) -> set[NamedNode]:
        """Give the classes of *node*."""
        return {
            quad.object
            for quad in self.said.quads_for_pattern(node, TYPE, None)
            if isinstance(quad.object, NamedNode)
        }

    def kind(self, node: NamedNode) -> Kind | None:
        """Say by which form *node* is changed, if there is one for it."""
        types = self.types(node)
        return next((kind for kind in KINDS if kind.type in types), None)

    def label(self, node: NamedNode) -> Mapping[str, str]:
        """Give the names of *node* by language; its local name, if it has none."""
        found = {
            quad.object.language: quad.object.value
            for quad in self.said.quads_for_pattern(node, LABEL, None)
            if isinstance(quad.object, Literal) and quad.object.language
        }
        named: dict[str, str] = {tag: found[tag] for tag in LANGUAGES if tag in found}
        return named or {"": node.value.removeprefix(namespaces.THING)}

    def choices(self, classes: Iterable[NamedNode]) -> list[Choice]:
        """List the things of *classes* by their IRIs."""
        found = {
            quad.subject
            for class_ in classes
            for quad in self.said.quads_for_pattern(None, TYPE, class_)
            if isinstance(quad.subject, NamedNode)
        }
        return [self.choice(node) for node in sorted(found, key=lambda node: node.value)]

    def choice(self, node: NamedNode) -> Choice:
        """Say how *node* is shown where it can be chosen."""
        level = self.value(node, CONFIDENCE)
        return Choice(node, self.label(node), {} if level is None else self.label(level))

    def value(self, node: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Give the one thing that *node* has by *predicate*, if it is there."""
        values = (quad.object for quad in self.said.quads_for_pattern(node, predicate, None))
        return next((value for value in values if isinstance(value, NamedNode)), None)

    def sources(self) -> list[Choice]:
        """List the graphs that a form may add statements to, extracts first."""
        found: list[NamedNode] = []
        for voice in _VOICES:
            quads = self.said.quads_for_pattern(None, TYPE, voice, RECORD)
            named = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
            found += sorted(named - {*found}, key=lambda node: node.value)
        return [self.choice(node) for node in found]

    def is_source(self, node: NamedNode) -> bool:
        """Say whether a form may add statements to this graph."""
        return any(Quad(node, TYPE, voice, RECORD) in self.said for voice in _VOICES)

    def with_change(self, removed: Iterable[Quad], added: Iterable[Quad]) -> Store:
        """Give all statements as they would be."""
        would = Store()
        would.extend(self.said)
        for quad in removed:
            would.remove(quad)
        would.extend(added)
        return would


def iri_of(term: object) -> str:
    """Give the IRI of a term of RDF; what is none is written out."""
    return term.value if isinstance(term, NamedNode) else str(term)


def files_of(folder: Path) -> list[Path]:
    """List the files of the ontology, and of the data in *folder*."""
    ontology = [file for file in store.knowledge_files() if file.is_relative_to(paths.ONTOLOGY)]
    return [*ontology, *sorted(folder.rglob("*.trig"))]


def read_text(file: Path) -> str:
    """Read a file as it stands, line ends and all.

    Raises:
        KnowledgeError: It cannot be read, or is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file}: cannot be read: {error}") from error


def quads_of(text: str, file: Path) -> Iterator[Quad]:
    """Parse the *text* of a TriG *file*.

    Raises:
        KnowledgeError: It does not parse: says line and column.
    """
    try:
        yield from parse(text.encode(), RdfFormat.TRIG)
    except SyntaxError as error:
        place = f"{file}:{error.lineno}:{error.offset}"
        raise KnowledgeError(f"{place}: {error.msg}") from error
