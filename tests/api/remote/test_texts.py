import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from teixit.errors import QueryError, RefusedError
from teixit.remote import texts

BASE = "http://example.org/sparql"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("ask {}", "ASK"),
        (
            "# INSERT\nPREFIX a: <urn:a#>\nprefix : <urn:b>\nConstruct WHERE { :a a a:b }",
            "CONSTRUCT",
        ),
        ("#+ title@ca: DELETE\n\nDESCRIBE <urn:a>", "DESCRIBE"),
        ("BASE <http://example.org/> PREFIX insert: <urn:insert> ASK { <a> a insert:b }", "ASK"),
    ],
)
def test_the_form_is_told_by_what_stands_after_the_prologue(text: str, form: str) -> None:
    assert texts.read(text, BASE).form == form


def test_a_query_without_a_base_gets_the_one_that_it_was_asked_at() -> None:
    assert texts.read("ASK {}", BASE).text == "BASE <http://example.org/sparql>\nASK {}"
    own = "BASE <urn:x> ASK {}"
    assert texts.read(own, BASE).text == own


def test_values_stand_in_a_block_of_data() -> None:
    values = {"s": NamedNode("urn:a"), "o": Literal('"}#\n', language="ca")}
    text = texts.read("SELECT ?s ?o { ?s ?p ?o } # end", BASE, values).text
    block = 'VALUES (?s ?o) { (<urn:a> "\\"}#\\n"@ca) }'
    assert text.endswith(f"SELECT ?s ?o {{ {block}  ?s ?p ?o }} # end")


def test_a_filter_sees_the_values() -> None:
    text = "SELECT ?own { ?s ?p ?o OPTIONAL { ?s ?q ?own FILTER (LANG(?own) = ?tag) } }"
    store = Store()
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("a", language="ca")))
    sent = texts.read(text, BASE, {"tag": Literal("ca")}).text
    assert [row["own"] for row in store.query(sent)] == [Literal("a", language="ca")]


def test_the_pattern_is_told_from_that_of_an_expression() -> None:
    asked = "SELECT ?s (EXISTS { ?s ?p 1 } AS ?one) { ?s ?p ?o }"
    text = texts.read(asked, BASE, {"s": NamedNode("urn:a")}).text
    assert text.endswith(" AS ?one) { VALUES (?s) { (<urn:a>) }  ?s ?p ?o }")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("ASK { ?s ?p ?o }", "ASK { VALUES (?s) { (<urn:a>) }  ?s ?p ?o }"),
        (
            "CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } FROM <urn:g> WHERE { VALUES (?s) { (<urn:a>) }  ?s ?p ?o }",
        ),
        (
            "CONSTRUCT WHERE { ?s ?p ?o }",
            "CONSTRUCT WHERE { ?s ?p ?o }\nVALUES (?s) { (<urn:a>) }",
        ),
        ("DESCRIBE ?s", "DESCRIBE ?s\nVALUES (?s) { (<urn:a>) }"),
    ],
)
def test_values_stand_in_the_pattern_where_there_is_one(text: str, bound: str) -> None:
    sent = texts.read(text, BASE, {"s": NamedNode("urn:a")}).text
    assert sent.partition("\n")[2] == bound


def test_a_blank_node_is_no_value() -> None:
    with pytest.raises(QueryError, match="a blank node is known to one server only"):
        texts.read("SELECT ?s { ?s ?p ?o }", BASE, {"s": BlankNode("a")})


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "define sql:log-enable 3 ASK {}",
        "ASK {} ; DROP ALL",
        "SELECT * { ?s ?p }",
        "",
    ],
)
def test_only_queries_are_sent(text: str) -> None:
    with pytest.raises(QueryError, match="not SPARQL"):
        texts.read(text, BASE)


@pytest.mark.parametrize(
    "escape", ["\\u0022", "\\U00000022", "\\u0007", "\\\\\\u0022", "\\u000A", "\\u005c"]
)
def test_what_may_end_a_string_before_it_is_read_is_refused(escape: str) -> None:
    text = f'SELECT ("{escape} }} SERVICE <http://127.0.0.1/> {{ ?s ?p ?o }} #" AS ?x) {{}}'
    with pytest.raises(QueryError, match="write the character itself"):
        texts.read(text, BASE)


def test_letters_may_be_escaped() -> None:
    assert "\\u00e9" in texts.read('SELECT ("\\u00e9" AS ?x) {}', BASE).text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (<bif:sys_stat>('st_dbms_name') AS ?x) {}",
        "PREFIX sql: <sql:> SELECT (sql:any() AS ?x) {}",
        "PREFIX j: <JAVA:java.lang.> ASK { FILTER (j:System()) }",
        "SELECT * { ?s <bif:contains> 'a' }",
        "BASE <bif:> SELECT (<dbname>() AS ?x) {}",
        "PREFIX f: <file:///> SELECT (f:a() AS ?x) {}",
    ],
)
def test_code_of_the_server_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="functions of the server itself"):
        texts.read(text, BASE)


def test_functions_of_others_are_left_to_the_server() -> None:
    text = "ASK { FILTER (<http://example.org/f>(1) || <http://example.org/g>(2)) }"
    assert texts.read(text, BASE).text.endswith(text)


def test_too_many_functions_are_refused() -> None:
    calls = " || ".join(f"<http://example.org/{number}>(1)" for number in range(60))
    with pytest.raises(QueryError, match="more than 50 functions"):
        texts.read(f"ASK {{ FILTER ({calls}) }}", BASE)


def test_a_check_calls_no_other_server() -> None:
    for form in ("ASK", "SELECT *", "CONSTRUCT { ?s ?p ?o }", "DESCRIBE ?s"):
        text = f"{form} {{ SERVICE <http://192.0.2.1/> {{ ?s ?p ?o }} }}"
        assert texts.read(text, BASE).form == form.split()[0]


def test_a_form_that_is_not_seen_is_told() -> None:
    with pytest.raises(QueryError, match="expected SELECT, ASK, CONSTRUCT or DESCRIBE after"):
        texts.read('VERSION "1.2" SELECT * {}', BASE)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("ASK { { } } # end", "SELECT * { { } } # end\nLIMIT 1"),
        ("ASK { } LIMIT 2", "SELECT (1 AS ?teixit) { } LIMIT 2"),
        ("ASK { } VALUES () { }", "SELECT (1 AS ?teixit) { } VALUES () { }"),
        ("SELECT * {}", "SELECT * {}"),
    ],
)
def test_yes_can_be_asked_for_as_a_row(text: str, rows: str) -> None:
    assert texts.read(f"BASE <urn:x> {text}", BASE).rows == f"BASE <urn:x> {rows}"


def test_a_form_may_have_groups_and_order() -> None:
    text = "ASK { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) > 1) ORDER BY ?s LIMIT 1"
    assert texts.read(text, BASE).form == "ASK"
