"""Who says what a row says, in words."""

from collections.abc import Callable

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
)

from teixit import binding, engine, parameters, paths, queries, reasons
from teixit.explorer.views import Cell
from teixit.explorer.wording import Wording
from teixit.languages import LANGUAGES
from teixit.namespaces import expand
from teixit.queries import Query, Remote, Term
from teixit.reasons.saying import GROUNDS, STATEMENTS, Who
from teixit.web.texts import foreign_names, messages

PREFIX = "PREFIX : <http://one.example/>\n"
#: It asks whether there is such a measure, and there is none.
IDLE = "cq07-measure-with-an-idle-year"
#: The parts of questions that no passage can stand behind: conditions that something is not there,
#: parts that give the first row nothing, and ways from a thing to itself.
UNTRACED = {"absence", "condition", "unbound", "itself"}


def wording(language: str) -> Wording:
    return Wording(language, messages(language), foreign_names())


def asked(store: Store | Remote, text: str, language: str = "en", **row: Term) -> Who:
    return reasons.who(store, PREFIX + text, row, wording(language))


def asked_as_kept(store: Store, query: Query) -> str:
    """The question as its kept answer is asked."""
    form = "ASK" if query.name == IDLE else "SELECT"
    values = parameters.examples(query, store)
    return binding.bound(query.text, form, values) if values else query.text


def first_row(store: Store, text: str) -> dict[str, Term]:
    found = engine.query(store, text)
    if not isinstance(found, QuerySolutions):
        return {}
    names = [variable.value for variable in found.variables]
    row = next(found)
    return {name: row[name] for name in names if row[name] is not None}


