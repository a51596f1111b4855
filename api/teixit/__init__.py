"""Teixit: the knowledge graph of Barcelona's social and solidarity economy.

The modules, from the ground up; each imports only from those before it:

* ``namespaces``, ``languages``, ``paths``, ``errors``: what all others speak of
* ``store``: the graph, every file in its named graphs and their merge as the default graph
* ``queries``: queries kept as files, and running them
* ``trig``: RDF in one sorted form
* ``importing``: from what others write, such as pages of the plan, to graphs
* ``conclusions``: what follows by the rules of ``ontology/rules/``
* ``validation``: what is wrong, by the shapes of ``shapes/``
* ``protocol``: the SPARQL 1.1 Protocol, without a network
* ``web``: the website; ``cli``: the command ``teixit``
"""

from importlib.metadata import version

__version__ = version("teixit")
