"""What the pages tell to type is typed here."""

import asyncio
import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from importlib import resources
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from teixit import web
from teixit.languages import LANGUAGES
from teixit.web import ways
from teixit.web.texts import messages

FILES = sorted(file.name for file in (resources.files(web) / "snippets").iterdir())
PIECES = {piece.name: piece for way in ways.WAYS.values() for piece in way.pieces}
UNTRIED = sorted(name for name, piece in PIECES.items() if not piece.is_tried)
ADDRESSES = ["use", *(f"use/{way}" for way in ways.WAYS)]
LINK = re.compile(r"\]\(([^)]+)\)")
#: What each piece prints, or what it leads to.
PRINTED = {
    "python-endpoint": ("2016", "actions"),
    "python-library": ("55 Impulsar projectes emblemàtics", "number", "29"),
    "r-table": ("year actions", "2016"),
    "terminal-curl": ("project,name", "Coòpolis"),
    "terminal-teixit": ("cq01-measures-of-the-line  Which", '"bindings"', "line,number"),
    "bi-duckdb": ("actions", "2016"),
}


def piece(name: str, base: str) -> str:
    return ways.typed(PIECES[name], base)


@pytest.fixture
def base(live_endpoint: str) -> str:
    return live_endpoint.removesuffix("/sparql")


@pytest.fixture
def printed(base: str, tmp_path: Path):
    """Run a piece by a program that reads it from a file, in a folder of its own."""
    teixit = tmp_path / "teixit"
    teixit.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m teixit "$@"\n')
    teixit.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}

    def run(program: list[str], name: str) -> str:
        file = tmp_path / name
        file.write_text(piece(name, base), "utf-8")
        done = subprocess.run(
            [*program, str(file)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_each_piece_is_on_a_page_and_has_a_file() -> None:
    assert {file.partition(".")[0] for file in FILES} == PIECES.keys()
    tried = {*PRINTED, "assistant-pipes", "assistant-http"}
    assert PIECES.keys() - {*UNTRIED} == tried


@pytest.mark.parametrize("name", [name for name in PRINTED if f"{name}.py.txt" in FILES])
def test_what_is_told_to_type_in_python_runs(printed, name: str) -> None:
    out = printed([sys.executable], name)
    assert [words for words in PRINTED[name] if words not in out] == []


@pytest.mark.parametrize("name", [name for name in PRINTED if f"{name}.sh.txt" in FILES])
def test_what_is_told_to_type_in_a_terminal_runs(printed, name: str) -> None:
    out = printed(["bash", "-e"], name)
    assert [words for words in PRINTED[name] if words not in out] == []


def test_what_is_told_to_type_in_r_runs(printed) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not here")
    out = printed(["Rscript"], "r-table")
    assert [words for words in PRINTED["r-table"] if words not in out] == []


@pytest.mark.parametrize("name", UNTRIED)
def test_the_address_of_a_table_gives_a_table(base: str, name: str) -> None:
    (address,) = re.findall(r'http://[^\s"]+', piece(name, base))
    with urllib.request.urlopen(address, timeout=20) as response:  # noqa: S310 - our own service
        assert response.headers.get_content_type() == "text/csv"
        rows = [*csv.DictReader(io.TextIOWrapper(response, "utf-8", newline=""))]
    assert rows
    assert {row["district"].rpartition("/")[2] for row in rows} == {"district-03"}


def test_an_assistant_that_is_set_up_so_finds_the_graph(base: str) -> None:
    (told,) = json.loads(piece("assistant-pipes", base))["mcpServers"].values()
    assert told["command"] == "teixit"
    command = ["-m", "teixit", *told["args"]]
    server = StdioServerParameters(command=sys.executable, args=command, env={**os.environ})

    async def search() -> str:
        async with Client(stdio_client(server)) as client:
            return str((await client.call_tool("search", {"words": "coopolis"})).content)

    assert "project-coopolis" in asyncio.run(search())


def test_a_server_for_assistants_starts_as_it_is_told(base: str) -> None:
    words = shlex.split(piece("assistant-http", base))
    assert words[:5] == ["teixit", "mcp", "--http", "--port", "8001"]
    command = [sys.executable, "-u", "-m", *words[:4], "0", *words[5:]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stdout.readline().startswith("MCP ")
        server.terminate()
        assert server.wait(20) == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_leads_to_the_others(shipped: FlaskClient, language: str, address: str) -> None:
    response = shipped.get(f"/{language}/{address}")
    assert response.status_code == 200
    own = f"/{language}/{address}"
    others = [f"/{language}/use/{way}" for way in ways.WAYS if f"/{language}/use/{way}" != own]
    assert [other for other in others if f'href="{other}"' not in response.text] == []
    told = messages(language)["use.untried"]
    assert (told in response.text) == (address in {"use/spreadsheet", "use/bi"})


def test_a_way_that_there_is_not_is_not_found(shipped: FlaskClient) -> None:
    assert shipped.get("/en/use/fax").status_code == 404


@pytest.fixture
def for_assistants(base: str) -> str:
    with urllib.request.urlopen(f"{base}/llms.txt", timeout=20) as response:  # noqa: S310
        assert response.headers.get_content_type() == "text/plain"
        return response.read().decode()


def test_who_reads_the_web_for_somebody_is_told_how(base: str, for_assistants: str) -> None:
    lines = for_assistants.splitlines()
    assert lines[0].startswith("# Teixit")
    assert lines[2].startswith("> The knowledge graph")
    sections = [line for line in lines if line.startswith("## ")]
    assert sections == ["## Ask", "## Read", "## Optional"]
    links = LINK.findall(for_assistants)
    assert links
    for link in links:
        assert link.startswith(base)
        request = urllib.request.Request(link)  # noqa: S310 - our own service
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            assert response.status == 200


def test_of_another_graph_only_what_holds_is_told(client) -> None:
    told = client.get("/llms.txt").text
    assert told.startswith("# A knowledge graph served by Teixit\n")
    assert "measure 30" not in told
    assert "district-03" not in told
