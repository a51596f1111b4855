"""The pages are the same, whoever answers what they ask: our own engine or another server."""

import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from teixit.languages import LANGUAGES

#: One view of each kind, but for those that another process makes of all the data.
VIEWS = (
    "/map?shade=actions&year=2017",
    "/about/district-03",
    "/about/neighbourhood-16",
    "/compare?district=03&district=08",
    "/matrix",
    "/matrix?rows=themes",
    "/timeline?measure=31",
    "/plan",
    "/about/project-coopolis",
    "/about/piess-2016-2019/action-31-1",
    "/about/piess-2016-2019/measure-29",
    "/about/theme-social-market",
    "/about/organisation-lacol",
    "/network/project-can-pico",
    "/list/actions?sort=-name",
    "/list/sources",
    "/text/source-territorialitzacio",
    "/method",
    "/",
)


@pytest.fixture(scope="module")
def elsewhere(oxigraph: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service whose graph is on another server."""
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--quiet"]
    told: Path = tmp_path_factory.mktemp("elsewhere") / "log"
    with (
        told.open("wb") as log,
        subprocess.Popen(
            [*command, "--store", oxigraph.url], stdout=subprocess.PIPE, stderr=log, text=True
        ) as server,
    ):
        try:
            said = (line.split() for line in server.stdout or ())
            yield next((words[1] for words in said if words[:1] == ["SPARQL"]), "")
        finally:
            server.terminate()
            server.wait(20)


def shown(endpoint: str, address: str, accept: str) -> str:
    connection = HTTPConnection("127.0.0.1", urlsplit(endpoint).port or 0, timeout=60)
    connection.request("GET", address, headers={"Accept": accept})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == 200, text
    return text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize(("number", "view"), [*enumerate(VIEWS)], ids=str)
def test_a_view_is_the_same(
    live_endpoint: str, elsewhere: str, number: int, view: str, accept: str
) -> None:
    address = f"/{LANGUAGES[number % len(LANGUAGES)]}{view}"
    assert shown(elsewhere, address, accept) == shown(live_endpoint, address, accept)
