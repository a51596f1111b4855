import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from teixit import exporting, namespaces, paths, store
from teixit.errors import KnowledgeError, ReleaseError
from teixit.exporting import MANIFEST, Exported, forms


def hash_of(exported: Exported, name: str) -> str:
    format_ = forms.FORMATS[name.rpartition(".")[2]]
    return forms.rdfc10(parse((exported.folder / name).read_bytes(), format=format_))


def test_the_files_are_those_of_the_manifest(exported: Exported) -> None:
    found = {
        str(file.relative_to(exported.folder))
        for file in exported.folder.rglob("*")
        if file.is_file()
    }
    assert found == {file.name for file in exported.contents.files} | {MANIFEST}
    assert len(found) > 100
    for file in exported.contents.files:
        content = (exported.folder / file.name).read_bytes()
        assert len(content) == file.bytes
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert hashlib.sha1(content).hexdigest() == file.sha1  # noqa: S324 - as DCAT-AP-ES has it
        assert (file.compression == "gzip") == file.name.endswith(".gz")


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_every_form_with_graphs_says_the_whole_dataset(exported: Exported, ending: str) -> None:
    assert hash_of(exported, f"teixit.{ending}") == exported.contents.rdfc10


def test_every_form_without_graphs_says_their_merge(exported: Exported) -> None:
    dump = (exported.folder / "teixit.nq").read_bytes()
    merge = forms.rdfc10(forms.merged(parse(dump, format=RdfFormat.N_QUADS)))
    assert {hash_of(exported, f"teixit.{ending}") for ending in ("ttl", "rdf")} == {merge}


@pytest.mark.parametrize("name", ["ontology", "shapes", "questions"])
def test_what_goes_with_the_graph_is_the_same_in_every_form(exported: Exported, name: str) -> None:
    assert len({hash_of(exported, f"{name}.{ending}") for ending in ("ttl", "rdf", "jsonld")}) == 1


def test_the_dump_is_what_the_files_say(exported: Exported) -> None:
    said = [quad for file in store.knowledge_files() for quad in store.read(file)]
    assert forms.rdfc10(said) == exported.contents.rdfc10
    dump = (exported.folder / "teixit.nq").read_bytes()
    assert len(dump.splitlines()) == exported.contents.statements
    graphs = {quad.graph_name for quad in parse(dump, format=RdfFormat.N_QUADS)}
    assert len(graphs) == exported.contents.graphs


def test_two_exports_are_the_same_bytes(exported: Exported, tmp_path: Path) -> None:
    again = tmp_path / "again"
    exporting.export(again)
    for file in (MANIFEST, *(file.name for file in exported.contents.files)):
        assert (again / file).read_bytes() == (exported.folder / file).read_bytes(), file


def test_what_is_compressed_is_the_file_beside_it(exported: Exported) -> None:
    packed = sorted(exported.folder.rglob("*.gz"))
    assert packed
    for file in packed:
        assert gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes()


def test_every_question_is_there_with_its_answer(exported: Exported) -> None:
    names = {file.name for file in exported.contents.files}
    questions = sorted(paths.QUESTIONS.glob("*.rq"))
    assert questions
    for question in questions:
        assert {f"questions/{question.name}", f"questions/{question.stem}.csv"} <= names


def test_the_dates_are_those_of_the_data(exported: Exported) -> None:
    assert exported.contents.issued <= exported.contents.modified
    header = (paths.ONTOLOGY / "teixit.ttl").read_text("utf-8")
    assert f'dct:issued "{exported.contents.issued}"' in header


def test_prefixes_are_ours_and_in_order(exported: Exported) -> None:
    lines = (exported.folder / "teixit.ttl").read_text("utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert f"@prefix id: <{namespaces.THING}> ." in prefixes


def test_files_of_others_can_be_exported(tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<http://a.example/b> <http://a.example/c> '007'^^<http://a.example/d> .")
    contents = exporting.export(tmp_path / "release", [file], parquet=False)
    assert (contents.statements, contents.graphs) == (1, 0)
    assert "007" in (tmp_path / "release" / "teixit.nq").read_text()
    assert not any(file.name.endswith(".parquet") for file in contents.files)


def test_a_dump_of_a_published_release_can_be_exported(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq.gz"
    file.write_bytes(gzip.compress(b"<http://a.example/b> <http://a.example/c> _:x <urn:g> .\n"))
    contents = exporting.export(tmp_path / "release", [file], parquet=False)
    assert (contents.statements, contents.graphs) == (1, 1)


def test_a_damaged_dump_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq.gz"
    file.write_bytes(b"no gzip")
    with pytest.raises(KnowledgeError, match=r"graph\.nq\.gz: cannot be read"):
        exporting.export(tmp_path / "release", [file], parquet=False)
    assert not (tmp_path / "release").exists()


def test_nothing_is_exported_of_nothing(tmp_path: Path) -> None:
    file = tmp_path / "none.nt"
    file.touch()
    with pytest.raises(KnowledgeError, match="no statement to export"):
        exporting.export(tmp_path / "release", [file], parquet=False)


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(ReleaseError, match="is not empty"):
        exporting.export(tmp_path, parquet=False)
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReleaseError, match="cannot be written: "):
        exporting.export(tmp_path / "file" / "release", parquet=False)


def test_what_stops_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Callable[[], None]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("teixit.exporting.contents.Contents.written", fail)
    with pytest.raises(ReleaseError, match="No space left on device"):
        exporting.export(tmp_path / "release", parquet=False)
    assert list(tmp_path.iterdir()) == []
