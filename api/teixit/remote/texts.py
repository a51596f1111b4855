"""A client's query on its way to another server: checked, bound and made to stand alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Store

from teixit import binding, queries, tokens
from teixit.errors import QueryError, RefusedError
from teixit.queries import Term

#: What stands before the query form (SPARQL 1.1 Query, rules 4 to 6), and the form.
_OPENING: Final = re.compile(
    r"""
      (?: \s++ | \#[^\n\r]*+ | prefix \s++ [^\s:<]*+: \s*+ <[^>]*+>
        | (?P<base> base \s*+ <[^>]*+> ) )*+
      (?P<form> select | ask | construct | describe ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: By section 19.2 these may be read before anything else, and by many servers are: then a
#: string that hides one is no string any more.
_HIDDEN: Final = re.compile(r"\\(?:u00|U000000)[0-7][0-9A-Fa-f]")
_UNKNOWN: Final = re.compile(r"The custom function <([^>]*)> is not supported")
#: Schemes of IRIs by which some servers run code of theirs: stored procedures, built-in
#: functions of the database, classes of Java.
_CODE: Final = frozenset({"bif", "sql", "java", "javascript", "file"})
_CODE_ANYWHERE: Final = re.compile(r"<\s*(?:bif|sql|java|javascript):", re.IGNORECASE)
_FUNCTIONS: Final = 50


@dataclass(frozen=True)
class Question:
    """A query that can be sent: with its values, its base and its form, SELECT for instance.

    ``rows`` asks the same by SELECT where the form is ASK: yes is a row.
    """

    text: str
    form: str
    rows: str


def read(text: str, base: str, values: Mapping[str, Term] | None = None) -> Question:
    """Check a query by our own engine, and make it stand alone.

    So errors of syntax are told alike for every store, and nothing but a query is sent: some
    servers take an update, or words of their own before the query, where a query is expected.

    Raises:
        QueryError: It is not SPARQL, or has what other servers read otherwise than we do.
        RefusedError: It calls a function that is code of the server.
    """
    if _HIDDEN.search(text):
        raise QueryError(r"write the character itself where the query has \u00…")
    if _CODE_ANYWHERE.search(text):
        raise RefusedError("functions of the server itself are refused")
    opening = _OPENING.match(text)
    form = opening["form"].upper() if opening else ""
    bound = binding.bound(text, form, values) if values else text
    rows = _rows(bound, opening.span("form")) if opening and form == "ASK" else bound
    _check(bound, rows, base)
    if not opening:
        raise QueryError("expected SELECT, ASK, CONSTRUCT or DESCRIBE after the prologue")
    own = "" if opening["base"] else f"BASE {NamedNode(base)}\n"
    return Question(own + bound, form, own + rows)


def _rows(text: str, ask: tuple[int, int]) -> str:
    """Ask for one row in place of yes; where the query orders or groups, for all of them.

    By ``*`` where that can stand: without any variable, Virtuoso reads no graph that is named.
    """
    scanned = tokens.scan(text)
    whole = "{" in scanned.words and scanned.partners[-1] == scanned.words.index("{")
    select, most = ("SELECT *", "\nLIMIT 1") if whole else ("SELECT (1 AS ?teixit)", "")
    return f"{text[: ask[0]]}{select}{text[ask[1] :]}{most}"


def _check(text: str, rows: str, base: str) -> None:
    """Have our engine plan the query over nothing; it calls no one, since no row is drawn."""
    known: dict[NamedNode, object] = {}
    for _ in range(_FUNCTIONS):
        try:
            with queries.client_to_blame(text):
                Store().query(rows, base_iri=base, custom_functions=known)  # type: ignore[arg-type]
        except QueryError as error:
            function = _UNKNOWN.search(str(error))
            if function is None:
                raise
            if urlsplit(function[1]).scheme.lower() in _CODE:
                raise RefusedError("functions of the server itself are refused") from None
            known[NamedNode(function[1])] = _nothing
        else:
            return
    raise QueryError(f"more than {_FUNCTIONS} functions that SPARQL does not have")


def _nothing(*_: object) -> None:  # pragma: no cover - planned, never called
    """Stand for a function of the server."""
