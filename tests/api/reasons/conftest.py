"""A small graph with each kind of thing that can be behind a row."""

import pytest
from pyoxigraph import RdfFormat, Store

GRAPH = """
@prefix : <http://one.example/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
:g1 { :a :knows :b . :a :name "Anna"@ca , "Anna" . :a a :Person . _:n :name "Nobody" . }
:g2 { :b :knows :c . :a :knows :b . :b :name "Bel" . :b a :Person . :a :likes _:n . :c :self :c }
:g3 { :c :knows :d . :c :name "Carme" . :c :age 7 . :d :age 9 . }
{
  :a :knows :b . :b :knows :c . :c :knows :d . :a a :Person . :b a :Person .
  :a :name "Anna"@ca , "Anna" . :b :name "Bel" . :c :name "Carme" . :c :age 7 . :d :age 9 .
  _:n :name "Nobody" . :a :likes _:n . :c :self :c .
  :g1 a teixit:Passage ; rdfs:label "Passatge"@ca , "Passage"@en .
  :g2 a teixit:Conclusion ; rdfs:label "Conclusion"@en ; prov:wasDerivedFrom :g1 , :g3 .
}
"""
PREFIXES = "PREFIX : <http://one.example/>\n"


@pytest.fixture(scope="session")
def small() -> Store:
    store = Store()
    store.load(GRAPH.encode(), RdfFormat.TRIG)
    return store
