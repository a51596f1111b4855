"""Reasons for answers: why there is none, and who says what a row says.

* ``outline``, ``parts``, ``patterns``: a query taken apart, on its tokens
* ``bounded``, ``asked``: the graph, asked so often and no more; the smaller queries
* ``steps``, ``walking``, ``tracing``: from a row to the triples behind it
* ``saying``: who makes these statements
"""

from teixit.reasons.saying import Who, who

__all__ = ["Who", "who"]
