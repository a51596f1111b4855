"""Reasons for answers: why there is none, and who says what a row says.

* ``outline``, ``parts``, ``patterns``: a query taken apart, on its tokens
* ``bounded``, ``asked``: the graph, asked so often and no more; the smaller queries
* ``steps``, ``walking``, ``tracing``: from a row to the triples behind it
* ``saying``: who makes these statements
* ``emptying``, ``mending``, ``near``: which part of a query empties its answer, and how it may have
  been meant
* ``explaining``: why there is no answer
"""

from teixit.reasons.explaining import Why, why
from teixit.reasons.saying import Who, who

__all__ = ["Who", "Why", "who", "why"]
