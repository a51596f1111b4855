"""The form, on a copy of the data, in this process and in one of its own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from teixit import paths
from teixit.web.editing import create_editor

PORT = 8010


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of ``data/``."""
    shutil.copytree(paths.DATA, tmp_path / "data")
    return tmp_path / "data"


class Form(HTMLParser):
    """What a browser would send of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "input" and told.get("type") != "checkbox":
            self.fields[told["name"]] = told.get("value", "")
        elif tag == "input" and "checked" in told:
            self.fields[told["name"]] = told["value"]
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and ("selected" in told or self._select not in self.fields):
            self.fields[self._select] = told["value"]


@dataclass
class Editor:
    """A reader's browser, without its window."""

    client: FlaskClient
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "Host": f"127.0.0.1:{PORT}",
            "Origin": f"http://127.0.0.1:{PORT}",
            "Sec-Fetch-Site": "same-origin",
        }
    )

    def get(self, path: str, **headers: str):
        return self.client.get(path, headers=self.headers | headers, buffered=True)

    def form(self, path: str) -> dict[str, str]:
        return self.form_of(self.get(path))

    def form_of(self, answer) -> dict[str, str]:
        form = Form()
        form.feed(answer.text)
        return form.fields

    def send(self, path: str, sent: dict[str, str], **headers: str | None):
        told = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in told.items() if value is not None}
        return self.client.post(path, data=sent, headers=kept)


@pytest.fixture
def editor(folder: Path) -> Editor:
    return Editor(create_editor(folder, PORT).test_client())


@dataclass
class Live:
    """A form on a port."""

    port: int

    def ask(self, method: str, path: str, body: str | bytes | None = None, **headers: str):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, told)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        connection.close()
        return answer, text

    def send(self, path: str, sent: dict[str, str], **headers: str):
        told = {
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", path, urlencode(sent), **(told | headers))


@pytest.fixture
def live(folder: Path) -> Iterator[Live]:
    command = [sys.executable, "-u", "-m", "teixit", "edit", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        try:
            yield Live(int(said.rstrip("/\n").rpartition(":")[2]))
        finally:
            server.terminate()
            assert server.wait(20) == 0
            assert server.stderr is not None
            assert server.stderr.read() == ""
