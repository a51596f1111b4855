"""How machines find what Teixit gives, without being told where to look.

* ``records``: a dataset as the catalogue describes it, the one place where that is said
* ``schema_org``: the same for search engines, as JSON-LD
* ``links``: the same as links (FAIR Signposting), and the programs that can be asked
* ``sitemaps``: which pages there are
"""
