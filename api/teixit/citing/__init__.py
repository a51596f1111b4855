"""Citing an answer: an address that carries all that is needed to ask again and to compare.

Nothing is kept of what is cited, so nobody can fill anything. The address of an answer has

* ``query``: the question, or ``q``: the same, compressed (:mod:`teixit.citing.addresses`);
  ``default-graph-uri`` and ``named-graph-uri``, as SPARQL Protocol has them
* ``release``: the number of the release that answered
* ``data``: the first 16 digits of the canonical hash of its data (RDFC-1.0), as
  :class:`teixit.exporting.Contents` has it: a number alone does not tell what was served
* ``date``: the day of the citation; nothing vouches for it but who cites
* ``sha256``: of the answer, whatever its format (:mod:`teixit.citing.settling`)

``settling``: one form of an answer, and its hash; ``addresses``: the address; ``references``: how
it is cited, for programs; ``comparing``: what changed from one answer to another.
"""

from teixit.citing.addresses import Cited
from teixit.citing.settling import Settled, is_open, settled

__all__ = ["Cited", "Settled", "is_open", "settled"]
