"""The questions stand in the graph as they stand in their files, where editors look for them."""

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from teixit import namespaces, parameters, paths, queries
from teixit.catalogue import questions
from teixit.errors import KnowledgeError

TITLES = "#+ title@ca: Què?\n#+ title@es: ¿Qué?\n#+ title@en: What?\n"
#: As the editor of the Swiss Institute of Bioinformatics looks for examples and prefixes.
EXAMPLES = """
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX sh: <http://www.w3.org/ns/shacl#>
    SELECT ?name ?comment ?query {
      ?name a sh:SPARQLExecutable ; rdfs:comment ?comment ;
        sh:select|sh:ask|sh:construct|sh:describe ?query
    } ORDER BY ?name
"""
PREFIXES = """
    PREFIX sh: <http://www.w3.org/ns/shacl#>
    SELECT DISTINCT ?prefix ?iri { [] sh:namespace ?iri ; sh:prefix ?prefix }
"""
INPUTS = """
    PREFIX schema: <http://schema.org/>
    SELECT ?name ?place ?wanted { ?name schema:urlTemplate ?place ; schema:valueName ?wanted }
"""


def rows(store: Store, query: str) -> list[list[str]]:
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    return [[str(term.value) for term in solution] for solution in solutions]


def test_the_committed_questions_are_fresh() -> None:
    committed = questions.FILE.read_text("utf-8")
    assert committed == questions.describe(), "not what the questions give: run `make data`"


def test_an_editor_finds_every_question_once_and_its_query_answers(store: Store) -> None:
    found = rows(store, EXAMPLES)
    names = [query.name for query in queries.catalogue()]
    assert [name for name, _, _ in found] == [namespaces.thing("question", n) for n in names]
    for (_, comment, text), query in zip(found, queries.catalogue(), strict=True):
        assert comment.startswith(query.title["en"])
        given = queries.evaluate(store, text)
        kept = query.results(store, **parameters.examples(query, store))
        assert queries.serialise(given, "csv") == queries.serialise(kept, "csv")


def test_a_question_with_parameters_has_an_address_to_fill_in(store: Store) -> None:
    found = rows(store, INPUTS)
    asked = {query.name: query for query in queries.catalogue() if query.parameters}
    assert {name.rpartition("question-")[2] for name, _, _ in found} == asked.keys()
    for name, place, wanted in found:
        (key,) = asked[name.rpartition("question-")[2]].parameters
        assert place.endswith(f".csv{{?{key}}}")
        assert wanted == key


def test_an_editor_finds_every_prefix(store: Store) -> None:
    assert dict(rows(store, PREFIXES)) == dict(namespaces.PREFIXES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{TITLES}#+ about: plan\nDESCRIBE <x>", "wrong: expected a line that begins SELECT"),
        (f"{TITLES}#+ about: weather\nASK {{}}", "wrong: about weather, expected evidence, plan"),
    ],
)
def test_a_wrong_question_is_told(
    text: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "wrong.rq").write_text(text, "utf-8")
    monkeypatch.setattr(paths, "QUESTIONS", tmp_path)
    with pytest.raises(KnowledgeError, match=said):
        questions.describe()
