"""The harness of benchmarks/: what it generates, how it counts, and a run that is over soon."""

import hashlib
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # it is in no wheel, so it is imported from where it stands

economy = importlib.import_module("benchmarks.economy")
figures = importlib.import_module("benchmarks.figures")
goals = importlib.import_module("benchmarks.goals")
peers = importlib.import_module("benchmarks.peers")
processes = importlib.import_module("benchmarks.processes")
rounds = importlib.import_module("benchmarks.rounds")
servers = importlib.import_module("benchmarks.servers")
workload = importlib.import_module("benchmarks.workload")
wrk = importlib.import_module("benchmarks.wrk")

QUERIES = workload.typical()
#: These bytes are what all measurements were made on: whoever changes them starts anew.
THOUSAND = "7f779e122956008adabbdb7bc49e5f4023da6c44af9d9158f5e84e5a0b633374"


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, economy.Economy]":
    return economy.kept(1000, tmp_path_factory.mktemp("economy"))


@pytest.fixture(scope="module")
def graph(thousand: "tuple[Path, economy.Economy]") -> Store:
    store = Store()
    store.load(path=str(thousand[0]))
    return store


def reading(rate: float, **more: float) -> "wrk.Reading":
    figures_of_wrk = {"p50": 1, "p99": 2, "good": 10, "refused": 0, "broken": 0, "wraps": 0}
    return wrk.Reading(rate=rate, **{**figures_of_wrk, **more})


def test_the_economy_is_the_same_everywhere(
    thousand: "tuple[Path, economy.Economy]", tmp_path: Path
) -> None:
    file, counted = thousand
    again = economy.write(1000, tmp_path / "again.nt")
    assert (tmp_path / "again.nt").read_bytes() == file.read_bytes()
    assert again == counted
    assert counted.sha256 == hashlib.sha256(file.read_bytes()).hexdigest() == THOUSAND


def test_the_economy_holds_what_it_says(
    thousand: "tuple[Path, economy.Economy]", graph: Store
) -> None:
    _, counted = thousand
    assert len(graph) == counted.triples  # so that no triple is there twice
    assert 1000 <= counted.triples < 1100
    for kind in ("organisation", "project", "action"):
        things = {quad.subject.value for quad in graph if f"/{kind}/" in str(quad.subject)}
        assert things == {economy.iri(kind, n) for n in range(getattr(counted, f"{kind}s"))}
    labels = {quad.object.language for quad in graph if str(quad.predicate).endswith("#label>")}
    assert labels == {"ca", "es", "en"}


def test_the_economy_is_valid_to_the_strictest_reader(graph: Store) -> None:
    points = [quad.object for quad in graph if str(quad.predicate).endswith("#asWKT>")]
    assert points
    for point in points:
        assert re.fullmatch(r"(POINT|POLYGON) \([-\d., ()]+\)", point.value)
    dates = [quad.object.value for quad in graph if str(quad.object).endswith("#date>")]
    assert all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-([01]\d|2[0-8])", date) for date in dates)


def test_quads_hold_the_same_in_a_graph_for_each_district(graph: Store, tmp_path: Path) -> None:
    economy.write(1000, tmp_path / "economy.nq")
    quads = Store()
    quads.load(path=str(tmp_path / "economy.nq"))
    assert DefaultGraph() not in {quad.graph_name for quad in quads}
    assert NamedNode(f"{economy.BASE}graph/territory") in set(quads.named_graphs())
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert triples == {(quad.subject, quad.predicate, quad.object) for quad in graph}


def test_a_file_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "economy-1000.nt").write_text("<cut", "utf-8")
    file, counted = economy.kept(1000, tmp_path)
    assert file.read_bytes().count(b"\n") == counted.triples


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_typical_query_has_answers(
    query: "workload.Query", thousand: "tuple[Path, economy.Economy]", graph: Store
) -> None:
    rows = 0
    for number in range(500):
        rows += len(list(graph.query(query.text(number, thousand[1]))))
        if rows:
            break
    assert rows > 0


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_no_new_question_is_asked_twice(
    query: "workload.Query", thousand: "tuple[Path, economy.Economy]"
) -> None:
    lines = list(query.lines(1000, 2000, thousand[1]))
    assert len(set(lines)) == 2000
    assert lines[7] == workload.line(query, query.text(1007, thousand[1]))


def test_new_questions_go_through_all_things(thousand: "tuple[Path, economy.Economy]") -> None:
    _, counted = thousand
    lookup = next(query for query in QUERIES if query.name == "lookup")
    asked = {
        thing
        for number in range(1000)
        for thing in re.findall(r"<(\S+)>", lookup.text(number, counted))
    }
    assert len(asked) == counted.organisations + counted.projects + counted.actions


def test_every_query_file_is_asked() -> None:
    asked = {query.name.partition("-")[0] for query in QUERIES}
    assert asked == {file.stem for file in workload.QUERIES.glob("*.rq")}


def test_a_public_asks_two_hundred_queries_some_of_them_often(
    thousand: "tuple[Path, economy.Economy]",
) -> None:
    asked = [text for _, text in workload.public(thousand[1], 20_000)]
    assert asked == [text for _, text in workload.public(thousand[1], 20_000)]
    often = sorted((asked.count(text) for text in set(asked)), reverse=True)
    assert len(often) == 200
    assert often[0] / 20_000 == pytest.approx(1 / sum(1 / n for n in range(1, 201)), rel=0.1)
    assert often[0] / often[1] == pytest.approx(2, rel=0.2)


def test_what_wrk_saw_is_read() -> None:
    said = {
        "requests": 110, "microseconds": 2_000_000, "bytes": 9, "refused": 10, "broken": 1,
        "late": 0, "p50": 1500, "p99": 20_000, "longest": 21_000, "wraps": 0,
    }  # fmt: skip
    assert wrk.read(json.dumps(said)) == wrk.Reading(50, 1.5, 20, 100, 10, 1, 0)


