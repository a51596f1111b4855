import os
import tempfile
from types import SimpleNamespace

import pytest
from flask import Flask

from teixit import paths, queries
from teixit.web import rows
from teixit.workers import Outcome

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
