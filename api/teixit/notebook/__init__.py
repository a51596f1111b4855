"""What a notebook begins with, and how the notebooks come to be pages.

* here: a server while a notebook runs, answers as tables, drawings with their words
* ``reading``: the notebooks, and what they showed when they were run
* ``markup``: their text, and the tables that they show, as safe HTML; ``drawing``: their figures
* ``running``: runs them, and keeps what they show; ``python -m teixit.notebook`` does both

Only ``running`` and the functions for notebooks need Jupyter, pandas and matplotlib: the extra
``notebooks`` brings them.
"""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from teixit import paths, queries
from teixit.errors import ServeError
from teixit.namespaces import PREFIXES

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

__all__ = ["ENDPOINT", "Serving", "question", "show", "table"]

#: The environment variable that names an endpoint which runs already.
ENDPOINT: Final = "TEIXIT_ENDPOINT"
#: How long a server may take to end, in seconds.
_GRACE: Final = 20
#: What values become in a table, by their datatype; a year is a number too.
_READ: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        f"{PREFIXES['xsd']}boolean": lambda text: text in {"true", "1"},
        f"{PREFIXES['xsd']}decimal": float,
        f"{PREFIXES['xsd']}double": float,
        f"{PREFIXES['xsd']}gYear": int,
        f"{PREFIXES['xsd']}integer": int,
    }
)


class Serving:
    """A SPARQL endpoint over the graph, as long as a notebook runs.

    It is the one that the environment variable ``TEIXIT_ENDPOINT`` names; else a server of our own
    on a free port of this machine, which ends by :meth:`end`, or with the process.

    Attributes:
        endpoint: Its address.

    Raises:
        ServeError: The server does not start.
    """

    endpoint: str

    def __init__(self) -> None:
        self._server: subprocess.Popen[str] | None = None
        self.endpoint = os.environ.get(ENDPOINT) or self._start()

    def end(self) -> None:
        """End the server, if it is ours; a second time does nothing."""
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            server.communicate(timeout=_GRACE)

    def _start(self) -> str:
        command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--quiet"]
        with tempfile.TemporaryFile("w+") as told:
            server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True)  # noqa: S603 - our own
            self._server = server
            atexit.register(server.terminate)  # without waiting: Jupyter soon kills what lingers
            said = (line.split() for line in server.stdout or ())
            found = next((words[1] for words in said if words[:1] == ["SPARQL"]), None)
            if found is None:
                self.end()
                told.seek(0)
                raise ServeError(f"teixit serve has ended: {told.read().strip()}")
        return found


def question(name: str) -> str:
    """Give the SPARQL text of the competency question *name*, such as ``cq04-actions-per-year``.

    Raises:
        KnowledgeError: There is no such question.
    """
    return queries.named(name, paths.QUESTIONS).text


def table(answer: Mapping[str, Any]) -> "DataFrame":
    """Give an answer in the SPARQL 1.1 Query Results JSON Format as a table.

    Numbers, years and truth values become such; all else is text, and what is unbound is None.

    Args:
        answer: Of a SELECT query, as ``SPARQLWrapper.queryAndConvert`` gives it for JSON.
    """
    import pandas as pd  # noqa: PLC0415 - only notebooks need it

    columns = answer["head"]["vars"]
    bindings = answer["results"]["bindings"]
    rows = [[_value(row.get(column)) for column in columns] for row in bindings]
    return pd.DataFrame(rows, columns=columns)


def _value(term: Mapping[str, str] | None) -> object:
    if term is None:
        return None
    return _READ.get(term.get("datatype", ""), str)(term["value"])


def show(figure: "Figure", words: str) -> None:
    """Show a *figure* as SVG, and what it says to those who do not see it.

    Args:
        figure: It is closed then.
        words: Become its title, and all there is of it where no picture can be shown.
    """
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only notebooks need these
    from IPython.display import display  # noqa: PLC0415

    drawn = StringIO()
    with plt.rc_context({"svg.hashsalt": "teixit"}):  # the same figure is the same text
        told = {"Title": words, "Date": None}
        figure.savefig(drawn, format="svg", bbox_inches="tight", metadata=told)
    plt.close(figure)
    data = {"image/svg+xml": drawn.getvalue(), "text/plain": words}
    display(data, raw=True)  # type: ignore[no-untyped-call]  # IPython's
