"""Nobody but the reader's own browser, on a page of ours, is answered."""

import subprocess
import sys
from pathlib import Path

import pytest

from teixit.editing.knowledge import WRITTEN
from teixit.web import create_app
from teixit.web.site import Site
from teixit.workers import Limits

PLACE = "/en/edit/project-coopolis"
TYPED = {"thing.altLabel.0.value": "Typed by hand", "do": "write"}


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in WRITTEN}


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8010", "127.0.0.1", "127.0.0.1:80", "localhost.evil:8010", ""],
)
def test_a_name_of_others_that_leads_here_is_refused(editor, host: str) -> None:
    for answer in (editor.get(PLACE, Host=host), editor.get("/static/site.css", Host=host)):
        assert answer.status_code == 421
        assert "Set-Cookie" not in answer.headers
    assert editor.get(PLACE, Host="LOCALHOST:8010").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8010"},
        {"Origin": None},
        {"Origin": None, "Referer": "https://evil.example/http://127.0.0.1:8010/"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_what_a_page_of_others_sends_is_refused(
    editor, folder: Path, headers: dict[str, str | None]
) -> None:
    before = texts(folder)
    answer = editor.send(PLACE, editor.form(PLACE) | TYPED, **headers)
    assert answer.status_code == 403
    assert texts(folder) == before


def test_a_browser_that_tells_the_page_and_no_origin_is_answered(editor) -> None:
    headers = {"Origin": None, "Sec_Fetch_Site": None, "Referer": f"http://127.0.0.1:8010{PLACE}"}
    assert editor.send(PLACE, editor.form(PLACE), **headers).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_without_the_token_nothing_is_written_and_nothing_is_lost(
    editor, folder: Path, token: str
) -> None:
    before = texts(folder)
    answer = editor.send(PLACE, editor.form(PLACE) | TYPED | {"token": token})
    assert (answer.status_code, "Typed by hand" in answer.text) == (403, True)
    assert texts(folder) == before
    assert editor.send(PLACE, editor.form_of(answer)).status_code == 200


def test_the_token_of_another_browser_is_none(editor) -> None:
    sent = editor.form(PLACE) | TYPED
    editor.client.delete_cookie("teixit-edit-8010", domain="127.0.0.1")
    assert editor.send(PLACE, sent).status_code == 403


def test_each_answer_is_sealed(editor) -> None:
    for path in (PLACE, "/", "/static/site.css", "/edit/static/edit.js", "/nowhere"):
        headers = editor.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
    cookie = editor.get(PLACE).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("PUT", PLACE, 405, "This address is not asked like that."),
        ("POST", "/en/edit/", 405, "This address is not asked like that."),
        ("POST", "/en/edit/nothing", 404, "There is no form here."),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(
    editor, method: str, path: str, status: int, said: str
) -> None:
    answer = editor.client.open(path, method=method, headers=editor.headers)
    assert (answer.status_code, said in answer.text) == (status, True)


def test_what_is_too_large_is_not_read(editor, folder: Path) -> None:
    before = texts(folder)
    sent = editor.form(PLACE) | TYPED | {"thing.altLabel.0.value": "x" * (1 << 20)}
    answer = editor.send(PLACE, sent)
    assert (answer.status_code, "Go back in the browser" in answer.text) == (413, True)
    assert texts(folder) == before


def test_a_status_without_a_text_of_its_own_is_told(editor) -> None:
    answer = editor.client.post(
        PLACE, data=b"x" * 10, headers=editor.headers | {"Content-Length": "x"}
    )
    assert answer.status_code in {400, 403}


def test_the_public_service_has_no_form() -> None:
    site = Site.around(lambda _: ([], ""), str, "/sparql", Limits())
    rules = [rule.rule for rule in create_app(site).url_map.iter_rules()]
    assert rules
    assert [rule for rule in rules if "edit" in rule] == []


def test_nothing_of_the_public_service_imports_the_form() -> None:
    program = (
        "import sys, teixit.web, teixit.cli.serving, teixit.workers.forkserver;"
        "print([name for name in sys.modules if 'editing' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
