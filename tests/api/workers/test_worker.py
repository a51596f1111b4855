import gzip
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pyoxigraph import Store

from teixit import protocol, tabular
from teixit.errors import LimitError, NotAcceptableError, QueryError, RefusedError
from teixit.workers import Job, Limits, Outcome, Pool, worker

Play = Callable[..., Any]

JSON = "application/sparql-results+json"
TABLE = "SELECT ?number { ?node <x:number> ?number } ORDER BY ?number"


def asked(play: Play, job: Job, limits: Limits | None = None) -> Outcome:
    async def scene(pool: Pool) -> Outcome:
        return await pool.run(job, "a")

    found = play(scene, limits)
    assert isinstance(found, Outcome)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { <x:7> <x:label> ?label }", "text/csv"),
        ("ASK {}", "application/sparql-results+xml"),
        ("DESCRIBE <x:7>", "application/n-triples"),
    ],
)
def test_the_format_is_that_of_the_form_of_the_result(
    play: Play, query: str, expected: str
) -> None:
    accept = ("text/csv", "application/sparql-results+xml", "application/n-triples")
    assert asked(play, Job(query=query, accept=accept)).media_type == expected


@pytest.mark.parametrize(
    ("query", "expected"), [(TABLE, JSON), ("ASK {}", JSON), ("DESCRIBE <x:7>", "text/turtle")]
)
def test_a_page_is_made_from_a_format_for_machines(play: Play, query: str, expected: str) -> None:
    outcome = asked(play, Job(query=query, accept=("text/html",) * 3, table_rows=5))
    assert outcome.media_type == expected


def test_a_form_that_is_not_accepted_is_refused(play: Play) -> None:
    with pytest.raises(NotAcceptableError, match="n-triples"):
        asked(play, Job(query="DESCRIBE <x:7>", accept=("text/csv", None, None)))


def test_a_page_gets_the_first_rows_and_the_number_of_all(play: Play) -> None:
    outcome = asked(play, Job(query=TABLE, table_rows=3))
    found = json.loads(outcome.body or b"")["results"]["bindings"]
    assert [row["number"]["value"] for row in found] == ["0", "1", "2"]
    assert outcome.table_total == 300


def test_values_are_bound(play: Play) -> None:
    values = (("node", "<x:7>"), ("number", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'))
    job = Job(query="SELECT ?node ?number { ?node <x:number> ?number }", values=values)
    assert len(json.loads(asked(play, job).body or b"")["results"]["bindings"]) == 1


def test_the_graphs_of_a_request_are_asked(play: Play) -> None:
    job = Job(query="SELECT * { ?s ?p ?o }", default_graphs=("x:named",), named_graphs=())
    assert len(json.loads(asked(play, job).body or b"")["results"]["bindings"]) == 1


def test_a_graph_without_an_absolute_name_is_refused(play: Play) -> None:
    with pytest.raises(QueryError, match="absolute IRI"):
        asked(play, Job(query="ASK {}", default_graphs=("not an iri",), named_graphs=()))


def test_an_answer_is_compressed_where_that_pays(play: Play) -> None:
    outcome = asked(play, Job(query=TABLE, gzip=True))
    assert outcome.encoding == "gzip"
    assert outcome.length == len(outcome.body or b"")
    assert len(json.loads(gzip.decompress(outcome.body or b""))["results"]["bindings"]) == 300


@pytest.mark.parametrize("expression", ["RAND()", "NOW()", "UUID()", "STRUUID()"])
def test_what_is_another_each_time_is_not_kept(play: Play, expression: str) -> None:
    assert not asked(play, Job(query=f"SELECT ({expression} AS ?x) {{}}")).cacheable


def test_no_two_workers_draw_the_same_numbers(play: Play) -> None:
    async def scene(pool: Pool) -> set[bytes]:
        slow = "{ SELECT (COUNT(*) AS ?n) { ?a ?b ?c . <x:7> ?e ?f } }"
        jobs = [Job(query=f"SELECT (STRUUID() AS ?x) {{ {slow} }} # {i}") for i in range(8)]
        return {(await pool.run(job, str(index))).body or b"" for index, job in enumerate(jobs)}

    assert len(play(scene)) == 8


def test_a_query_that_calls_a_service_is_refused(play: Play) -> None:
    with pytest.raises(RefusedError):
        asked(play, Job(query="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"))


def test_a_form_that_no_accepted_format_can_hold_is_said_with_those_that_can() -> None:
    answer = protocol.evaluate(Store(), protocol.Operation("ASK {}"))
    with pytest.raises(NotAcceptableError, match="offered: application/sparql-results"):
        worker._media_type(answer, Job(query="ASK {}", accept=(JSON, None, None)))  # noqa: SLF001


BOMB = "SELECT (CONCAT(STR(?a), STR(?b), STR(?c)) AS ?x) { ?a ?p ?o . ?b ?q ?o . ?c ?r ?s }"


def test_what_writes_parquet_takes_nothing_of_the_memory_of_a_query(play: Play) -> None:
    limits = Limits(memory=96 << 20)
    wanted = (tabular.PARQUET, None, None)
    outcome = asked(play, Job(query=TABLE, accept=wanted, gzip=True), limits)
    assert (outcome.media_type, outcome.encoding) == (tabular.PARQUET, None)
    assert (outcome.body or b"").startswith(b"PAR1")
    with pytest.raises(LimitError, match="memory"):
        asked(play, Job(query=BOMB, accept=wanted), limits)


@pytest.mark.parametrize("settled", [False, True])
def test_a_workbook_is_packed_once_and_says_what_was_asked(play: Play, *, settled: bool) -> None:
    wanted = (tabular.XLSX, None, None)
    outcome = asked(play, Job(query=TABLE, accept=wanted, gzip=True, settled=settled))
    assert (outcome.media_type, outcome.encoding) == (tabular.XLSX, None)
    with zipfile.ZipFile(BytesIO(outcome.body or b"")) as parts:
        assert "?node &lt;x:number&gt; ?number" in parts.read("xl/sharedStrings.xml").decode()
