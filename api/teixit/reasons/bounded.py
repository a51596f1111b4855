"""A graph that answers so many queries, and for so long, and then no more."""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store

from teixit import engine, namespaces
from teixit.errors import LimitError
from teixit.queries import Found, Remote, Term

#: How many queries one page may ask, and how long it may go on asking, in seconds. The last query
#: may take as long as any query may.
MOST: Final = 60
SECONDS: Final = 10.0
_TOO_MUCH: Final = frozenset({"time", "memory", "answer"})


class Bounded:
    """Asks a *store* as :class:`teixit.queries.Remote` has it, but not for ever.

    Args:
        store: The graph, here or through the workers.
        most: How many queries it may be asked.
        seconds: For how long.
    """

    def __init__(self, store: Store | Remote, most: int = MOST, seconds: float = SECONDS) -> None:
        self._store = store
        self._left = most
        self._end = time.monotonic() + seconds

    def query(
        self,
        text: str,
        *,
        base: str = f"{namespaces.BASE}sparql",
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        """Answer a query as :func:`teixit.engine.query` does.

        Raises:
            LimitError: So many have been asked already, or for so long.
            RequestError: As the engine or the workers raise it.
        """
        if self._left <= 0 or time.monotonic() > self._end:
            raise LimitError("this takes too much to look into; ask for less at once", "time")
        self._left -= 1
        return engine.query(
            self._store,
            text,
            base=base,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            values=values,
        )

    def rows(self, text: str, values: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """Give the rows of a SELECT with *values* bound, each as its bound variables.

        Raises:
            RequestError: As :meth:`query` raises it.
        """
        found = self.query(text, values=values)
        assert isinstance(found, QuerySolutions)  # noqa: S101 - all that is asked so is a SELECT
        names = [variable.value for variable in found.variables]
        return [{name: row[name] for name in names if row[name] is not None} for row in found]

    def holds(self, text: str) -> bool | None:
        """Answer an ASK; nothing where nobody can say: it takes too much, or too many were asked.

        Raises:
            RequestError: The query is wrong, or the workers are busy.
        """
        with UnlessTooMuch():
            return bool(self.query(text))
        return None


class UnlessTooMuch:
    """Leaves off where a query takes too much of a worker; all else is no fault of the query."""

    def __enter__(self) -> None:
        """Begin to ask."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        """Say whether the *error* was that it took too much, and is not to be raised."""
        return isinstance(error, LimitError) and error.reason in _TOO_MUCH
