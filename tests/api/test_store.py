import gzip
import re
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

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


RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:">{}</rdf:RDF>'
)
THING = '<rdf:Description rdf:about="urn:s"><p>o</p></rdf:Description>'
#: One statement, in each of the formats.
ONE = {
    "one.nt": '<urn:s> <urn:p> "o" .',
    "one.ttl": '<urn:s> <urn:p> "o" .',
    "one.nq": '<urn:s> <urn:p> "o" .',
    "one.trig": '<urn:s> <urn:p> "o" .',
    "one.rdf": RDF_XML.format(THING),
    "one.xml": RDF_XML.format(THING),
    "one.OWL": RDF_XML.format(THING),
    "one.jsonld": '{"@id": "urn:s", "urn:p": "o"}',
}


def test_every_format_that_is_named_is_tried() -> None:
    assert {Path(name).suffix.lower() for name in ONE} == teixit_store.FORMATS.keys()


@pytest.mark.parametrize("name", ONE)
def test_files_are_loaded_as_they_are(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, name, ONE[name])
    statement = Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"), DefaultGraph())
    assert list(teixit_store.load_files([file])) == [statement]
    assert list(teixit_store.read_as_is(file)) == [statement]


def test_graphs_of_files_are_not_merged(tmp_path: Path) -> None:
    files = [written(tmp_path, name, text) for name, text in ONE.items()]
    loaded = teixit_store.load_files([*files, written(tmp_path, "twice.trig", TWICE)])
    assert size(loaded, DefaultGraph()) == 1
    assert {graph.value for graph in loaded.named_graphs()} == {"urn:one", "urn:two"}


def test_blank_nodes_of_two_files_are_not_the_same(tmp_path: Path) -> None:
    files = [written(tmp_path, name, "_:b <urn:p> 1 .") for name in ("a.ttl", "b.nt")[:1]]
    assert size(teixit_store.load_files([*files, *files]), DefaultGraph()) == 2


def test_relative_iris_do_not_say_where_a_file_lies(tmp_path: Path) -> None:
    loaded = teixit_store.load_files([written(tmp_path, "a b.ttl", "<> <#p> <c> .")])
    assert {term.value for quad in loaded for term in quad.triple} == {
        "file:///a%20b.ttl",
        "file:///a%20b.ttl#p",
        "file:///c",
    }


def test_no_files_are_an_empty_graph(tmp_path: Path) -> None:
    assert len(teixit_store.load_files([])) == 0
    assert len(teixit_store.load_files([written(tmp_path, "empty.rdf", RDF_XML.format(""))])) == 0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("wrong.ttl", "<urn:s> <urn:p>\n  oops .", r"wrong\.ttl:2:\d+: "),
        ("wrong.nt", "<urn:s> <urn:p> 'o' .", r"wrong\.nt:1:\d+: "),
        ("wrong.nq", "<urn:s> <p> <urn:o> .", r"wrong\.nq:1:\d+: "),
        ("wrong.trig", "<urn:g> {", r"wrong\.trig:1:\d+: "),
        ("wrong.jsonld", '{"@id": "urn:s",}', r"wrong\.jsonld:1:\d+: "),
        ("wrong.rdf", RDF_XML.format("\n<a></b>"), r"wrong\.rdf:2:\d+: "),
        ("empty.rdf", "", r"empty\.rdf:1:1: "),
        ("wrong.xml", "<a:b/>", r"wrong\.xml:1:\d+: "),
        ("wrong.owl", RDF_XML.format('<a rdf:about="a b"/>'), r"wrong\.owl: "),
        (
            "remote.jsonld",
            '{"@context": "http://localhost/context", "@id": "urn:s"}',
            r"remote\.jsonld: .*context",
        ),
        ("cut.rdf", RDF_XML.format(THING).removesuffix("</rdf:RDF>"), r"cut\.rdf:1:\d+: "),
        ("two.rdf", RDF_XML.format("") * 2, r"two\.rdf:1:\d+: "),
        ("bomb.rdf", f'\n<!DOCTYPE a [<!ENTITY b "c">]>{RDF_XML}', r"bomb\.rdf:2: a DOCTYPE is"),
        ("bomb.xml", RDF_XML.format('\n<!doctype a [<!ENTITY b "c">]>'), r"bomb\.xml:2:\d+: "),
        ("latin.rdf", "<?xml version='1.0' encoding='iso-8859-1'?><a/>", r"latin\.rdf: Only UTF-8"),
        ("table.csv", "a,b", r"table\.csv: not an RDF file; expected \.jsonld, \.nq"),
    ],
)
def test_a_wrong_file_is_named_where_it_is_wrong(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        teixit_store.load_files([written(tmp_path, name, text)])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["none.ttl", "none.rdf"])
def test_a_file_that_cannot_be_loaded_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.\w+: cannot be read: No such file"):
        teixit_store.load_files([tmp_path / name])


def test_entities_of_a_checked_file_are_not_expanded_either(tmp_path: Path) -> None:
    file = written(tmp_path, "bomb.rdf", f'<!DOCTYPE a [<!ENTITY b "c">]>{RDF_XML}')
    with pytest.raises(KnowledgeError, match="a DOCTYPE is refused"):
        list(teixit_store.read(file))


def test_the_version_is_of_what_stands_in_the_files(tmp_path: Path) -> None:
    one, two = (written(tmp_path, f"{name}.nt", f"<urn:{name}> <urn:p> 1 .") for name in "ab")
    version = teixit_store.data_version([one, two])
    assert re.fullmatch("[0-9a-f]{64}", version)
    assert version == teixit_store.data_version([two, one])
    assert version != teixit_store.data_version([one])
    written(tmp_path, "a.nt", "<urn:a> <urn:p> 2 .")
    assert version != teixit_store.data_version([one, two])
    with pytest.raises(KnowledgeError, match=r"none\.nt: cannot be read: No such file"):
        teixit_store.data_version([tmp_path / "none.nt"])


def test_no_literal_that_is_shipped_is_changed_by_the_store(store: Store) -> None:
    """The engine keeps numbers and dates by value, so ours are written as it writes them."""
    files = teixit_store.knowledge_files()
    shipped = {quad.object for file in files for quad in teixit_store.read(file)}
    kept = {quad.object for quad in store}
    before, after = (
        {(term.value, term.language) for term in terms if isinstance(term, Literal)}
        for terms in (shipped, kept)
    )
    assert before == after
    changed = {term.datatype.value for term in shipped - kept if isinstance(term, Literal)}
    assert changed == {"http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}  # now an integer


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.ttl: cannot be read: No such file"):
        teixit_store.load([tmp_path / "none.ttl"])


def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "one.nq.gz"
    file.write_bytes(gzip.compress(b"<urn:s> <urn:p> <urn:o> <urn:g> ."))
    assert [quad.graph_name for quad in teixit_store.read(file)] == [NamedNode("urn:g")]


@pytest.mark.parametrize("length", [0, 5, 30])
def test_a_compressed_file_that_is_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    file = tmp_path / "one.nq.gz"
    file.write_bytes(gzip.compress(b"<urn:s> <urn:p> <urn:o> <urn:g> .")[:length] or b"no")
    with pytest.raises(KnowledgeError, match=r"one\.nq\.gz: cannot be read"):
        list(teixit_store.read(file))
