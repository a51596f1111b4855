import os
import subprocess
import sys
from pathlib import Path

import pytest

from teixit.errors import KnowledgeError
from teixit.remote import Credentials, credentials

URL = "https://graph.example.org:8890/sparql"
NETRC = "machine graph.example.org login anna password s3cret\ndefault login all password none\n"


def netrc(folder: Path, text: str = NETRC) -> dict[str, str]:
    file = folder / "netrc"
    file.write_text(text, "utf-8")
    return {"NETRC": str(file)}


def test_the_environment_says_who_we_are() -> None:
    said = {credentials.USER: "anna", credentials.PASSWORD: "s3cret"}
    assert credentials.find(URL, said) == Credentials("anna", "s3cret")


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    said = {credentials.USER: "berta", credentials.PASSWORD: "other"}
    assert credentials.find(URL, netrc(tmp_path) | said) == Credentials("berta", "other")


def test_a_netrc_file_says_who_we_are(tmp_path: Path) -> None:
    assert credentials.find(URL, netrc(tmp_path)) == Credentials("anna", "s3cret")


def test_the_netrc_file_of_the_home_is_read(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(NETRC, "utf-8")
    assert credentials.find(URL, {"HOME": str(tmp_path)}) == Credentials("anna", "s3cret")


def test_a_password_is_for_one_machine(tmp_path: Path) -> None:
    assert credentials.find("https://other.example.org/sparql", netrc(tmp_path)) is None


def test_without_any_there_are_none(tmp_path: Path) -> None:
    assert credentials.find(URL, {"HOME": str(tmp_path)}) is None
    assert credentials.find(URL, {}) is None


@pytest.mark.parametrize("half", [credentials.USER, credentials.PASSWORD])
def test_half_of_them_is_an_error(half: str) -> None:
    with pytest.raises(KnowledgeError, match="set both TEIXIT_STORE_USER and") as told:
        credentials.find(URL, {half: "s3cret"})
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("machine graph.example.org login anna passwort s3cret\n", ":1: not a netrc file"),
        ("machine graph.example.org login anna\n", "has no login or no password"),
        ("machine graph.example.org password s3cret\n", "has no login or no password"),
    ],
)
def test_a_broken_netrc_file_is_told_without_what_is_in_it(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(KnowledgeError, match=said) as told:
        credentials.find(URL, netrc(tmp_path, text))
    assert "s3cret" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_netrc_file_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="missing: cannot be read: No such file"):
        credentials.find(URL, {"NETRC": str(tmp_path / "missing")})


def test_a_netrc_file_is_text(tmp_path: Path) -> None:
    (tmp_path / "netrc").write_bytes(b"machine \xff\xfe s3cret\x00")
    with pytest.raises(KnowledgeError, match=r"not text|not a netrc file"):
        credentials.find(URL, {"NETRC": str(tmp_path / "netrc"), "LC_ALL": "C"})


def test_a_password_is_not_shown() -> None:
    assert "s3cret" not in repr(Credentials("anna", "s3cret"))


@pytest.mark.parametrize(
    "url",
    [
        "http://anna:s3cret@graph.example.org/sparql",
        "http://s3cret@graph.example.org/sparql",
        "http://:s3cret@graph.example.org/sparql",
        "http://anna:s3cret@[graph/sparql",
    ],
)
def test_an_address_with_a_password_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(KnowledgeError, match="set TEIXIT_STORE_USER and") as told:
        credentials.address(url)
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    "url",
    [
        "graph.example.org/sparql",
        "ftp://graph.example.org/sparql",
        "file:///etc/passwd",
        "http:///sparql",
        "http://graph.example.org:port/sparql",
        "http://graph.example.org:99999/sparql",
        "http://graph.example.org/spar ql",
        "http://graph.example.org/sparql#part",
        "http://[graph/sparql",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(KnowledgeError, match="not the address of a server"):
        credentials.address(url)


def test_the_real_environment_is_the_one_that_is_read() -> None:
    code = "from teixit.remote import find; print(find('http://graph.example.org/sparql'))"
    said = {**os.environ, credentials.USER: "anna", credentials.PASSWORD: "s3cret"}
    found = subprocess.run(
        [sys.executable, "-c", code], env=said, capture_output=True, text=True, check=True
    )
    assert found.stdout == "Credentials(user='anna')\n"
