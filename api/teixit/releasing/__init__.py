"""From what has changed in a checkout to a release of it.

* ``git``: the repository; ``changelog``, ``numbering``, ``headers``, ``made``: what a release
  looks at and changes
* ``last``, ``status``, ``wording``: what differs from the last release
* ``making``: a release, made in a copy of the checkout (``staged``: what is done there), and put
  in its place at once (``placing``)
"""
