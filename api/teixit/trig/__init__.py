"""TriG (RDF 1.1 TriG) that has one form: the same facts are the same lines, a line each.

Each line of a fact ends with a semicolon, the last one too, and what ends a subject stands in a
line of its own. So whoever adds a fact adds a line and touches no other, and what two people add
is merged by Git where they add it in two places.

* ``document``: what a file says, and writing it in that form
* ``writing``: from graphs; ``tidying``: from a file that somebody has written
"""

from teixit.trig.document import Block, Document, Subject
from teixit.trig.tidying import read, tidied
from teixit.trig.writing import Graphs, serialise

__all__ = ["Block", "Document", "Graphs", "Subject", "read", "serialise", "tidied"]
