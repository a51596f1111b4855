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
* ``releasing``: from what has changed in a checkout to a release
* ``web``: the website; ``cli``: the command ``teixit``
"""

import re
from importlib.metadata import version

from teixit import paths


def _declared() -> str:
    """Give the version of a checkout as it stands there, or else of what is installed.

    What is installed in a checkout is as old as its installation.
    """
    project = paths.PROJECT.read_text("utf-8") if paths.PROJECT.is_file() else ""
    found = re.search(r'^version = "([^"]+)"$', project, re.MULTILINE)
    return found[1] if found else version("teixit")


__version__ = _declared()
