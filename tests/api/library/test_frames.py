import sys

import pytest
from pyoxigraph import RdfFormat, Store

from teixit import open_graph
from teixit.errors import NotFoundError, SettingError
from teixit.library import Graph
from teixit.namespaces import THING

SOME = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:a> a <urn:C> ; rdfs:label "Una"@ca , "One"@en ; <urn:p/n> 1.5 ; <urn:q/n> "x" , "y" .
<urn:b> a <urn:C> ; rdfs:label "Dos"@ca ; <urn:p/n> 2.5 ; <urn:r> <urn:a> .
"""


def test_a_row_is_a_thing_and_a_column_a_property() -> None:
    frame = open_graph(language="en").frame("teixit:Measure")
    assert [*frame.index] == [f"{THING}piess-2016-2019/measure-{n}" for n in (29, 31, 32)]
    assert frame["number"].sum() == 92
    assert frame.loc[f"{THING}piess-2016-2019/measure-32", "concerns district"] == (
        "Sarrià-Sant Gervasi; Horta-Guinardó; Nou Barris"
    )


def test_columns_are_never_alike_and_texts_are_those_of_the_reader() -> None:
    store = Store()
    store.load(SOME.encode(), RdfFormat.TURTLE)
    frame = Graph(store, "en", list).frame("urn:C")
    assert [*frame.columns] == ["label", "n", "n <urn:q/n>", "type", "urn:r"]
    assert [*frame["label"]] == ["One", "Dos"]
    assert [*frame["n"]] == [1.5, 2.5]
    assert frame["n <urn:q/n>"]["urn:a"] == "x; y"
    assert frame["urn:r"]["urn:b"] == "One"


def test_a_class_of_which_there_is_nothing_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="nothing is a <urn:Ship>"):
        open_graph().frame("urn:Ship")


def test_without_pandas_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SettingError, match="data frames need pandas"):
        open_graph().frame("Measure")
