"""The programs run, and find what the page shows; whatever the query holds is quoted."""

import ast
import re
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teixit.web import snippets

HOSTILE = "'''\"\"\"\\n\\$HOME`id`${x}\n\r\t%@&#;|<>!~\\\\ '\\'' \"\\\"\" é€😀"
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
ROWS = r"""
# '"${HOME}" `x` \
SELECT ?a ("it's \"\\ $x `y` '''" AS ?b) ?c {
  VALUES ?a { '''one
two''' "3" } BIND(STRLEN(?a) AS ?c) } ORDER BY ?a"""
OTHERS = ("ASK { <urn:m> ?p ?o }", "CONSTRUCT { <urn:a> <urn:b> 'c' } {}")


@given(TEXTS)
@example(HOSTILE)
@example('ends with "')
@example('"""\n')
def test_python_reads_what_was_quoted(text: str) -> None:
    quoted = snippets.in_python(text)
    assert ast.literal_eval(quoted) == text


@given(TEXTS)
@example(HOSTILE)
def test_r_reads_what_was_quoted(text: str) -> None:
    """As `?Quotes` of R has it: there is no R where the tests run."""
    quoted = snippets.in_r(text)
    assert (quoted[0], quoted[-1]) == ('"', '"')
    inner = quoted[1:-1]
    tokens = re.findall(r"\\u[0-9a-f]{4}|\\[\\\"]|[^\\\"]", inner, re.DOTALL)
    assert "".join(tokens) == inner
    read = (chr(int(token[-4:], 16)) if token.startswith("\\u") else token[-1] for token in tokens)
    assert "".join(read) == text


def test_a_shell_reads_what_was_quoted() -> None:
    done = subprocess.run(
        ["sh", "-c", f"printf %s {snippets.in_shell(HOSTILE)}"], capture_output=True, check=True
    )
    assert done.stdout.decode() == HOSTILE


def run(snippet: snippets.Snippet) -> str:
    command = ["sh", "-c"] if snippet.name == "curl" else [sys.executable, "-W", "error", "-c"]
    done = subprocess.run([*command, snippet.text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_programs_find_the_rows(service) -> None:
    graphs = {"default-graph-uri": ["urn:none"]}
    curl, wrapper, pandas, r = snippets.of(ROWS, f"{service.address}/sparql", "table", graphs)
    assert run(curl).startswith('a,b,c\n3,"it\'s ""\\ $x `y` \'\'\'",1\n"one\ntwo",')
    assert run(wrapper).splitlines()[1] == str(
        {"a": "one\ntwo", "b": "it's \"\\ $x `y` '''", "c": "7"}
    )
    assert "3  it's \"\\ $x `y` '''  1" in run(pandas)
    assert "&default-graph-uri=" in r.text


@pytest.mark.parametrize(("query", "form"), [*zip(OTHERS, ("truth", "graph"), strict=True)])
def test_yes_no_and_graphs_are_found_too(service, query: str, form: str) -> None:
    found = snippets.of(query, f"{service.address}/sparql", form)
    words = {"truth": ("true", "True"), "graph": ("<urn:b>", "<urn:b>")}[form]
    assert [word in run(snippet) for word, snippet in zip(words, found, strict=True)] == [True] * 2


def test_the_graphs_of_the_request_are_asked(service) -> None:
    graphs = {"default-graph-uri": ["urn:g:one"]}
    query = "SELECT ?o { <urn:s> ?p ?o }"
    for snippet in snippets.of(query, f"{service.address}/sparql", "table", graphs)[:2]:
        found = run(snippet)
        assert "one" in found
        assert "two" not in found


def test_a_long_query_is_read_from_a_file() -> None:
    long = "#" * (snippets.LONGEST + 1)
    assert snippets.is_long(long)
    for snippet in snippets.of(long, "https://x.example/sparql", "table"):
        assert "query.rq" in snippet.text
        assert long not in snippet.text