@pytest.mark.parametrize(
    "query", [*queries.catalogue(paths.QUESTIONS)], ids=lambda query: query.name
)
def test_behind_the_first_row_of_each_question_somebody_says_each_part(
    store: Store, query: Query
) -> None:
    text = asked_as_kept(store, query)
    found = reasons.who(store, text, first_row(store, text), wording("ca"))
    assert found.behind
    for one in found.behind:
        assert one.reason is None or (one.reason in UNTRACED and one.told), one.pattern
        assert all(statement.sources for statement in one.statements), one.pattern
    if (
        query.name != "cq07-measure-with-an-idle-year"
    ):  # it asks whether there is one: there is none
        assert any(one.statements for one in found.behind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_is_told_in_words_with_its_sentence(store: Store, language: str) -> None:
    text = "SELECT * { ?project a <https://w3id.org/teixit/def#FlagshipProject> }"
    project = NamedNode("https://w3id.org/teixit/id/project-can-pico")
    found = asked(store, text, language, project=project)
    [(name, cell)] = found.row
    assert (name, cell.text, cell.address) == (
        "project",
        "Can Picó",
        f"/{language}/about/project-can-pico",
    )
    [statement] = found.behind[0].statements
    assert statement.subject.text == "Can Picó"
    assert statement.object.address is None  # a term of ours has no page of the explorer
    assert "Can Picó" in (statement.sources[0].evidence.sentence or "")
    assert statement.sources[0].evidence.address.startswith(f"/{language}/text/")
    [table] = found.tables
    assert len(table.rows) == len(statement.sources)


def test_a_conclusion_is_told_with_its_grounds(small: Store) -> None:
    [behind] = asked(small, "SELECT * { :b :name ?n }").behind
    [source] = behind.statements[0].sources
    assert (source.evidence.voice, source.evidence.name) == ("conclusion", "Conclusion")
    assert [ground.name for ground in source.grounds] == ["Passage", "http://one.example/g3"]
    assert [ground.voice for ground in source.grounds] == ["passage", "record"]


def test_no_more_grounds_are_told_than_are_read() -> None:
    graph, ground = NamedNode("urn:g"), NamedNode(expand("prov:wasDerivedFrom"))
    kind, conclusion = NamedNode(expand("rdf:type")), NamedNode(expand("teixit:Conclusion"))
    store = Store()
    for name in (graph, DefaultGraph()):
        store.add(Quad(graph, kind, conclusion, name))
        for number in range(99):
            store.add(Quad(graph, ground, NamedNode(f"urn:{number}"), name))
    [behind] = asked(store, "SELECT * { <urn:g> a ?kind }").behind
    assert len(behind.statements[0].sources[0].grounds) == GROUNDS


def test_only_the_graphs_that_are_asked_are_told(small: Store) -> None:
    text = "{ :a :knows ?o }"
    everybody = asked(small, "SELECT * " + text).behind[0].statements[0].sources
    assert len(everybody) == 2
    for graph, name in (("g1", "Passage"), ("g2", "Conclusion")):
        merged = (
            asked(small, " ".join(("SELECT * FROM", f":{graph}", text)))
            .behind[0]
            .statements[0]
            .sources
        )
        within = asked(small, f"SELECT * {{ GRAPH :{graph} {text} }}")
        assert [source.evidence.name for source in merged] == [name]
        assert within.behind[0].statements[0].sources == merged


def test_what_no_graph_says_is_told_without_a_source() -> None:
    store = Store()
    store.add(Quad(*(NamedNode(f"http://one.example/{name}") for name in ("s", "p", "o"))))
    [behind] = asked(store, "SELECT * { ?s :p ?o }").behind
    assert [statement.sources for statement in behind.statements] == [[]]


def test_what_has_no_name_is_not_told_of() -> None:
    """A graph without a name, a way through a thing without one, a triple that is a term."""
    store = Store()
    store.load(
        b"""<urn:s> <urn:p> <urn:o> _:graph .
        <urn:s> <urn:p> <urn:o> .
        <urn:a> <urn:q> _:b .
        _:b <urn:q> <urn:c> .
        <urn:a> <urn:says> <<( <urn:s> <urn:p> <urn:o> )>> .""",
        RdfFormat.N_QUADS,
    )
    [behind] = asked(store, "SELECT * { <urn:s> <urn:p> ?o }").behind
    assert [statement.sources for statement in behind.statements] == [[]]
    [way] = asked(store, "SELECT * { <urn:a> <urn:q>+ <urn:c> }").behind
    [term] = asked(store, "SELECT * { <urn:a> <urn:says> ?o }").behind
    assert (way.reason, term.reason) == ("unnamed", "unnamed")


def test_more_statements_than_are_read_are_not_told() -> None:
    store = Store()
    knows, likes = (NamedNode(f"http://one.example/{name}") for name in ("knows", "likes"))
    for number in range(STATEMENTS):
        one, other = (NamedNode(f"urn:{name}") for name in (number, number + 1))
        store.add(Quad(one, knows, other))
    store.add(Quad(other, likes, other))
    found = asked(store, "SELECT * { <urn:0> :knows+ ?x . ?x :likes ?x }")
    assert [(len(one.statements), one.reason) for one in found.behind] == [
        (STATEMENTS, None),
        (0, "spent"),
    ]


def test_terms_without_names_are_told_as_they_are(small: Store) -> None:
    row: dict[str, Term] = {
        "s": NamedNode("http://one.example/a"),
        "n": Literal("Anna", language="ca"),
    }
    found = asked(small, "SELECT * { ?s :name ?n }", **row)
    assert [cell for _, cell in found.row] == [
        Cell("http://one.example/a", "http://one.example/a"),
        Cell("Anna"),
    ]
    blank = asked(small, "SELECT * { ?s :likes ?n }", n=BlankNode("b"))
    assert blank.row[0][1].text == "_:b"
    assert (blank.behind[0].reason, blank.summary) == ("unnamed", messages("en")["who.nothing"])


def test_a_graph_behind_another_server_is_asked_in_the_same_way(
    small: Store, elsewhere: Callable[[Store], Remote]
) -> None:
    text = "SELECT * { ?s :knows+ ?o }"
    row = {"s": NamedNode("http://one.example/a"), "o": NamedNode("http://one.example/c")}
    assert asked(elsewhere(small), text, **row) == asked(small, text, **row)
