"""RDF in forms that depend on nothing but what is said: sorted, with our prefixes in order.

Blank nodes are named by RDF Dataset Canonicalization (RDFC-1.0), so that the files of a release
name the same node by the same label.
"""

import hashlib
import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    RdfFormat,
    serialize,
)

from teixit.namespaces import PREFIXES

#: The formats of a release, by the ends of file names.
FORMATS: Final = MappingProxyType(
    {
        "nq": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "ttl": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "rdf": RdfFormat.RDF_XML,
    }
)

_PREFIX_LINES: Final = re.compile(rb"\A(?:@prefix [^\n]*\n)+")
_ROOT: Final = re.compile(rb"<rdf:RDF( [^>]*)>")
_DECLARATION: Final = re.compile(rb' xmlns:[^=]+="[^"]*"')


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """Give each of *quads* once, in the order of its N-Quads, blank nodes named by RDFC-1.0."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def merged(quads: Iterable[Quad]) -> list[Quad]:
    """Give the merge of all graphs of *quads*, canonical, as one default graph."""
    alone = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}
    return canonical(alone)


def rdfc10(quads: Iterable[Quad]) -> str:
    """Give the hash of what is said: SHA-256 of the canonical N-Quads (RDFC-1.0, section 4)."""
    lines = serialize(canonical(quads), format=RdfFormat.N_QUADS) or b""
    return hashlib.sha256(b"".join(sorted(lines.splitlines(keepends=True)))).hexdigest()


def written(quads: Iterable[Quad], format_: RdfFormat) -> bytes:
    """Write *quads*, which :func:`canonical` or :func:`merged` gave.

    Where the format has no named graphs, they must all be in the default graph.
    """
    if format_ in {RdfFormat.TURTLE, RdfFormat.RDF_XML}:
        triples = (quad.triple for quad in quads)
        text = serialize(triples, format=format_, prefixes=dict(PREFIXES)) or b""
    else:
        text = serialize(quads, format=format_, prefixes=dict(PREFIXES)) or b""
    return _in_order(text)


def _in_order(text: bytes) -> bytes:
    """Put the declarations of prefixes in order: the engine's order changes with each run."""
    text = _PREFIX_LINES.sub(lambda found: _sorted_lines(found[0]), text)
    return _ROOT.sub(lambda found: b"<rdf:RDF%s>" % _sorted_declarations(found[1]), text, count=1)


def _sorted_lines(lines: bytes) -> bytes:
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _sorted_declarations(attributes: bytes) -> bytes:
    return b"".join(sorted(_DECLARATION.findall(attributes)))