def test_a_ratio_is_formed_within_each_round() -> None:
    ours = [reading(100), reading(50), reading(80)]
    theirs = [reading(50), reading(50), reading(10)]
    assert figures.ratio(ours, theirs) == figures.Spread(2, 1, 8)
    assert figures.ratio(ours, [reading(0)]) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1234, "0.12"), (9.99, "9.99"), (9.999, "10.0"), (99.96, "100"), (12_345.6, "12,346")],
)
def test_a_figure_has_the_digits_that_mean_something(value: float, text: str) -> None:
    assert figures.number(value) == text


def test_a_spread_is_written_where_there_is_one() -> None:
    assert figures.written(figures.spread([2])) == "2.00"
    assert figures.written(figures.spread([3, 1, 2])) == "2.00 (1.00–3.00)"
    assert figures.written(None) == "–"


def test_a_goal_says_where_it_is_missed() -> None:
    counted = economy.Economy(1000, 6, 12, 36)
    found = rounds.Found(counted, engine={"join": 5.0, "lookup": 0.1, "count": 200.0})
    for query, ours, theirs in (("join", 90, 100), ("count", 30, 10), ("lookup", 50, 100)):
        found.readings[figures.Cell(query, "new", 8)] = {
            "teixit": [reading(ours)], "oxigraph": [reading(theirs)], "virtuoso": [reading(60)],
        }  # fmt: skip
    work, small, _, _, _, best, _ = goals.of_size(found)
    assert work.falls_short() == {"teixit join 8": 0.9}
    assert small.found == {"teixit lookup 8": 0.5}
    assert small.falls_short() == {}
    assert best.falls_short() == {"count 8 (virtuoso)": 0.5}


def test_a_process_is_watched_and_ended_with_its_children(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time; kept = bytearray(50_000_000);"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)']); time.sleep(99)"
    )
    with processes.running([sys.executable, "-c", code], tmp_path / "log") as process:
        end = time.monotonic() + 30
        while len(processes.tree(process.pid)) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        family = processes.tree(process.pid)
        assert len(family) == 2
        held = processes.memory(process.pid)
        assert held.resident >= held.proportional > 45
        assert processes.cpu(process.pid) > 0
    assert process.returncode == -signal.SIGTERM
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in family) and time.monotonic() < end:
        time.sleep(0.05)  # whoever adopted the child has yet to bury it
    states = [Path(f"/proc/{pid}/stat") for pid in family]
    assert all(not state.exists() or ") Z " in state.read_text("utf-8") for state in states)


def test_a_server_that_cannot_be_had_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(servers.NotRunError, match="virtuoso-opensource"):
        peers.Virtuoso(tmp_path, 1).version()


def test_a_load_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(servers.NotRunError, match="given up after 1 s"):
        servers.timed(["sleep", "60"], tmp_path / "log", 1, tmp_path)


def benchmarks(folder: Path, *words: str) -> "list[str]":
    small = ["--sizes", "1000", "--quick", "--clients", "2", "--scratch", str(folder)]
    return [sys.executable, "-m", "benchmarks", *small, *words]


def test_a_tiny_run_measures_ours_and_writes_its_table(tmp_path: Path) -> None:
    if not shutil.which("wrk"):
        pytest.skip("wrk is not installed (Debian package wrk)")
    table = tmp_path / "table.md"
    asked = "--servers=teixit,jena", "--queries=lookup,count,repeated,public", "--no-loaders"
    subprocess.run(
        benchmarks(tmp_path, *asked, f"--out={table}"),
        check=True, cwd=ROOT, timeout=300, capture_output=True,
    )  # fmt: skip
    text = table.read_text("utf-8")
    cells = re.findall(r"^\| (\w+) \| (\w+) \| 2 \|.*\| ([\d,.]+) \|$", text, re.MULTILINE)
    assert [cell[:2] for cell in cells] == [
        ("lookup", "new"), ("count", "new"), ("lookup", "repeated"), ("public", "public"),
    ]  # fmt: skip
    assert all(float(rate.replace(",", "")) > 0 for _, _, rate in cells)
    assert "not run: jena: " in text
    assert "| idle on the shipped graph" in text


def test_without_wrk_a_run_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        benchmarks(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False, env={**os.environ, "PATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "install the Debian package wrk" in done.stderr


def test_a_run_that_is_stopped_leaves_no_process(tmp_path: Path) -> None:
    if not shutil.which("wrk"):
        pytest.skip("wrk is not installed (Debian package wrk)")
    command = benchmarks(tmp_path, "--servers=teixit", "--no-loaders")
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as run:
        said = (line for line in run.stderr or ())
        next(line for line in said if "teixit: first answer" in line)
        family = processes.tree(run.pid)
        run.terminate()  # not by SIGINT, which a shell lets those ignore that it starts behind it
        assert any("nothing was written" in line for line in said)
        assert run.wait(60) == 130
    assert not [pid for pid, started in family.items() if processes.tree(pid).get(pid) == started]


def test_searches_are_measured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.search", "--size", "1000"]
    done = subprocess.run(
        [*command, "--scratch", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert re.search(r"^a name: median [\d.]+ ms, .* \(78 searches\)$", done.stdout, re.MULTILINE)


def test_pages_are_measured() -> None:
    command = [sys.executable, "-m", "benchmarks.pages", "--times", "1"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )  # fmt: skip
    measured = re.findall(r"^\| `(\S+)` \| [\d.]+ \| [\d.]+ \| \d+ \|$", done.stdout, re.MULTILINE)
    assert {"/en/", "/en/matrix", "/en/map"} <= {*measured}
