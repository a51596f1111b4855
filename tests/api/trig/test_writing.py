import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from teixit.trig import Graphs, serialise

PROGRAM = """
from rdflib import Literal, URIRef
from teixit.trig import Graphs, serialise
graphs = Graphs()
for number in range(20):
    graphs[URIRef(f"urn:g-{number}")].add((URIRef("urn:s"), URIRef("urn:p"), Literal(number)))
print(serialise(graphs))
"""


def written(*facts: tuple[str, str, str]) -> str:
    graphs = Graphs()
    for graph, subject, text in facts:
        graphs[URIRef(graph)].add((URIRef(subject), URIRef("urn:p"), Literal(text)))
    return serialise(graphs)


def test_names_are_in_their_natural_order() -> None:
    trig = written(
        ("urn:g-10", "urn:s", "a"), ("urn:g-9", "urn:s-10", "b"), ("urn:g-9", "urn:s-9", "c")
    )
    places = [trig.index(name) for name in ("urn:g-9", "<urn:s-9>", "<urn:s-10>", "urn:g-10")]
    assert places == sorted(places)


def test_one_fact_is_one_line_and_ends_as_every_other() -> None:
    assert written(("urn:g", "urn:s", "b"), ("urn:g", "urn:s", "a")) == (
        '<urn:g> {\n\n    <urn:s>\n        <urn:p> "a" ;\n        <urn:p> "b" ;\n    .\n}\n'
    )


def test_only_prefixes_that_are_used_are_written() -> None:
    trig = written(("https://w3id.org/teixit/id/a", "https://w3id.org/teixit/id/b", "c"))
    assert trig.startswith("@prefix id: <https://w3id.org/teixit/id/> .\n\nid:a {")


@given(st.text(st.sampled_from("a\"'\\\n\t\r{}")) | st.text())
@example('\n\\"')
@example('"\n""""')
@example("\r\n\\r")
def test_any_text_survives(text: str) -> None:
    quads = list(parse(written(("urn:g", "urn:s", text)), format=RdfFormat.TRIG))
    assert [quad.object.value for quad in quads] == [text]


@pytest.mark.parametrize("extra", [{"lang": "ca"}, {"datatype": URIRef("urn:type")}])
def test_a_text_of_several_lines_keeps_what_it_is(extra: dict[str, str]) -> None:
    graphs = Graphs()
    literal = Literal('one\n"two"', **extra)
    graphs[URIRef("urn:g")].add((URIRef("urn:s"), URIRef("urn:p"), literal))
    (quad,) = parse(serialise(graphs), format=RdfFormat.TRIG)
    assert (quad.object.value, quad.object.language) == (str(literal), literal.language)
    assert quad.object.datatype.value == str(literal.datatype or RDF.langString)


def test_a_text_of_several_lines_is_on_as_many() -> None:
    assert '<urn:p> """one "word"\ntwo""" ;\n' in written(("urn:g", "urn:s", 'one "word"\ntwo'))


def test_the_bytes_do_not_depend_on_the_run() -> None:
    command = [sys.executable, "-c", PROGRAM]
    runs = {
        subprocess.check_output(command, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
