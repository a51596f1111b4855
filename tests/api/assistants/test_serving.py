"""Assistants, by the client of the protocol's own package, over pipes and over HTTP."""

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

from teixit import queries
from teixit.assistants import serving
from teixit.errors import KnowledgeError, ServeError
from teixit.workers import Limits, Source

COMMAND = [sys.executable, "-m", "teixit", "mcp"]
TOOLS = {
    "search",
    "describe",
    "list_questions",
    "answer_question",
    "query",
    "who_says",
    "why_nothing",
}
#: The state of a socket that listens, in proc(5).
LISTENS = "0A"
JOIN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a = ?i) }"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server of assistants, in a process of its own."""
    command = [
        *COMMAND,
        "--http",
        "--port",
        "0",
        "--time-limit",
        "1",
        "--address",
        "http://kg.test",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        said = server.stdout.readline().split()
        try:
            yield _listening(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(20) == 0
    assert said == ["MCP", "http://kg.test/mcp"]


def _listening(pid: int) -> str:
    """Find the port that a process listens on (proc(5))."""
    process = Path(f"/proc/{pid}")
    held = set()
    for descriptor in (process / "fd").iterdir():
        with suppress(FileNotFoundError):  # closed while we look
            held.add(str(descriptor.readlink()))
    rows = [line.split() for line in (process / "net/tcp").read_text("ascii").splitlines()[1:]]
    ours = (row for row in rows if f"socket:[{row[9]}]" in held and row[3] == LISTENS)
    (port,) = {int(row[1].partition(":")[2], 16) for row in ours}
    return f"http://127.0.0.1:{port}/mcp"


def talk(server: Any, about: Callable[[Client], Awaitable[None]]) -> None:
    async def conversation() -> None:
        async with Client(server) as client:
            await about(client)

    asyncio.run(conversation())


def told(address: str, tool: str, **arguments: object) -> Any:
    """What a tool gives, as data."""
    found: list[Any] = []

    async def about(client: Client) -> None:
        result = await client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        found.append(result.structured_content)

    talk(address, about)
    return found[0]


def test_an_assistant_asks_over_pipes() -> None:
    async def about(client: Client) -> None:
        assert client.server_info.name == "teixit"
        assert client.instructions
        assert "exact\nsentence" in client.instructions
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        assert all(tool.description and tool.output_schema for tool in tools)
        found = await client.call_tool("search", {"words": "coopolis", "most": 1})
        assert found.structured_content
        (thing,) = found.structured_content["result"]
        assert (thing["kind"], thing["label"]) == ("project", "Coòpolis")
        said = await client.call_tool("describe", {"thing": thing["iri"]})
        assert "Impulsar projectes emblemàtics de ciutat" in str(said.content)

    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    talk(
        stdio_client(StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment)),
        about,
    )


def test_what_is_said_comes_with_its_sentence_and_its_source(address: str) -> None:
    thing = told(address, "describe", thing="id:project-coopolis", language="es")
    assert thing["label"] == "Coòpolis"
    assert thing["left_out"] == 0
    kinds = [said for said in thing["statements"] if said["value"].endswith("#FlagshipProject")]
    voice = thing["voices"][kinds[0]["said_by"][0]]
    assert (voice["kind"], voice["line"]) == ("passage", 55)
    assert "Coòpolis, Can Picó, Eix Pere IV" in voice["sentence"]
    assert voice["sources"][0]["page"].startswith("https://ajuntament.barcelona.cat/")
    assert all(name in thing["voices"] for said in thing["statements"] for name in said["said_by"])
    assert re.fullmatch("[0-9a-f]{64}", thing["data_version"])


def test_a_long_description_is_cut_and_says_so(address: str) -> None:
    thing = told(address, "describe", thing="district-03", most=3)
    assert len(thing["statements"]) == 3
    assert thing["left_out"] > 0


def test_all_questions_are_listed_and_answered(address: str) -> None:
    listed = told(address, "list_questions", language="ca")["result"]
    assert [one["name"] for one in listed] == [query.name for query in queries.catalogue()]
    answer = told(address, "answer_question", name="cq01-measures-of-the-line")
    assert [row["number"] for row in answer["rows"]] == ["29", "31", "32"]
    assert answer["query"].startswith("#+ title@ca")


@pytest.mark.parametrize(
    ("sparql", "part", "value"),
    [
        ("ASK {}", "yes", True),
        ("CONSTRUCT { <urn:a> <urn:b> <urn:c> } {}", "turtle", "<urn:a> <urn:b> <urn:c> .\n"),
        ("SELECT (1 AS ?x) {}", "rows", [{"x": "1"}]),
    ],
)
def test_each_form_of_a_query_is_answered(
    address: str, sparql: str, part: str, value: object
) -> None:
    answer = told(address, "query", sparql=sparql)
    assert answer[part] == value
    assert answer["query"] == sparql


def test_of_many_rows_some_are_given_and_long_values_are_cut(address: str) -> None:
    answer = told(address, "query", sparql="SELECT ?s { ?s ?p ?o }", most=2)
    assert len(answer["rows"]) == 2
    assert answer["left_out"] > 10_000
    long = told(
        address, "query", sparql='SELECT (REPLACE(STR(NOW()), ".*", "%s") AS ?x) {}' % ("x" * 1500)
    )
    assert long["rows"][0]["x"].endswith("more characters)")


def test_a_question_with_a_parameter_says_what_it_can_be(address: str) -> None:
    listed = told(address, "list_questions")["result"]
    (one,) = (one for one in listed if one["name"] == "cq56-what-happens-in-a-year")
    assert one["parameters"] == {"year": "2017"}
    answer = told(address, "answer_question", name=one["name"], parameters=one["parameters"])
    assert len(answer["rows"]) == 12
    assert told(address, "query", sparql=answer["query"])["rows"] == answer["rows"]
    assert told(address, "who_says", sparql=answer["query"])["parts"]


def test_who_says_so_is_told_of_a_row(address: str) -> None:
    sparql = told(address, "answer_question", name="cq01-measures-of-the-line")["query"]
    found = told(address, "who_says", sparql=sparql, row=2)
    assert found["row"]["number"] == "31"
    makers = [
        maker
        for part in found["parts"]
        for statement in part["statements"]
        for maker in statement["said_by"]
    ]
    assert {maker["kind"] for maker in makers} >= {"passage"}
    assert any("projectes emblemàtics" in (maker["sentence"] or "") for maker in makers)


def test_what_a_conclusion_rests_on_is_told_too(address: str) -> None:
    sparql = (
        "PREFIX teixit: <https://w3id.org/teixit/def#> SELECT ?x ?d"
        " { ?x teixit:concernsDistrict ?d } ORDER BY ?x ?d"
    )
    (part,) = told(address, "who_says", sparql=sparql, language="ca")["parts"]
    makers = [maker for statement in part["statements"] for maker in statement["said_by"]]
    assert "conclusion" in {maker["kind"] for maker in makers}
    assert any(maker["rests_on"] for maker in makers)


def test_why_there_is_nothing_is_told_and_how_to_mend_it(address: str) -> None:
    sparql = "PREFIX teixit: <https://w3id.org/teixit/def#> SELECT ?x { ?x a teixit:Mesure }"
    found = told(address, "why_nothing", sparql=sparql)
    assert "finds nothing" in found["summary"]
    assert any("teixit:Mesure" in sentence for sentence in found["told"])
    (mend,) = (mend for mend in found["mends"] if mend["meant"] == "teixit:Measure")
    assert mend["answers"]
    assert told(address, "query", sparql=mend["query"])["rows"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("why_nothing", {"sparql": "SELECT ("}, "expected a SELECT, ASK or CONSTRUCT"),
        ("who_says", {"sparql": "SELECT ?x { ?x a <urn:x> }"}, "has 0 rows, and no row 1"),
        ("who_says", {"sparql": "ASK {}"}, "has 0 rows, and no row 1"),
        ("query", {"sparql": "SELECT ("}, "the query is not SPARQL: line 1, column 9"),
        ("query", {"sparql": JOIN}, "no answer within 1 s"),
        ("query", {"sparql": "ASK { SERVICE <http://x.test/> {} }"}, "SERVICE is refused"),
        ("query", {"sparql": "CONSTRUCT WHERE { ?s ?p ?o }"}, "no more than 60000 are given"),
        ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "the query is not SPARQL"),
        ("query", {"sparql": "ASK {}", "most": 0}, "greater than or equal to 1"),
        ("describe", {"thing": "a b"}, "expected an IRI, a name with a prefix"),
        ("describe", {"thing": "urn:nothing"}, "nothing is said of <urn:nothing>"),
        ("search", {"words": "x", "kind": "ship"}, "'ship': expected one of project"),
        ("answer_question", {"name": "xyzzy"}, "no question 'xyzzy'"),
        (
            "answer_question",
            {"name": "cq01-measures-of-the-line", "parameters": {"x": "id:district-03"}},
            "x: no such parameter; expected none",
        ),
    ],
)
def test_what_is_asked_in_vain_is_an_error_of_the_tool(
    address: str, tool: str, arguments: dict[str, Any], said: str
) -> None:
    async def about(client: Client) -> None:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        assert said in str(result.content)

    talk(address, about)


