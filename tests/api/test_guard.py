import pytest

from teixit import guard
from teixit.errors import RefusedError

ELSEWHERE = "<http://elsewhere.example/sparql>"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent {ELSEWHERE}{{ ?s ?p ?o }} }}",
        "SELECT * { VALUES ?u { <urn:x> } SERVICE ?u { ?s ?p ?o } }",
        "PREFIX : <urn:x:> ASK { SERVICE:a {} }",
        "PREFIX x: <urn:x:> ASK { SERVICEx:a {} }",
        f"ASK {{ ?s ?p 1SERVICE {ELSEWHERE} {{}} }}",
        f"ASK {{ SERVICE # where?\n {ELSEWHERE} {{}} }}",
        f"ASK {{ ?s ?p x:a\\# SERVICE {ELSEWHERE} {{}} }}",
        "ASK { FILTER(?a<?b)SERVICE?u#>\n{ ?s ?p ?o } }",
        f"ASK {{ FILTER('a'<'x>') SERVICE {ELSEWHERE} {{}} FILTER('y'='y') }}",
        f"ASK {{ FILTER(1<#>'''\n2) SERVICE {ELSEWHERE} {{}} #'''\n }}",
        f"ASK {{ SERVICE <{'x' * 500}> {{}} }}",
    ],
)
def test_a_call_to_another_server_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(RefusedError, match="SERVICE is refused"):
        guard.refuse_federation(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?x { ?service ?p ?x }",
        "SELECT * { ?s a <http://other.example/service#Thing> }",
        "PREFIX service: <urn:x:> SELECT * { ?s service:of ?o }",
        "PREFIX x: <urn:x:> SELECT * { ?s x:service ?o { ?o ?p ?q } }",
        "# Each service of the city\nSELECT * { ?s ?p 'a service' }",
    ],
)
def test_the_word_alone_is_not_refused(query: str) -> None:
    guard.refuse_federation(query)


def test_the_line_is_named() -> None:
    with pytest.raises(RefusedError, match=r"^line 3: "):
        guard.refuse_federation("ASK {\n\n SERVICE ?u {} }")
