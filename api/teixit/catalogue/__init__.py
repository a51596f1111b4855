"""What Teixit says of itself as data: its datasets, in the words that harvesters read.

* ``wording``: titles, descriptions and keywords of the datasets; ``stating``: making statements
* ``statistics``: what VoID counts; ``void``, ``questions``: two files of ``data/``; ``writing``
* ``publishers``: who publishes; ``model``: the release that is catalogued, and the catalogue
* ``profiles``, ``codes``: what is wanted of it; ``dcat``, ``distributions``: in the words of DCAT;
  ``editions``: each release in the same words
* ``portals``: for those that read JSON of their own
* ``serving``: all the files that are asked for
"""
