"""The graph behind the workers, for code in threads that asks a store."""

from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

from teixit.namespaces import BASE
from teixit.queries import Found, Term
from teixit.workers.jobs import Job, Outcome
from teixit.workers.pool import Pool

_JSON = "application/sparql-results+json"


def body_of(outcome: Outcome) -> bytes:
    """Give the whole of an answer, wherever it lies; its file is closed."""
    if outcome.file is None:
        return outcome.body or b""
    with open(outcome.file, "rb") as stream:  # noqa: PTH123 - a descriptor
        stream.seek(0)
        return stream.read()


class Through:
    """The graph, asked through the workers from a thread.

    Args:
        pool: The workers.
        client: Says who asks.
    """

    def __init__(self, pool: Pool, client: Callable[[], str]) -> None:
        self._pool = pool
        self._client = client

    def query(
        self,
        text: str,
        *,
        base: str = f"{BASE}sparql",
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        """Answer a SELECT or an ASK, as :class:`teixit.queries.Remote` has it.

        Raises:
            RequestError: As the pool raises it.
        """
        del base, default_graphs, named_graphs  # queries of ours need none
        bound = tuple((name, str(value)) for name, value in (values or {}).items())
        job = Job("query", text, (_JSON, _JSON, None), values=bound)
        outcome = self._pool.run_from_thread(job, self._client())
        return parse_query_results(body_of(outcome), QueryResultsFormat.JSON)
