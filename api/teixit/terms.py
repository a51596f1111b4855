"""Terms of the engine as terms of rdflib, which builds RDF for files and validates it."""

import pyoxigraph
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Identifier

from teixit.errors import KnowledgeError


def term_of(term: object) -> Identifier:
    """Turn a term of pyoxigraph into one of rdflib, its lexical form untouched.

    Raises:
        KnowledgeError: It is a triple, which rdflib has no term for.
    """
    match term:
        case pyoxigraph.NamedNode(value=iri):
            return URIRef(iri)
        case pyoxigraph.BlankNode(value=name):
            return BNode(name)
        case pyoxigraph.Literal(value=text, language=str(language)):
            return Literal(text, lang=language)
        case pyoxigraph.Literal(value=text, datatype=pyoxigraph.NamedNode(value=datatype)):
            plain = datatype == str(XSD.string)
            return Literal(text, datatype=None if plain else URIRef(datatype), normalize=False)
    raise KnowledgeError(f"expected an IRI, a blank node or a literal: {term}")
