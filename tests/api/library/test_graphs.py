import gc
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from teixit import open_graph, queries
from teixit.errors import KnowledgeError, NotFoundError, QueryError
from teixit.library import Graph
from teixit.library.naming import iri_of


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph(language="en")


def test_all_questions_are_there(graph: Graph) -> None:
    assert [*graph.questions] == [query.name for query in queries.catalogue()]
    name = next(iter(graph.questions))
    assert graph.question(name) == graph.questions[name]


def test_a_question_that_is_not_there_says_which_are(graph: Graph) -> None:
    with pytest.raises(KnowledgeError, match="no question 'xyzzy'; there are: cq01"):
        graph.answer("xyzzy")


def test_parameters_that_a_question_does_not_have_are_refused(graph: Graph) -> None:
    with pytest.raises(QueryError, match="district: no such parameter; expected none"):
        graph.answer("cq01-measures-of-the-line", district="id:district-03")
    with pytest.raises(QueryError, match="year: '1999' is not here; expected one of 2016"):
        graph.answer("cq56-what-happens-in-a-year", year=1999)


def test_a_parameter_is_a_name_an_iri_a_number_or_a_term(graph: Graph) -> None:
    name = "cq55-what-touches-a-district"
    given = ("district-03", "id:district-03", NamedNode(iri_of("district-03")))
    answers = [[*graph.answer(name, district=one)] for one in given]
    assert answers[0]
    assert answers[1:] == answers[:1] * 2


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("ASK { ?x a <urn:nothing> }", [{"answer": False}]),
        ("SELECT ?x ?y { VALUES ?x { 1 } }", [{"x": 1, "y": None}]),
        (
            "CONSTRUCT { <urn:a> <urn:b> 2.5 } {}",
            [{"subject": "urn:a", "predicate": "urn:b", "object": Decimal("2.5")}],
        ),
    ],
)
def test_each_form_of_a_query_gives_rows(graph: Graph, text: str, rows: object) -> None:
    assert [*graph.query(text)] == rows


def test_what_is_no_query_says_where(graph: Graph) -> None:
    with pytest.raises(QueryError, match="line 1, column 15"):
        graph.query("SELECT nothing")


def test_a_search_is_for_a_reader_and_a_kind(graph: Graph) -> None:
    (district,) = graph.search("montjuic", kind="district")
    assert (district.iri[-11:], district.label) == ("district-03", "Sants-Montjuïc")
    theme = graph.search("intercooperació", language="es", kind="theme", most=1)[0]
    assert theme.label == "intercooperación"
    assert theme.text
    assert theme.text.startswith("Colaboración")
    assert [*graph.search("  ")] == []
    assert graph.search("xyzzyx") == []
    with pytest.raises(NotFoundError, match="'ship': expected one of project, measure"):
        graph.search("coopolis", kind="ship")


def test_a_graph_takes_its_index_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    graph = open_graph()
    assert graph.search("coopolis")
    assert [*tmp_path.iterdir()]
    del graph
    gc.collect()
    assert [*tmp_path.iterdir()] == []
