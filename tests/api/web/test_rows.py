import os
import tempfile
from types import SimpleNamespace

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode

from teixit import paths, queries
from teixit.queries import Term
from teixit.web import rows
from teixit.workers import Job, Outcome

BODY = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}},{}]}}'


@pytest.mark.parametrize("is_long", [False, True])
def test_rows_are_read_wherever_they_lie(*, is_long: bool) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(BODY)
        file.flush()
        body, spool = (None, os.dup(file.fileno())) if is_long else (BODY, None)
    answer = Outcome("application/json", None, body, spool, len(BODY), True, None, "7")  # noqa: FBT003
    pool = SimpleNamespace(run_from_thread=lambda _job, _client: answer)
    with Flask("test").test_request_context("/"):
        found = rows.ask(pool, queries.named("overview", paths.QUERIES))  # type: ignore[arg-type]
    assert found == ([{"x": "1"}, {}], "7")


@pytest.mark.parametrize(
    ("values", "sent"),
    [
        (None, ()),
        ({"x": Literal("1", language="ca")}, (("x", '"1"@ca'),)),
        ({"x": NamedNode("urn:a"), "y": Literal("\n")}, (("x", "<urn:a>"), ("y", '"\\n"'))),
    ],
)
def test_a_graph_behind_the_workers_is_asked_with_values(
    values: dict[str, Term] | None, sent: tuple[tuple[str, str], ...]
) -> None:
    jobs: list[Job] = []

    def run(job: Job, client: str) -> Outcome:
        jobs.append(job)
        assert client == "somebody"
        return Outcome("application/json", None, BODY, None, len(BODY), True, None, "7")  # noqa: FBT003

    graph = rows.Through(SimpleNamespace(run_from_thread=run))  # type: ignore[arg-type]
    context = Flask("test").test_request_context("/", environ_base={"teixit.client": "somebody"})
    with context:
        found = graph.query("SELECT ?x {}", base="urn:b", default_graphs=[], values=values)
    assert [row["x"] for row in found] == [Literal("1"), None]  # type: ignore[index]
    assert [(job.kind, job.query, job.values) for job in jobs] == [("query", "SELECT ?x {}", sent)]
