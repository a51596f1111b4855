"""Statements about our datasets, written as one file of ``data/``."""

from collections.abc import Iterable, Mapping

from pyoxigraph import Triple
from rdflib import URIRef

from teixit import trig
from teixit.catalogue.stating import Statement


def write(graphs: Mapping[str, Iterable[Statement]]) -> str:
    """Write *graphs*, by their names, as TriG of one form."""
    built = trig.Graphs()
    for name, statements in graphs.items():
        lines = "".join(f"{Triple(*statement)} .\n" for statement in statements)
        built[URIRef(name)].parse(data=lines, format="nt")
    return trig.serialise(built)
