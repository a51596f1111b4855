from pathlib import Path

from pyoxigraph import NamedNode

from teixit import namespaces, store
from teixit.findings.lines import line_of

ID = namespaces.THING


def test_a_statement_is_found_where_it_stands(wrong: Path) -> None:
    text = wrong.read_text("utf-8").splitlines()
    year = next(number for number, line in enumerate(text, 1) if "2020" in line)
    action, path = f"{ID}piess-2016-2019/action-29-1", namespaces.term("scheduledYear")
    assert line_of(wrong, action, path, "2020") == year
    assert line_of(wrong, action, path, "2021") == year
    assert line_of(wrong, action, namespaces.expand("rdfs:label"), "=1+1") == year + 1
    assert line_of(wrong, action, namespaces.term("number"), None) == year
    assert line_of(wrong, f"{ID}measure", namespaces.expand("rdf:type"), None) == year + 2
    assert line_of(wrong, f"{ID}nobody", None, None) is None


def test_every_subject_and_text_of_what_is_shipped_has_its_line() -> None:
    for file in store.knowledge_files():
        text = file.read_text("utf-8").splitlines()
        for quad in store.read(file):
            if isinstance(quad.subject, NamedNode):
                value = getattr(quad.object, "value", "")
                line = line_of(file, quad.subject.value, quad.predicate.value, value)
                assert line is not None, (file, quad)
                assert line <= len(text)


def test_other_marks_than_those_of_our_files_are_read(tmp_path: Path) -> None:
    file = tmp_path / "other.ttl"
    file.write_text(
        "PREFIX a: <http://a.example/>\nPREFIX : <http://b.example/>\n"
        '<http://a.example/s> a:p 1 ,\n  -2 , true ; a:q """x "y"\n""" , \'z\\\\"\'^^a:t .\n'
        "[ a:p a:o ] a:q _:x .\n:s a:p [ a:q\n a:r ; a:p ( a:s ) ] , :o .\n_:y a:p :z .\n",
        "utf-8",
    )
    node = "http://a.example/s"
    assert line_of(file, node, "http://a.example/p", "2") == 4
    assert line_of(file, node, "http://a.example/q", 'z\\"') == 5
    assert line_of(file, "http://b.example/s", "http://a.example/p", "http://b.example/o") == 8


def test_a_file_without_lines_has_none(tmp_path: Path) -> None:
    assert line_of(tmp_path / "file.rdf", ID, None, None) is None
