"""The W3C's test suites of SPARQL, through all of the endpoint but the network, and with it.

The suites, and what judges them, are beside the project; without them these tests are skipped.
"""

import importlib.util
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyoxigraph import Store

from teixit import lexical, protocol, store
from teixit.errors import RequestError
from teixit.lexical import AsWritten

RUNNER = "checks/run_sparql11_http.py"
#: By suite: how many tests it has, and how many have to pass. None has failed since the engine
#: got its layer but those of 1.0 and 1.2, most of them for values in several lexical forms.
EXPECTED = {
    "sparql11": (328, 328),
    "results11": (10, 10),
    "sparql10": (482, 468),
    "sparql12": (246, 241),
}
#: Few data sets, and each format of the results.
LIVE = "csv-tsv-res|json-res|bindings/manifest#(graph|values1)|negation/manifest#graph-minus"

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Endpoint:
    """Everything of ``teixit serve --data`` between the data and the network."""

    def __init__(self, runner: ModuleType, folder: Path) -> None:
        self._runner = runner
        self._file = folder / "data.nq"
        self._store: Store | AsWritten = Store()

    def load(self, dataset: object) -> None:
        self._file.write_bytes(self._runner.nquads(dataset))
        loaded = store.load_files([self._file])
        self._store = lexical.as_written(loaded, [self._file])

    def query(self, query: bytes, accept: str, _: str) -> object:
        asked = protocol.Request("POST", (), accept, protocol.QUERY, query)
        try:
            found = protocol.answer(self._store, asked)
        except RequestError as error:
            return self._runner.Answer(int(error.status), note=str(error))
        return self._runner.Answer(200, found.content_type, found.body)


@contextmanager
def imported(file: Path) -> Iterator[Any]:
    """The module in *file*, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("suite_runner", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["suite_runner"] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        del sys.modules["suite_runner"]


@pytest.mark.parametrize("suite", EXPECTED)
def test_the_suite_of_the_w3c_passes(
    suite: str, shared: Callable[[str], Path], tmp_path: Path
) -> None:
    count, passing = EXPECTED[suite]
    with imported(shared(RUNNER)) as runner:
        manifests = runner.MANIFESTS[suite]
        listed = [manifests] if isinstance(manifests, str) else manifests
        for manifest in listed:
            shared(f"suites/rdf-tests/{manifest}")
        tests = [test for manifest in listed for test in runner.load_manifest(manifest, suite)]
        endpoint = Endpoint(runner, tmp_path)
        failed = {}
        for test in tests:
            endpoint.load(runner.dataset_quads(test))
            said, why = runner.judge(test, endpoint, Namespace(accept="json"))
            if not said.startswith("pass"):
                failed[test.id] = (test.approved, why)
    assert len(tests) == count
    assert len(tests) - len(failed) >= passing, failed
    if suite == "sparql11":
        assert not any(approved for approved, _ in failed.values())


def test_the_suite_passes_over_http(shared: Callable[[str], Path]) -> None:
    serve = f"{sys.executable} -m teixit serve --quiet --port {{port}} --data {{data}}"
    with _free_port() as port:
        command = [sys.executable, str(shared(RUNNER)), "--start", serve, "--only", LIVE]
        where = ["--port", str(port), "--endpoint", f"http://127.0.0.1:{port}/sparql"]
        ended = subprocess.run([*command, *where], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "failed 0" in ended.stdout.splitlines()[-2]
    assert "passed 0" not in ended.stdout


@contextmanager
def _free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    yield port
