"""The engines of SHACL, behind one face: pySHACL, and a faster one for great graphs.

The only module that knows them. pySHACL is the reference; pyshacl-turbo, of the extra `validate`,
makes the same reports of our shapes and cases and of the W3C's suite for SHACL Core (a test each)
in less than half of the time (``benchmarks/README.md``).
"""

from importlib.util import find_spec
from typing import Final

import pyshacl
from rdflib import SH, Graph

from teixit.errors import KnowledgeError

#: From so many statements on the faster engine is worth its price, where it is installed.
MANY: Final = 100_000


def report_of(graph: Graph, shapes: Graph, many: int = MANY) -> Graph:
    """Hold *graph* to *shapes*, and give SHACL's report; nothing is inferred.

    Args:
        graph: The data.
        shapes: The shapes.
        many: From how many statements on the faster engine is taken, where it is installed.

    Raises:
        KnowledgeError: The shapes cannot be run; says in the engine's words why.
    """
    if len(graph) >= many and find_spec("pyshacl_turbo"):
        import pyshacl_turbo  # noqa: PLC0415 - an extra, and 16 MB

        _, report, text = pyshacl_turbo.validate(graph, shacl_graph=meant(shapes))
    else:
        # A copy of the graph would only take time.
        _, report, text = pyshacl.validate(graph, shacl_graph=meant(shapes), inplace=True)
    if not isinstance(report, Graph):
        raise KnowledgeError(f"the shapes cannot be run: {text}")
    return report


def meant(shapes: Graph) -> Graph:
    """Leave out what says nothing, and pySHACL would take for something.

    ``sh:uniqueLang`` is a rule where its value is ``true`` (SHACL, section 4.4.4), and none where
    it is another term, even ``"1"^^xsd:boolean``, which pySHACL takes for the same.
    """
    idle = [said for said in shapes.triples((None, SH.uniqueLang, None)) if str(said[2]) != "true"]
    if not idle:
        return shapes
    kept = Graph()
    for said in set(shapes) - set(idle):
        kept.add(said)
    return kept
