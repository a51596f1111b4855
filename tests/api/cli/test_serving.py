import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from teixit.cli import main

Serve = Callable[..., str]
COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
DATA = "<urn:s> <urn:p> '007'^^<http://www.w3.org/2001/XMLSchema#integer> , 'x' ."


@contextmanager
def served(*words: str) -> Iterator[str]:
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--quiet", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = (line.split() for line in server.stdout or ())
            yield next(found[1] for found in said if found[:1] == ["SPARQL"])
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(20) == 0


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as held:
        yield lambda *words: held.enter_context(served(*words))


def count(endpoint: str) -> int:
    accept = {"Accept": "application/sparql-results+json"}
    with urlopen(Request(f"{endpoint}?query={quote(COUNT)}", headers=accept)) as answer:  # noqa: S310
        return int(json.load(answer)["results"]["bindings"][0]["count"]["value"])


def test_any_files_are_served_in_place_of_the_graph(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "some.ttl").write_text(DATA, "utf-8")
    (tmp_path / "more.nt").write_text("<urn:s> <urn:p> <urn:o> .\n", "utf-8")
    files = ["--data", str(tmp_path / "some.ttl"), "--data", str(tmp_path / "more.nt")]
    assert count(serve(*files)) == 3


def test_a_published_folder_is_served_and_followed(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "some.ttl").write_text(DATA, "utf-8")
    publish = [sys.executable, "-m", "teixit", "publish", "--to", str(tmp_path / "releases")]
    done = subprocess.run([*publish, tmp_path / "some.ttl"], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    endpoint = serve("--store", str(tmp_path / "releases"))
    assert count(endpoint) == 2
    (tmp_path / "more.nt").write_text("<urn:s> <urn:p> 1, 2, 3, 4, 5 .\n", "utf-8")
    (tmp_path / "more.nt").rename(tmp_path / "more.ttl")
    subprocess.run([*publish, tmp_path / "more.ttl"], check=True, stdout=subprocess.DEVNULL)
    for _ in range(10_000):
        if (found := count(endpoint)) == 5:
            return
        assert found == 2
    pytest.fail("the new release is not served")


def test_a_folder_whose_pointer_is_damaged_serves_what_is_whole(
    serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "some.ttl").write_text(DATA, "utf-8")
    folder = tmp_path / "releases"
    command = ["publish", "--to", str(folder), str(tmp_path / "some.ttl")]
    assert CliRunner().invoke(main, command).exit_code == 0
    (folder / "current").write_text("../../etc/passwd", "utf-8")
    assert count(serve("--store", str(folder))) == 2


def test_the_limits_are_those_that_are_set(serve: Serve) -> None:
    words = ["--time-limit", "3.5", "--memory-limit", "300", "--workers", "3"]
    with urlopen(serve(*words).replace("/sparql", "/health")) as answer:  # noqa: S310
        assert json.load(answer)["version"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--data", "x.ttl", "--store", "x"], "--data and --store: expected one of them"),
        (["--data", "nothing.ttl"], "nothing.ttl"),
        (["--store", "nowhere"], "nowhere"),
        (["--store", "http://me:secret@127.0.0.1:9/"], "the address has a name or password in it"),
    ],
)
def test_what_cannot_be_served_is_one_line(words: list[str], message: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "teixit", "serve", "--port", "0", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert message in done.stderr
    assert (done.stderr.count("\n"), "secret" in done.stderr) == (1, False)


def test_the_serving_process_carries_nothing_of_validation() -> None:
    heavy = "{'rdflib', 'pyshacl', 'numpy'}"
    asked = f"import sys, teixit.cli.serving; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True) == "[]\n"
