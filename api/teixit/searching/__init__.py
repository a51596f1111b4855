"""Searching in labels and texts: an index in a file of SQLite (FTS5), made of statements.

* ``words``: a text as words, without regard to accents, case, apostrophes and articles
* ``contents``: which statements are searched, and what kinds of things there are
* ``gathering``: these statements, from files or by asking; ``building``: the index made of them
* ``asking``: what it finds for words; ``marking``: where the words stand in a text
"""

from teixit.searching.asking import Found, Index, Said, Thing
from teixit.searching.building import Statement, build
from teixit.searching.gathering import of_quads, of_store

__all__ = ["Found", "Index", "Said", "Statement", "Thing", "build", "of_quads", "of_store"]
