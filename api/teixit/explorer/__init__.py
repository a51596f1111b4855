"""The explorer: what people see of the graph, before any HTML.

Each module makes one kind of view of what a :class:`~teixit.explorer.reading.Reader` finds by the
queries of ``queries/explorer``; ``web.explorer`` shows it.

* ``views``: what a view is made of; ``reading``: asking for it in the reader's language;
  ``addresses``: where things are shown; ``files``: a view as a file
* ``entrance``: what one can begin with; ``method``: how far it all goes; ``breaches``: what the
  shapes find
* ``source_text``: the text of a source; ``text_blocks``, ``statements``: its lines, and what is
  drawn from them
* ``matrix``, ``matrix_files``: rows by districts; ``reaching``: how they reach them
* ``timeline``: actions by years
* ``territory``: what is said of districts and neighbourhoods; ``maps``, ``places`` and
  ``place_pages``, ``comparison``: their views; ``gathering``: what these have in common
* ``plotting``, ``areas``, ``boundaries``, ``cartography``: what is drawn on a map, and how
"""
