"""Programs that reproduce an answer: with the query and the endpoint, quoted as each wants it."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

#: A longer query, in characters, is read from a file.
LONGEST: Final = 8000
_FILE: Final = "query.rq"
_MEDIA_TYPES: Final = {
    "table": "text/csv",
    "truth": "application/sparql-results+json",
    "graph": "text/turtle",
}
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Snippet:
    """A program: what it is written in, and its text."""

    name: str
    text: str


def of(
    query: str, endpoint: str, form: str, graphs: Mapping[str, Sequence[str]] | None = None
) -> Sequence[Snippet]:
    """Write the programs.

    Args:
        query: Its text; the ends of its lines become line feeds.
        endpoint: The address.
        form: ``table``, ``truth`` or ``graph``.
        graphs: The fields of the request that say which graphs are asked.
    """
    text, pairs = query.replace("\r\n", "\n"), _pairs(graphs or {})
    found = [
        Snippet("curl", _curl(text, endpoint, form, pairs)),
        Snippet("Python, SPARQLWrapper", _wrapper(text, endpoint, form, pairs)),
    ]
    if form == "table":
        found.append(Snippet("Python, pandas", _pandas(text, endpoint, pairs)))
        found.append(Snippet("R", _r(text, endpoint, pairs)))
    return found


def is_long(query: str) -> bool:
    """Say whether the programs read the query from a file."""
    return len(query) > LONGEST


def in_python(text: str) -> str:
    """Quote *text* for Python 3: over several lines where it has several."""
    escaped = _CONTROL.sub(_code, text.replace("\\", "\\\\"))
    if "\n" in text:
        is_plain = '"""' not in text and not text.endswith('"')
        return f'"""{escaped if is_plain else _quoted(escaped)}"""'
    return f'"{_quoted(escaped)}"'


def in_r(text: str) -> str:
    """Quote *text* for R, where a string may have several lines."""
    escaped = _CONTROL.sub(_code, text.replace("\\", "\\\\"))
    return f'"{_quoted(escaped)}"'


def in_shell(text: str) -> str:
    """Quote *text* for a shell of POSIX."""
    return shlex.quote(text)


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _quoted(text: str) -> str:
    return text.replace('"', '\\"')


def _pairs(graphs: Mapping[str, Sequence[str]]) -> Sequence[tuple[str, str]]:
    return [(name, graph) for name, found in graphs.items() for graph in found]


def _curl(query: str, endpoint: str, form: str, pairs: Sequence[tuple[str, str]]) -> str:
    asked = f"query@{_FILE}" if is_long(query) else in_shell(f"query={query}")
    lines = [
        f"curl -sS {in_shell(endpoint)}",
        f"-H {in_shell(f'Accept: {_MEDIA_TYPES[form]}')}",
        *(f"--data-urlencode {in_shell(f'{name}={value}')}" for name, value in pairs),
        f"--data-urlencode {asked}",
    ]
    return " \\\n  ".join(lines)


def _wrapper(query: str, endpoint: str, form: str, pairs: Sequence[tuple[str, str]]) -> str:
    wanted = "TURTLE" if form == "graph" else "JSON"
    shown = {
        "table": 'for row in client.queryAndConvert()["results"]["bindings"]:\n'
        '    print({name: term["value"] for name, term in row.items()})',
        "truth": 'print(client.queryAndConvert()["boolean"])',
        "graph": "print(client.queryAndConvert().decode())",
    }
    lines = [
        f"from SPARQLWrapper import {wanted}, POST, SPARQLWrapper",
        "",
        f"client = SPARQLWrapper({in_python(endpoint)}, returnFormat={wanted})",
        "client.setMethod(POST)",
        *(f"client.addParameter({in_python(name)}, {in_python(value)})" for name, value in pairs),
        f"client.setQuery({_python_query(query)})",
        shown[form],
    ]
    return "\n".join(lines)


def _pandas(query: str, endpoint: str, pairs: Sequence[tuple[str, str]]) -> str:
    more = "".join(f", ({in_python(name)}, {in_python(value)})" for name, value in pairs)
    return "\n".join(
        [
            "from urllib.parse import urlencode",
            "",
            "import pandas",
            "",
            f"query = {_python_query(query)}",
            f'fields = [("query", query), ("download", "csv"){more}]',
            f"table = pandas.read_csv({in_python(f'{endpoint}?')} + urlencode(fields))",
            "print(table)",
        ]
    )


def _r(query: str, endpoint: str, pairs: Sequence[tuple[str, str]]) -> str:
    read = f'paste(readLines("{_FILE}", encoding = "UTF-8"), collapse = "\\n")'
    fields = [("query", "query"), *((name, in_r(value)) for name, value in pairs)]
    asked = ", ".join(f'"&{name}=", URLencode({value}, reserved = TRUE)' for name, value in fields)
    return "\n".join(
        [
            f"query <- {read if is_long(query) else in_r(query)}",
            f"address <- paste0({in_r(f'{endpoint}?download=csv')}, {asked})",
            'table <- read.csv(address, encoding = "UTF-8")',
            "print(table)",
        ]
    )


def _python_query(query: str) -> str:
    if is_long(query):
        return f'open("{_FILE}", encoding="utf-8").read()'
    return in_python(query)
