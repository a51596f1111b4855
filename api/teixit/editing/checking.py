"""What the shapes would say of a change: at once, of what it is about; and of all, before writing.

As one types only the thing is held to the shapes, among what they look at from it: two steps
around. Before anything is written, the whole graph is.
"""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from teixit import namespaces, validation
from teixit.editing.drafts import Change
from teixit.editing.knowledge import TYPE, Knowledge, files_of
from teixit.findings import Finding, Severity

_SUBCLASS: Final = NamedNode(namespaces.expand("rdfs:subClassOf"))
#: What is said of a thing that so many others name, such as a class, tells nothing of its names.
_CROWD: Final = 200


def quickly(knowledge: Knowledge, change: Change) -> list[Finding]:
    """Hold what the change is about to the shapes, as it would be: some tenths of a second.

    Raises:
        KnowledgeError: A shape is wrong.
    """
    would = knowledge.with_change(change.removed, change.added)
    mine = {quad for node in change.about for quad in would.quads_for_pattern(node, None, None)}
    around = _around(would, change.about)
    with tempfile.TemporaryDirectory(prefix="teixit-edit-") as folder:
        asked, context = Path(folder, "asked.nq"), Path(folder, "around.nq")
        _write(mine, asked)
        _write(around - mine, context)
        return validation.check([asked], [context])


def wholly(knowledge: Knowledge, texts: Mapping[str, str]) -> list[Finding]:
    """List what would be wrong in the files that are written to, by the whole graph.

    Args:
        knowledge: The graph.
        texts: What would stand in each file that changes, by its name.

    Returns:
        What would be violated; notes and warnings are left out.

    Raises:
        KnowledgeError: A shape is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="teixit-edit-") as folder:
        would = [Path(folder, name) for name in sorted(texts)]
        for file in would:
            file.write_text(texts[file.name], "utf-8")
        rest = [file for file in files_of(knowledge.folder) if _stays(file, knowledge, texts)]
        found = validation.check(would, rest)
    return [finding for finding in found if finding.severity is Severity.VIOLATION]


def _stays(file: Path, knowledge: Knowledge, texts: Mapping[str, str]) -> bool:
    return file.parent != knowledge.folder or file.name not in texts


def _around(would: Store, nodes: Iterable[NamedNode]) -> set[Quad]:
    """Give what is said two steps around *nodes*, and of what class the things there are."""
    near = {*nodes}
    # What names the things themselves decides which shapes they have to meet.
    found = {quad for node in near for quad in would.quads_for_pattern(None, None, node)}
    found.update(would.quads_for_pattern(None, _SUBCLASS, None))
    for _ in range(2):
        steps = {quad for node in near for quad in _beside(would, node)}
        found |= steps
        ends = {end for quad in steps for end in (quad.subject, quad.object)}
        near = {end for end in ends if isinstance(end, NamedNode)}
    return found | {quad for node in near for quad in would.quads_for_pattern(node, TYPE, None)}


def _beside(would: Store, node: NamedNode) -> set[Quad]:
    """Give what is said of a thing, and by what others name it."""
    naming = set(would.quads_for_pattern(None, None, node))
    said = set(would.quads_for_pattern(node, None, None))
    return said if len(naming) > _CROWD else said | naming


def _write(quads: Iterable[Quad], file: Path) -> None:
    serialize(quads, str(file), RdfFormat.N_QUADS)
