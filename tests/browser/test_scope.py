"""What the editor knows of a place in a query: in which part of a triple it is, of which class."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SOURCES = Path(__file__).parents[2] / "api" / "teixit" / "web" / "editor" / "src"
#: Each query has a mark where the reader is, who has typed nothing there yet.
PROGRAM = """
const { tokens } = await import(`${process.argv[1]}/tokens.js`);
const { scopeAt } = await import(`${process.argv[1]}/scope.js`);
const { declared, writtenIn } = await import(`${process.argv[1]}/names.js`);
const told = JSON.parse(process.argv[2]).map(marked => {
  const at = marked.indexOf("^^^");
  const all = tokens(marked.replace("^^^", ""));
  const { part, subject, property, classes } = scopeAt(all, at + 1);
  return [part, subject, property, [...classes.get(subject) ?? []]];
});
const known = new Map([["t", "urn:t:"], ["u", "urn:u:"]]);
const names = JSON.parse(process.argv[3]).map(([query, name]) => {
  const { text, wanted } = writtenIn(name, declared(tokens(query)), known);
  return [text, wanted];
});
const read = JSON.parse(process.argv[4]).map(
  text => tokens(text).map(({ kind, text }) => [kind, text]));
console.log(JSON.stringify([told, names, read]));
"""
PLACES = [
    ("SELECT * { ^^^", ["subject", None, None, []]),
    ("SELECT ?x ?y { ?x a ^^^ }", ["value", "?x", "a", []]),
    ("{ ?x a t:A ; ^^^ }", ["property", "?x", None, ["t:A"]]),
    ("{ ?x ^^^ . ?x a t:A, t:B }", ["property", "?x", None, ["t:A", "t:B"]]),
    ("{ ?x t:p ^^^ }", ["value", "?x", "t:p", []]),
    ("{ ?x t:p ?y , ^^^ }", ["value", "?x", "t:p", []]),
    ("{ ?x t:p/^^^ }", ["property", "?x", None, []]),
    ("{ ?x t:p/t:q ^^^ }", ["value", "?x", "t:q", []]),
    ("{ ?x t:p/rdf:type t:A ; ^^^ }", ["property", "?x", None, []]),
    ("{ ?x t:p [ a t:A ; ^^^ ] }", ["property", "[1", None, ["t:A"]]),
    ("{ ?x t:p [ a t:A ] ; ^^^ }", ["property", "?x", None, []]),
    ("{ ?x a t:A . OPTIONAL { ?x ^^^ } }", ["property", "?x", None, ["t:A"]]),
    ("{ GRAPH ?g { ^^^ } }", ["subject", None, None, []]),
    ("{ ?x a t:A FILTER (?x = ^^^", ["expression", None, None, []]),
    ("{ FILTER (STR(?x) = 'a') ?x ^^^", ["property", "?x", None, []]),
    ("{ } ^^^", ["subject", None, None, []]),
    ("} ] ^^^", ["subject", None, None, []]),
    ("{ ?x a t:A } ORDER BY ^^^", ["expression", None, None, []]),
    ("{ ?x t:p 'a'@ca ; ^^^ # no more", ["property", "?x", None, []]),
    ("PREFIX t: <urn:t:>\nASK { <urn:x> t:p ^^^ }", ["value", "<urn:x>", "t:p", []]),
]
NAMES = [
    (["PREFIX t: <urn:t:>", "t:a"], ["t:a", None]),
    (["", "t:a"], ["t:a", "t"]),
    (["PREFIX w: <urn:t:>", "^t:a"], ["^w:a", None]),
    (["PREFIX t: <urn:other>", "t:a"], ["<urn:t:a>", None]),
    (["", "<urn:x>"], ["<urn:x>", None]),
]
READ = [
    ("a:b.c. 1.5 ?x", [["name", "a:b.c"], ["sign", "."], ["number", "1.5"], ["variable", "?x"]]),
    ("'''a\n'b'''", [["string", "'''a\n'b'''"]]),
    ('"half', [["string", '"half']]),
    ("?a<?b", [["variable", "?a"], ["sign", "<"], ["variable", "?b"]]),
    ("# <x>\n_:b", [["comment", "# <x>"], ["blank", "_:b"]]),
    ("à:é", [["name", "à:é"]]),
]


@pytest.fixture(scope="module")
def told() -> Any:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on the PATH: apt-get install npm")
    asked = [[case for case, _ in cases] for cases in (PLACES, NAMES, READ)]
    command = [node, "--input-type=module", "-e", PROGRAM, str(SOURCES), *map(json.dumps, asked)]
    return json.loads(subprocess.check_output(command, text=True))


@pytest.mark.parametrize("at", range(len(PLACES)), ids=[case for case, _ in PLACES])
def test_it_knows_where_it_is(told: Any, at: int) -> None:
    assert told[0][at] == PLACES[at][1]


def test_a_name_takes_the_prefix_that_the_query_has(told: Any) -> None:
    assert told[1] == [expected for _, expected in NAMES]


def test_a_query_is_read_as_far_as_it_is_written(told: Any) -> None:
    assert told[2] == [expected for _, expected in READ]
