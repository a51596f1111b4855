"""Rows for pages: from a thread, through the workers."""

import json
from collections.abc import Sequence

from teixit.queries import Query
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
    job = Job("query", query.text, (_JSON, None, None))
    outcome = pool.run_from_thread(job, pages.client())
    body = outcome.body
    if outcome.file is not None:
        body = Spool(outcome.file, outcome.length).read(0, outcome.length)
    found = json.loads(body or b"")["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found], outcome.version
