from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Store

from teixit import paths
from teixit import store as teixit_store
from teixit.errors import KnowledgeError

TWICE = """
<urn:one> { <urn:s> <urn:p> "o" }
<urn:two> { <urn:s> <urn:p> "o" . _:b <urn:p> "o" }
"""


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def size(store: Store, graph: DefaultGraph | None) -> int:
    return len(list(store.quads_for_pattern(None, None, None, graph)))


def test_the_default_graph_is_the_merge_of_all_graphs(tmp_path: Path) -> None:
    store = teixit_store.load([written(tmp_path, "twice.trig", TWICE)])
    assert size(store, DefaultGraph()) == 2
    assert size(store, None) == 5


def test_what_three_graphs_say_counts_once(store: Store) -> None:
    named = {quad.triple for quad in store if quad.graph_name != DefaultGraph()}
    assert size(store, DefaultGraph()) == len(named)
    assert size(store, None) > 2 * len(named)


def test_two_files_never_share_a_blank_node(tmp_path: Path) -> None:
    files = [written(tmp_path, f"{name}.trig", TWICE) for name in ("one", "two")]
    assert size(teixit_store.load(files), DefaultGraph()) == 3


def test_all_that_is_shipped_is_loaded() -> None:
    files = teixit_store.knowledge_files()
    folders = {file.relative_to(paths.ROOT).parts[:2] for file in files}
    assert {("ontology", "schemes"), ("ontology", "alignments"), ("data", "pages")} < folders
    assert not {"questions", "examples", "rules"} & {part for folder in folders for part in folder}


def test_a_missing_folder_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match="no file to load; is the installation complete"):
        teixit_store.knowledge_files()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("wrong.ttl", "<urn:s> <urn:p>\n  oops .", r"wrong\.ttl:2:\d+: "),
        ("wrong.trig", "<urn:g> {", r"wrong\.trig: |wrong\.trig:1:\d+: "),
        ("wrong.nq", "<urn:s> <urn:p> .", r"wrong\.nq:1:\d+: "),
        ("table.csv", "a,b", r"table\.csv: not an RDF file; expected \.ttl"),
        ("empty.ttl", "", "no statement to load"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(KnowledgeError, match=message):
        teixit_store.load([written(tmp_path, name, text)])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.ttl: cannot be read: No such file"):
        teixit_store.load([tmp_path / "none.ttl"])
