"""What Teixit says of itself as data: its datasets, in the words that harvesters read.

* ``wording``: titles, descriptions and keywords of the datasets, in three languages
* ``statistics``: what VoID counts; ``void``, ``questions``: two files of ``data/``, made
"""
