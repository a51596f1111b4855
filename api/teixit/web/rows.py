"""Rows for pages: from a thread, through the workers."""

import json
from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

from teixit.namespaces import BASE
from teixit.queries import Found, Query, Term
from teixit.web import pages
from teixit.web.exchange import Spool
from teixit.web.site import Row
from teixit.workers import Job, Pool

_JSON = "application/sparql-results+json"


def ask(pool: Pool, query: Query) -> tuple[Sequence[Row], str]:
    """Give the rows of *query*, for the client of this request of Flask.

    Raises:
        RequestError: As the pool raises it.
    """
    body, version = _answered(pool, Job("query", query.text, (_JSON, None, None)))
    found = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found], version


def _answered(pool: Pool, job: Job) -> tuple[bytes, str]:
    """Give the whole answer to a *job*, and the version of the data that it is of."""
    outcome = pool.run_from_thread(job, pages.client())
    body = outcome.body
    if outcome.file is not None:
        body = Spool(outcome.file, outcome.length).read(0, outcome.length)
    return body or b"", outcome.version


class Through:
    """The graph, asked through the workers from a thread that makes a page.

    Args:
        pool: The workers.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def query(
        self,
        text: str,
        *,
        base: str = f"{BASE}sparql",
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        """Answer a SELECT, as :class:`teixit.queries.Remote` has it.

        Raises:
            RequestError: As the pool raises it.
        """
        del base, default_graphs, named_graphs  # queries of ours need none
        bound = tuple((name, str(value)) for name, value in (values or {}).items())
        body, _ = _answered(self._pool, Job("query", text, (_JSON, None, None), values=bound))
        return parse_query_results(body, QueryResultsFormat.JSON)
