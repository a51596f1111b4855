"""Teixit as a library: the graph in a program of one's own, as rows, things and data frames.

>>> from teixit import open_graph
>>> graph = open_graph(language="en")
>>> [row["number"] for row in graph.answer("cq01-measures-of-the-line")]
[29, 31, 32]

* ``opening``: which graph; ``graphs``: what it can be asked; ``tables``: what it answers
* ``things``: what is said of a thing, and who says so; ``frames``: the things of a class
* ``naming``, ``values``: from names to terms of RDF, and from these to values of Python

What is asked runs in this process and without limits; the service has limits.
"""

from teixit.library.graphs import Graph, Hit
from teixit.library.opening import open_graph
from teixit.library.tables import Row, Table
from teixit.library.things import Description, Evidence, Source, Statement
from teixit.library.values import Value

__all__ = [
    "Description",
    "Evidence",
    "Graph",
    "Hit",
    "Row",
    "Source",
    "Statement",
    "Table",
    "Value",
    "open_graph",
]
