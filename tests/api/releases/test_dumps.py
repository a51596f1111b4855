import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from teixit.releases import dumps

SUBJECT, PROPERTY, GRAPH = NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:g")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def quads(text: str) -> Iterable[Quad]:
    return parse(text, format=RdfFormat.TRIG)


def written(folder: Path, *sources: Iterable[Quad], run: int = dumps.RUN) -> bytes:
    folder.mkdir(exist_ok=True)
    dumps.write(sources, folder / "data.nq.gz", folder, run=run)
    return gzip.decompress((folder / "data.nq.gz").read_bytes())


def test_statements_are_written_once_and_sorted(tmp_path: Path) -> None:
    text = "<urn:b> <urn:p> 1 . <urn:a> <urn:p> 1 . <urn:g> { <urn:a> <urn:p> 1 }"
    lines = written(tmp_path, quads(text), quads(text)).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 3


def test_a_literal_stays_as_it_was_written(tmp_path: Path) -> None:
    # The store would make 7 of it.
    assert b'"007"' in written(
        tmp_path, [Quad(SUBJECT, PROPERTY, Literal("007", datatype=INTEGER))]
    )


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    text = "<urn:a> <urn:p> [ <urn:p> [ <urn:q> 2 ] ], ( 1 2 ) ."
    dump = [written(tmp_path / name, quads(text)) for name in ("one", "two")]
    assert dump[0] == dump[1]
    packed = [(tmp_path / name / "data.nq.gz").read_bytes() for name in ("one", "two")]
    assert packed[0] == packed[1]


def test_two_files_never_share_a_blank_node(tmp_path: Path) -> None:
    text = "_:b <urn:p> 1 ."
    dump = written(tmp_path, quads(text), quads(text))
    assert dump.splitlines() == [
        b'_:b%dn0 <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .' % n for n in (1, 2)
    ]


def test_what_only_looks_like_a_blank_node_is_left(tmp_path: Path) -> None:
    blank, text = BlankNode("x"), Literal(' _:x \\"_:x <_:x')
    inner = Triple(blank, PROPERTY, text)
    dump = written(tmp_path, [Quad(NamedNode("urn:_:x"), PROPERTY, inner, blank)])
    (quad,) = parse(dump, format=RdfFormat.N_QUADS)
    node = BlankNode("b1n0")
    assert quad == Quad(NamedNode("urn:_:x"), PROPERTY, Triple(node, PROPERTY, text), node)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("<urn:s> <urn:p> 1, 2 .", (2, 2, 0)),
        ("<urn:g> { <urn:s> <urn:p> 1, 2 }", (2, 0, 1)),
        ('<urn:g> { <urn:s> <urn:p> 1 } <urn:s> <urn:p> "a <b> . c"@en, "\\"", _:b .', (4, 3, 1)),
        ("_:g { _:s <urn:p> _:o } _:s <urn:p> _:o, <urn:o>, <<( _:s <urn:p> 1 )>> .", (4, 3, 1)),
        ("", (0, 0, 0)),
    ],
)
@pytest.mark.parametrize("run", [1, 3, 1000])
def test_statements_are_counted(
    tmp_path: Path, text: str, counts: tuple[int, int, int], run: int
) -> None:
    dump = dumps.write([quads(text), quads(text)][:1], tmp_path / "out", tmp_path, run=run)
    assert (dump.quads, dump.triples, dump.graphs) == counts
    assert (
        dump.version == hashlib.sha256(gzip.decompress((tmp_path / "out").read_bytes())).hexdigest()
    )


def test_what_does_not_fit_in_memory_is_told_and_merged(tmp_path: Path) -> None:
    text = " ".join(f"<urn:s{n % 700}> <urn:p> {n % 350} ." for n in range(100_000))
    told: list[tuple[Path, int]] = []
    dump = dumps.write(
        [quads(text)], tmp_path / "out", tmp_path, lambda *file: told.append(file), run=30_000
    )
    assert dump.quads == 700
    assert len(told) > 2
    for file, lines in told:
        found = file.read_bytes().splitlines()
        assert (len(found), found) == (lines, sorted(found))
    assert gzip.decompress((tmp_path / "out").read_bytes()).splitlines() == sorted(
        {line for file, _ in told for line in file.read_bytes().splitlines()}
    )


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NODES = st.one_of(
    st.sampled_from([SUBJECT, NamedNode("urn:_:x")]), st.sampled_from("abc").map(BlankNode)
)
OBJECTS = st.one_of(
    NODES,
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="ca")),
    TEXTS.map(lambda text: Literal(text, datatype=INTEGER)),
    st.builds(Triple, NODES, st.just(PROPERTY), NODES),
)
QUADS = st.builds(
    Quad, NODES, st.just(PROPERTY), OBJECTS, st.one_of(NODES, st.just(DefaultGraph()))
)


@given(statements=st.lists(QUADS, max_size=20), run=st.sampled_from([1, 5, 100]))
def test_a_dump_says_what_the_files_say(
    tmp_path_factory: pytest.TempPathFactory, statements: list[Quad], run: int
) -> None:
    dump = written(tmp_path_factory.mktemp("dump"), statements, run=run)
    said = [Dataset(statements), Dataset(parse(dump, format=RdfFormat.N_QUADS))]
    for dataset in said:
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    assert said[0] == said[1]


@pytest.mark.parametrize("damage", ["cut", "flipped", "no statements", "missing"])
def test_a_damaged_dump_is_not_loaded(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "data.nq.gz"
    written(tmp_path, quads("<urn:s> <urn:p> 1, 2, 3 ."))
    packed = bytearray(file.read_bytes())
    match damage:
        case "cut":
            file.write_bytes(packed[:-12])
        case "flipped":
            packed[20] ^= 0xFF
            file.write_bytes(packed)
        case "no statements":
            file.write_bytes(gzip.compress(b"<urn:s>"))
        case _:
            file.unlink()
    with pytest.raises(OSError, match=r".+"):
        dumps.load(file)
