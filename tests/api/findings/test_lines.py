import gzip
from pathlib import Path

import pytest
from rdflib import BNode

from teixit import namespaces, paths, store
from teixit.findings.lines import line_of, statements
from teixit.findings.ways import ways
from teixit.terms import term_of

ID = namespaces.THING


def test_a_statement_is_found_where_it_stands(wrong: Path) -> None:
    text = wrong.read_text("utf-8").splitlines()
    year = next(number for number, line in enumerate(text, 1) if "2020" in line)
    action, path = f"{ID}piess-2016-2019/action-29-1", namespaces.term("scheduledYear")
    assert line_of(wrong, action, path, "2020") == year
    assert line_of(wrong, action, path, "2021") == year
    assert line_of(wrong, action, namespaces.expand("rdfs:label"), "=1+1", "CA") == year + 1
    assert line_of(wrong, action, namespaces.expand("rdfs:label"), "=1+1") == year + 1
    assert line_of(wrong, action, namespaces.term("number"), None) == year - 1
    assert line_of(wrong, f"{ID}measure", namespaces.expand("rdf:type"), None) == year + 2
    assert line_of(wrong, f"{ID}nobody", None, None) is None


LAYOUTS = r"""# a comment with <urn:x:a> <urn:x:p> 1 .
PREFIX : <urn:x:>
@prefix x: <urn:x:> .
@base <http://x.example/base/> .
VERSION "1.2"
:g { :a :p 1, -2 ; ;
        :q "one"@ca ,
   "one"@EN , '''t
h\u0041t
"q"''' ;
        a :C . :b :p true }
GRAPH x:h {
  :a :p "1"^^<urn:t>
}
{ <c> :p ( 1 [ :in 2 ] :a ) , _:n ; :q [] , () , [ :deep "d" ; :p [ :deeper "e" ] ] . }
_:n :p .5 .
[ :alone :e ] .
[] :p :a\-b .
"""


@pytest.fixture
def layouts(tmp_path: Path) -> Path:
    file = tmp_path / "layouts.trig"
    file.write_text(LAYOUTS, "utf-8")
    return file


Said = set[tuple[str, str, str, str]]


def terms(file: Path) -> Said:
    """What the engine reads in a file; what has no name by the way to it."""
    said: dict[str, list[tuple[str, str]]] = {}
    quads = list(store.read(file))
    for quad in quads:
        subject, predicate, value = map(called, (quad.subject, quad.predicate, quad.object))
        said.setdefault(subject, []).append((predicate, value))
    names = ways(said, BNode)
    return {
        (
            names.get(called(quad.subject), quad.subject.value),
            quad.predicate.value,
            names.get(called(quad.object), quad.object.value),
            (getattr(quad.object, "language", None) or "").lower(),
        )
        for quad in quads
    }


def called(term: object) -> str:
    known = term_of(term)
    return known if isinstance(known, BNode) else str(known)


CASES = sorted((Path(__file__).parents[2] / "shapes/cases").rglob("*.ttl"))


def test_all_that_files_say_is_found_and_every_layout_is_read(layouts: Path) -> None:
    files = [layouts, *store.knowledge_files(), *sorted(paths.SHAPES.glob("*.ttl")), *CASES[::9]]
    assert len(files) > 40
    for file in files:
        made = statements(file)
        count = len(file.read_text("utf-8").splitlines())
        assert {one[:4] for one in made} == terms(file), file
        assert all(0 < one.start <= one.line <= count for one in made), file


def test_what_data_say_stands_in_the_line_that_is_named() -> None:
    for file in store.knowledge_files():
        lines = file.read_text("utf-8").splitlines()
        for one in statements(file):
            if one.language and "\n" not in one.value:
                assert one.value in lines[one.line - 1].replace("\\", "")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (("urn:x:a", "p", "-2", ""), 6),
        (("urn:x:a", "q", "one", "ca"), 7),
        (("urn:x:a", "q", "one", "en"), 8),
        (("urn:x:a", "q", 't\nhAt\n"q"', ""), 8),
        (("urn:x:a", "missing", None, ""), 6),
        (("http://x.example/base/c", "p", None, ""), 15),
        (("<http://x.example/base/c>/urn:x:q[2]/urn:x:p", "deeper", "e", ""), 15),
        (("<http://x.example/base/c>/urn:x:p[2]", "p", ".5", ""), 16),
        (("[][2]", "p", "urn:x:a-b", ""), 18),
        (("nowhere", "p", "1", ""), None),
    ],
)
def test_a_statement_of_any_layout_has_its_line(
    layouts: Path, said: tuple[str, str, str | None, str], line: int | None
) -> None:
    node, path, value, language = said
    assert line_of(layouts, node, f"urn:x:{path}", value, language) == line


def test_n_quads_and_what_is_compressed_have_lines(tmp_path: Path) -> None:
    text = '<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g> .\n<urn:x:a> <urn:x:p> "c"@ca _:g .\n'
    plain, packed = tmp_path / "one.nq", tmp_path / "one.nq.gz"
    plain.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    for file in (plain, packed):
        assert line_of(file, "urn:x:a", "urn:x:p", "c", "ca") == 2


def test_other_marks_than_those_of_our_files_are_read(tmp_path: Path) -> None:
    file = tmp_path / "other.ttl"
    file.write_text(
        "PREFIX a: <http://a.example/>\nPREFIX : <http://b.example/>\n"
        '<http://a.example/s> a:p 1 ,\n  -2 , true ; a:q """x "y"\n""" , \'z\\\\"\'^^a:t .\n'
        "[ a:p a:o ] a:q _:x .\n:s a:p [ a:q\n a:r ; a:p ( a:s ) ] , :o .\n_:y a:p :z .\n",
        "utf-8",
    )
    node = "http://a.example/s"
    assert line_of(file, node, "http://a.example/p", "-2") == 4
    assert line_of(file, node, "http://a.example/q", 'z\\"') == 5
    assert line_of(file, "http://b.example/s", "http://a.example/p", "http://b.example/o") == 8


def test_a_file_without_lines_has_none(tmp_path: Path) -> None:
    assert line_of(tmp_path / "file.rdf", ID, None, None) is None