def test_the_terms_and_a_way_to_ask_are_there_to_read(address: str) -> None:
    async def about(client: Client) -> None:
        text = str((await client.read_resource("teixit://terms/es")).contents[0])
        assert "teixit:Action – acción" in text
        with pytest.raises(MCPError, match="expected one of ca, es, en"):
            await client.read_resource("teixit://terms/fr")
        prompt = await client.get_prompt("with_its_sources", {"question": "Where is Coòpolis?"})
        assert "Where is Coòpolis?" in str(prompt.messages[0].content)

    talk(address, about)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "kg.test"}, 200),
        ({"Host": "kg.test", "Origin": "http://kg.test"}, 200),
        ({"Host": "attacker.test"}, 421),
        ({"Origin": "http://attacker.test"}, 403),
    ],
)
def test_over_http_nobody_else_is_asked_in_the_name_of_a_reader(
    address: str, headers: dict[str, str], status: int
) -> None:
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=10)
    told = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    body = '{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
    connection.request("POST", "/mcp", body, told | headers)
    assert connection.getresponse().status == status
    connection.close()


def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"cannot listen on 127.0.0.1, port {port}"):
            serving.over_http(Source(), Limits(), ("127.0.0.1", port))


def test_a_graph_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match=r"/nowhere\.ttl"):
        serving.over_pipes(Source("files", files=("/nowhere.ttl",)), Limits())


def test_what_cannot_be_searched_says_why(tmp_path: Path) -> None:
    source = Source("files", files=("/nowhere.ttl",))
    with pytest.raises(KnowledgeError, match=r"nothing can be searched: /nowhere\.ttl"):
        serving.indexed(source, Limits(), tmp_path / "index")
