"""The competency questions: well formed, answered, and answered alike by two engines."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store
from rdflib import Dataset
from rdflib.util import from_n3

from teixit import binding, namespaces, parameters, paths, queries
from teixit.queries import Query, Term

QUESTIONS = list(queries.catalogue())
MODULES = {"plan", "territory", "projects", "progress", "evidence"}
QUERY_LINES = 40
#: Asked for, since it would be the closest match, though nothing matches so closely.
NOT_IN_THE_GRAPH = {"skos:exactMatch"}

WITH_PARAMETERS = [question for question in QUESTIONS if question.parameters]

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda query: query.name)


def answer_file(question: Query) -> Path:
    return paths.QUESTIONS / f"{question.name}.csv"


def body(question: Query) -> str:
    """The query without its header and its prefixes."""
    return "\n".join(
        line for line in question.text.splitlines() if not line.startswith(("#+", "PREFIX "))
    ).strip()


def names(question: Query) -> list[str]:
    """The prefixed names of the query, and its prefixes where they stand alone."""
    bare = re.sub(r'"[^"]*"|<[^>]*>|#.*', "", body(question))
    return re.findall(r"\b[a-z0-9]+:[\w-]*", bare)


def own_terms(question: Query) -> set[str]:
    prefix, skip = "teixit:", len("teixit:")
    return {name[skip:] for name in names(question) if name.startswith(prefix)} - {""}


def values(question: Query, store: Store) -> Mapping[str, Term]:
    return parameters.examples(question, store)


def rows(question: Query, store: Store) -> list[tuple[str, ...]]:
    results = question.results(store, **values(question, store))
    if isinstance(results, QueryBoolean):
        return [(str(bool(results)).lower(),)]
    assert isinstance(results, QuerySolutions)
    return [tuple(getattr(term, "value", "") for term in solution) for solution in results]


@pytest.fixture(scope="module")
def second_engine(store: Store) -> Dataset:
    """The same graphs in rdflib, which shares no code with the engine that we use."""
    dataset = Dataset(default_union=True)
    for name in store.named_graphs():
        assert isinstance(name, NamedNode)
        triples = store.dump(format=RdfFormat.N_TRIPLES, from_graph=name)
        dataset.graph(name.value).parse(data=triples, format="nt")
    return dataset


def test_every_question_has_an_answer_and_every_answer_a_question() -> None:
    answers = {file.stem for file in paths.QUESTIONS.glob("*.csv")}
    assert answers == {question.name for question in QUESTIONS}


def test_questions_are_numbered_without_a_gap() -> None:
    numbers = [re.fullmatch(r"cq(\d\d)(-[a-z0-9]+)+", question.name) for question in QUESTIONS]
    assert [int(number[1]) for number in numbers if number] == list(range(1, len(QUESTIONS) + 1))


@every_question
def test_answer_is_the_one_kept(question: Query, store: Store) -> None:
    kept = answer_file(question).read_bytes().decode("utf-8")
    found = question.results(store, **values(question, store))
    assert queries.serialise(found, "csv") == kept


@every_question
def test_answer_says_something(question: Query) -> None:
    text = answer_file(question).read_bytes().decode("utf-8")
    assert "\r" not in text
    table = list(csv.reader(StringIO(text)))
    if body(question).startswith("ASK"):
        assert table in ([["true"]], [["false"]])
    else:
        assert len(table) > 1
        assert {len(row) for row in table} == {len(table[0])}


@every_question
def test_no_row_is_given_twice(question: Query, store: Store) -> None:
    assert Counter(rows(question, store)).most_common(1)[0][1] == 1


@every_question
def test_title_is_a_question_in_every_language(question: Query) -> None:
    assert all(title.endswith("?") for title in question.title.values())
    assert question.title["es"].startswith("¿")
    assert len(set(question.title.values())) == len(question.title)


def test_no_two_questions_have_the_same_title() -> None:
    titles = [title for question in QUESTIONS for title in question.title.values()]
    assert len(titles) == len(set(titles))


@every_question
def test_question_names_the_modules_that_it_is_about(question: Query) -> None:
    assert question.about
    assert set(question.about) <= MODULES
    assert all((paths.ONTOLOGY / f"{module}.ttl").is_file() for module in question.about)


@every_question
def test_prefixes_are_ours_sorted_and_all_used(question: Query) -> None:
    declared = re.findall(r"^PREFIX (\w+): <(.+)>$", question.text, re.MULTILINE)
    used = sorted({name.partition(":")[0] for name in names(question)})
    assert declared == [(prefix, namespaces.PREFIXES[prefix]) for prefix in used]


@every_question
def test_query_is_short_and_a_select_is_ordered(question: Query) -> None:
    lines = body(question).splitlines()
    assert len(lines) <= QUERY_LINES
    assert lines[0].startswith("ASK") or lines[-1].startswith("ORDER BY")


@every_question
def test_every_name_in_the_query_is_known(question: Query, store: Store) -> None:
    assert own_terms(question) <= namespaces.TERMS
    for name in set(names(question)) - NOT_IN_THE_GRAPH:
        prefix, _, local_name = name.partition(":")
        if local_name and prefix != "xsd":
            node = NamedNode(namespaces.expand(name))
            places = f"{{ {node} ?p ?o }} UNION {{ ?s {node} ?o }} UNION {{ ?s ?p {node} }}"
            assert store.query(f"ASK {{ {places} }}"), name


@pytest.mark.parametrize("term", sorted(namespaces.TERMS))
def test_some_question_needs_the_term(term: str) -> None:
    assert any(term in own_terms(question) for question in QUESTIONS)


# rdflib itself calls what it has deprecated.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@every_question
def test_a_second_engine_answers_alike(
    question: Query, store: Store, second_engine: Dataset
) -> None:
    given = {name: from_n3(str(term)) for name, term in values(question, store).items()}
    found = second_engine.query(question.text, initBindings=given)
    if found.type == "ASK":
        answer = [(str(found.askAnswer).lower(),)]
    else:
        answer = [tuple("" if term is None else str(term) for term in row) for row in found]
    # In the same order too: so the order is that of the query, not of the engine.
    assert answer == rows(question, store)


@pytest.mark.parametrize("question", WITH_PARAMETERS, ids=lambda query: query.name)
def test_every_value_of_a_list_has_its_names_and_can_be_asked_for(
    question: Query, store: Store
) -> None:
    for one in parameters.of(question, store):
        for choice in (one.choices or {}).values():
            assert choice.names.keys() == {"ca", "es", "en"}
            found = question.results(store, **{one.name: choice.term})
            assert isinstance(found, QuerySolutions)
            assert one.name in {variable.value for variable in found.variables}
            # What a binding gives is what a block of data in the text gives.
            text = binding.bound(question.text, "SELECT", {one.name: choice.term})
            same = queries.serialise(queries.evaluate(store, text), "csv")
            assert queries.serialise(found, "csv") == same
