import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from teixit import publishing, releases
from teixit import store as teixit_store
from teixit.errors import KnowledgeError, ReleaseError
from teixit.publishing import Wanted, folders
from teixit.releases import Release
from teixit.remote import RemoteStore

Graph = Callable[..., Path]
VersionOf = Callable[[Release], str]


def unchecked(*files: Path, keep: int = publishing.KEPT) -> Wanted:
    return Wanted(files, unchecked=True, keep=keep)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publishing.publish(Wanted(), tmp_path_factory.mktemp("shipped"))


def test_what_is_shipped_is_published_as_it_is_served(shipped: Release, store: Store) -> None:
    published = shipped.open()
    # The names of blank nodes are made anew by each reading.
    named = [{quad for quad in graph if "_:" not in str(quad)} for graph in (published, store)]
    assert named[0] == named[1]
    assert len(published) == len(store) == shipped.manifest.quads
    assert 0 < shipped.manifest.triples < shipped.manifest.quads / 2 + 1
    assert shipped.manifest.graphs == len(list(store.named_graphs()))
    assert shipped.manifest.shapes is not None
    assert shipped.manifest.shapes["Violation"] == 0


def test_the_same_data_are_the_same_version(shipped: Release, tmp_path: Path) -> None:
    again = publishing.publish(Wanted(unchecked=True), tmp_path)
    assert again.manifest.data == shipped.manifest.data
    assert again.manifest.shapes is None
    assert again.name != shipped.name


def test_files_are_published_as_they_are(tmp_path: Path) -> None:
    triples, quads = tmp_path / "triples.ttl", tmp_path / "quads.trig"
    triples.write_text('<s> <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .', "utf-8")
    quads.write_text("<urn:g> { <urn:s> <urn:p> 1 }", "utf-8")
    release = publishing.publish(unchecked(triples, quads), tmp_path / "out")
    served = teixit_store.load_files([triples, quads])
    assert set(release.open()) == set(served)
    manifest = release.manifest
    assert (manifest.quads, manifest.triples, manifest.graphs) == (2, 1, 1)


@pytest.mark.parametrize("statements", [0, 10, 11, 25])
def test_above_a_size_there_is_a_store_on_disk(
    tmp_path: Path, graph: Graph, version_of: VersionOf, statements: int
) -> None:
    file = graph("one", max(statements, 1))
    release = publishing.publish(Wanted((file,), unchecked=True, on_disk_from=10), tmp_path / "out")
    assert release.on_disk is (statements > 10)
    assert version_of(release) == "one"
    assert not list(release.folder.rglob("LOG*"))
    assert not list(release.folder.glob("scratch"))


@pytest.mark.parametrize("wanted", [unchecked, lambda file: Wanted((file,))])
def test_a_file_that_does_not_parse_is_not_published(
    tmp_path: Path, graph: Graph, version_of: VersionOf, wanted: Callable[[Path], Wanted]
) -> None:
    publishing.publish(unchecked(graph("one")), tmp_path / "out")
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("<urn:s> <urn:p>\n  oops .", "utf-8")
    with pytest.raises(KnowledgeError, match=rf"^{wrong}:2:\d+: "):
        publishing.publish(wanted(wrong), tmp_path / "out")
    assert version_of(releases.current(tmp_path / "out")) == "one"


