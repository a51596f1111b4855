"""The form as ``teixit edit`` serves it, asked over HTTP."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

PLACE = "/ca/edit/project-coopolis"
TYPED = {"thing.altLabel.0.value": "Escrit a mà", "do": "write"}


def test_one_round_by_http(live, editor, folder: Path) -> None:
    answer, page = live.ask("GET", PLACE)
    assert answer.status == 200
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert cookie.startswith(f"teixit-edit-{live.port}=")
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    sent = editor.form(PLACE) | TYPED | {"token": token[1]}
    assert live.send(PLACE, sent, Cookie=cookie, Origin="https://evil.example")[0].status == 403
    assert live.send(PLACE, sent, Cookie=cookie, Host=f"evil.example:{live.port}")[0].status == 421
    assert live.send(PLACE, sent)[0].status == 403
    assert "Escrit a mà" not in (folder / "projects.trig").read_text("utf-8")
    answer, _ = live.send(PLACE, sent, Cookie=cookie)
    assert (answer.status, answer.headers["Location"]) == (303, f"{PLACE}?written")
    assert "Escrit a mà" in (folder / "projects.trig").read_text("utf-8")
    large = live.send(PLACE, {"x": "y" * (2 << 20)}, Cookie=cookie)
    assert large[0].status == 413


def test_it_listens_on_the_loopback_address_alone(live) -> None:
    with urlopen(f"http://127.0.0.1:{live.port}/ca/edit/") as answer:
        assert answer.status == 200
    own = socket.gethostbyname(socket.gethostname())
    if not own.startswith("127."):
        with pytest.raises(OSError, match="refused"), socket.create_connection((own, live.port), 5):
            pass


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (["--host", "0.0.0.0"], {}, "No such option"),  # noqa: S104 - it is refused
        (["--data", "/nowhere"], {}, "/nowhere/projects.trig: cannot be read"),
        ([], {"TEIXIT_BASE": "https://x.example/"}, "TEIXIT_BASE: the files are written without"),
    ],
)
def test_what_it_cannot_do_is_said_in_a_line(
    words: list[str], environment: dict[str, str], said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "teixit", "edit", "--port", "0", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_in_a_line(live) -> None:
    command = [sys.executable, "-m", "teixit", "edit", "--port", str(live.port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "cannot listen on 127.0.0.1" in done.stderr) == (1, True)
