"""Rows for pages: from a thread, through the workers."""

import json
from collections.abc import Sequence

from teixit.queries import Query
from teixit.web import pages
from teixit.web.site import Row
from teixit.workers import Job, Pool, through

_JSON = "application/sparql-results+json"


def ask(pool: Pool, query: Query) -> tuple[Sequence[Row], str]:
    """Give the rows of *query*, for the client of this request of Flask.

    Raises:
        RequestError: As the pool raises it.
    """
    job = Job("query", query.text, (_JSON, None, None))
    outcome = pool.run_from_thread(job, pages.client())
    found = json.loads(through.body_of(outcome))["results"]["bindings"]
    rows = [{name: term["value"] for name, term in row.items()} for row in found]
    return rows, outcome.version


class Through(through.Through):
    """The graph, asked through the workers from a thread that makes a page.

    Args:
        pool: The workers.
    """

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool, pages.client)
