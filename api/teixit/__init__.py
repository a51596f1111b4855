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
* ``library``: the graph in a program of one's own: ``from teixit import open_graph``
* ``notebook``: what notebooks begin with, and their pages
* ``web``: the website; ``cli``: the command ``teixit``
"""

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from teixit import paths

if TYPE_CHECKING:
    from teixit.library import Graph, open_graph

__all__ = ["Graph", "__version__", "open_graph"]


def _declared() -> str:
    """Give the version of a checkout as it stands there, or else of what is installed.

    What is installed in a checkout is as old as its installation.
    """
    project = paths.PROJECT.read_text("utf-8") if paths.PROJECT.is_file() else ""
    found = re.search(r'^version = "([^"]+)"$', project, re.MULTILINE)
    return found[1] if found else version("teixit")


__version__ = _declared()


def __getattr__(name: str) -> object:
    """Import the library when it is asked for: a command has to start at once."""
    if name in {"Graph", "open_graph"}:
        from teixit import library  # noqa: PLC0415

        return getattr(library, name)
    raise AttributeError(f"module {__name__} has no {name}")
