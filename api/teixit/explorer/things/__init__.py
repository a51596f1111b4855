"""The page of one thing: what it is in plain words, what is said of it, and what is not known.

* ``kinds``: what is particular to each kind, by its class; ``sentences``: the words it begins with
* ``told``: all that the graph tells of a thing; ``names``: what things are called
* ``making``: the page made of it; ``shown``: what it is made of
"""