def test_nothing_is_not_published(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.touch()
    with pytest.raises(ReleaseError, match=r"^no statement to publish; name at least one RDF file"):
        publishing.publish(unchecked(empty), tmp_path / "out")


def test_what_violates_the_shapes_is_not_published(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(
        "@prefix teixit: <https://w3id.org/teixit/def#> .\n"
        "<https://w3id.org/teixit/id/measure-99> a teixit:Measure .",
        "utf-8",
    )
    with pytest.raises(ReleaseError, match=r"^\d+ violations of the shapes; see them with") as told:
        publishing.publish(Wanted((wrong,)), tmp_path / "out")
    # The command that is named finds as many.
    command = re.search(r"teixit (check .+?), or publish with --unchecked$", str(told.value))
    assert command is not None
    check = [sys.executable, "-m", "teixit", *command[1].split(), "--format", "json"]
    found = json.loads(subprocess.run(check, capture_output=True, check=False).stdout)
    worst = [finding for finding in found if finding["severity"] == "Violation"]
    assert str(told.value).startswith(f"{len(worst)} ")
    release = publishing.publish(unchecked(wrong), tmp_path / "out")
    assert release.manifest.shapes is None


def test_a_file_that_teixit_ships_is_checked_without_itself(tmp_path: Path) -> None:
    (file, *_) = (file for file in teixit_store.knowledge_files() if file.name == "plan.trig")
    release = publishing.publish(Wanted((file,)), tmp_path)
    assert release.manifest.shapes is not None


def test_too_much_for_the_shapes_is_said(
    tmp_path: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing.building, "CHECKED", 99)
    with pytest.raises(
        ReleaseError, match=r"^100 statements are too many for the shapes, which ho"
    ):
        publishing.publish(Wanted((graph("one", 100),)), tmp_path / "out")


def test_a_graph_that_has_lost_half_is_published_by_force_alone(
    tmp_path: Path, graph: Graph
) -> None:
    folder = tmp_path / "out"
    publishing.publish(unchecked(graph("one", 100)), folder)
    publishing.publish(unchecked(graph("two", 50)), folder)
    message = r"^only 24 statements where the release before has 50; .+ publish with --force$"
    with pytest.raises(ReleaseError, match=message):
        publishing.publish(unchecked(graph("three", 24)), folder)
    forced = Wanted((graph("three", 24),), unchecked=True, force=True)
    assert publishing.publish(forced, folder).manifest.quads == 24


def test_old_releases_go_but_for_those_in_use(
    tmp_path: Path, graph: Graph, version_of: VersionOf
) -> None:
    folder = tmp_path / "out"
    made = [publishing.publish(unchecked(graph("0")), folder)]
    made += [publishing.publish(unchecked(graph(str(n))), folder) for n in range(1, 5)]
    assert len(releases.choosing.names(folder)) == 5  # this test has them all
    assert [version_of(release) for release in made] == list("01234")
    used, names = made[1], [release.name for release in made]
    made.clear()
    publishing.publish(unchecked(graph("5"), keep=2), folder)
    assert version_of(used) == "1"
    kept = releases.choosing.names(folder)
    assert kept[1:] == [names[4], names[1]]


def test_a_release_that_was_taken_back_to_is_kept(tmp_path: Path, graph: Graph) -> None:
    folder = tmp_path / "out"
    first = publishing.publish(unchecked(graph("one")), folder).name
    publishing.publish(unchecked(graph("two")), folder)
    (folder / "current").write_text(f"{first}\n", "ascii")
    folders.remove_old(folder, keep=1)
    assert first in releases.choosing.names(folder)


def test_releases_follow_one_another_whatever_the_clock_says(tmp_path: Path, graph: Graph) -> None:
    release = publishing.publish(unchecked(graph("one")), tmp_path)
    shutil.copytree(release.folder, release.folder.with_name("29991231T235959.999Z-0123456789ab"))
    names = [publishing.publish(unchecked(graph(name)), tmp_path).name for name in ("two", "three")]
    assert [name[:20] for name in names] == ["30000101T000000.000Z", "30000101T000000.001Z"]
    assert releases.current(tmp_path).name == names[-1]


def test_two_publications_at_once_are_refused(tmp_path: Path, graph: Graph) -> None:
    publishing.publish(unchecked(graph("one")), tmp_path)
    with (tmp_path / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        message = rf"^{tmp_path}: another publication is under way; try again when it has ended$"
        with pytest.raises(ReleaseError, match=message):
            publishing.publish(unchecked(graph("two")), tmp_path)


def test_what_a_killed_publication_left_is_removed(tmp_path: Path, graph: Graph) -> None:
    publishing.publish(unchecked(graph("one")), tmp_path)
    for name in (".building", ".removed-20200101T000000.000Z-0123456789ab"):
        (tmp_path / "releases" / name / "store").mkdir(parents=True)
    (tmp_path / ".current").write_text("half", "ascii")
    mine = tmp_path / "releases" / "notes.txt"
    mine.touch()
    release = publishing.publish(unchecked(graph("two")), tmp_path)
    assert mine.exists()
    assert len(list((tmp_path / "releases").iterdir())) == 3
    assert not (tmp_path / ".current").exists()
    assert release.name == releases.pointed(tmp_path)


def test_a_folder_that_may_not_be_written_is_said(graph: Graph, version_of: VersionOf) -> None:
    with tempfile.TemporaryDirectory() as place:  # that others may enter, unlike ``tmp_path``
        folder, file = Path(place) / "out", Path(place) / "graph.nq"
        shutil.copy(graph("one"), file)
        publishing.publish(unchecked(file), folder)
        Path(place).chmod(0o755)
        rights = os.geteuid()
        for path in (folder, folder / "releases"):
            path.chmod(0o555)
        os.seteuid(rights or 65534)
        try:
            message = rf"^{folder}: Permission denied; the release before is untouched$"
            with pytest.raises(ReleaseError, match=message):
                publishing.publish(unchecked(file), folder)
            with pytest.raises(ReleaseError, match=rf"^{folder}/new: Permission denied; "):
                publishing.publish(unchecked(file), folder / "new")
            assert version_of(releases.current(folder)) == "one"
        finally:
            os.seteuid(rights)
            for path in (folder, folder / "releases"):
                path.chmod(0o755)


def test_a_file_in_place_of_the_folder_is_said(graph: Graph) -> None:
    file = graph("one")
    with pytest.raises(ReleaseError, match=rf"^{file}: (Not a directory|File exists); the release"):
        publishing.publish(unchecked(file), file)


def test_each_step_is_on_the_disk_before_the_next(
    tmp_path: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever order the disk writes in, a loss of power leaves the release before or the new one.
    steps: list[tuple[str, ...]] = []
    real_sync, real_rename = os.fsync, Path.rename

    def sync(descriptor: int) -> None:
        steps.append(("sync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        real_sync(descriptor)

    def rename(path: Path, target: Path) -> Path:
        steps.append(("rename", str(path), str(target)))
        return real_rename(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    wanted = Wanted((graph("one", 50),), unchecked=True, on_disk_from=10)
    release = publishing.publish(wanted, tmp_path / "out")
    folder, building = tmp_path / "out", tmp_path / "out" / "releases" / ".building"
    parts = {*release.folder.rglob("*"), release.folder}
    first = steps.index(("rename", str(building), str(release.folder)))
    assert {Path(path) for kind, path in steps[:first] if kind == "sync"} >= {
        building / part.relative_to(release.folder) for part in parts
    }
    assert steps[first + 1 :] == [
        ("sync", str(folder / "releases")),
        ("sync", str(folder / ".current")),
        ("rename", str(folder / ".current"), str(folder / "current")),
        ("sync", str(folder)),
    ]


@pytest.fixture
def server() -> Iterator[str]:
    """The address for queries of a real server that is empty."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("oxigraph is not here")
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{tried.getsockname()[1]}"
    with subprocess.Popen(
        [program, "serve", "--bind", place], stderr=subprocess.DEVNULL
    ) as started:
        try:
            while True:
                with suppress(OSError):
                    socket.create_connection(place.split(":"), 1).close()
                    break
                assert started.poll() is None
                time.sleep(0.05)
            yield f"http://{place}/query"
        finally:
            started.terminate()


def test_a_graph_is_put_on_a_server(server: str, graph: Graph) -> None:
    said: list[str] = []
    report = publishing.publish_to_server(unchecked(graph("one", 50)), server, said.append)
    assert (report.graphs, report.statements) == (1, 50)
    answer = RemoteStore(server).query("SELECT ?o WHERE { GRAPH ?g { <urn:s7> <urn:version> ?o } }")
    assert isinstance(answer, QuerySolutions)
    assert [row["o"].value for row in answer] == ["one"]
    assert said


def test_what_does_not_hold_is_put_on_no_server(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.touch()
    with pytest.raises(ReleaseError, match="no statement to publish"):
        publishing.publish_to_server(unchecked(empty), "http://127.0.0.1:9/sparql")


def test_without_room_for_the_dump_nothing_is_sent(
    tmp_path: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(ReleaseError, match=rf"^{tmp_path}/none: No such file or directory$"):
        publishing.publish_to_server(unchecked(graph("one")), "http://127.0.0.1:9/sparql")
