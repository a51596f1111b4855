"""Lists of things with what they can be chosen by.

* ``declared``: the lists and their columns; ``choosing``: what an address chooses of them
* ``asking``: the few queries that answer for all of them; ``making``: the view
"""
