import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import XSD, BNode, URIRef
from rdflib import Literal as Text

from teixit.errors import KnowledgeError
from teixit.terms import term_of


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        (NamedNode("urn:a"), URIRef("urn:a")),
        (BlankNode("b"), BNode("b")),
        (Literal("c"), Text("c")),
        (Literal("d", language="ca"), Text("d", lang="ca")),
        (
            Literal("00", datatype=NamedNode(str(XSD.integer))),
            Text("00", datatype=XSD.integer, normalize=False),
        ),
    ],
)
def test_a_term_is_the_same_to_the_letter(term: object, meant: object) -> None:
    assert (term_of(term), str(term_of(term))) == (meant, str(meant))


def test_a_triple_is_no_term() -> None:
    name = NamedNode("urn:a")
    with pytest.raises(KnowledgeError, match="expected an IRI, a blank node or a literal"):
        term_of(Triple(name, name, name))
