"""Exported releases: whole files of the graph for those who take it away, and what lists them.

``teixit export`` writes a folder that can be put on any web server, or be kept and served by
``teixit serve --releases``. It is made from what the files say, not from a store, which writes
literals anew; the same files give the same bytes, and all forms of RDF have one canonical hash.

* ``forms``: RDF that has one form in each format
* ``tables``, ``columns``: the things of each class as CSV on the Web and as Parquet
* ``contents``: ``manifest.json``, which says what each file is; ``release``: writing them all
* ``shelf``: the releases that are served; ``dumps``: what their dumps say
* ``changes``: what changed between two; ``events``: all as a Linked Data Event Stream
"""

from teixit.exporting.contents import MANIFEST, Contents, ExportedFile
from teixit.exporting.release import export
from teixit.exporting.shelf import Exported, Shelf

__all__ = ["MANIFEST", "Contents", "Exported", "ExportedFile", "Shelf", "export"]
