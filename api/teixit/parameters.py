"""What a question with parameters can be asked about: the lists of the graph, and single values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from teixit import paths, queries
from teixit.errors import KnowledgeError, QueryError
from teixit.languages import DEFAULT
from teixit.namespaces import PREFIXES, THING
from teixit.queries import Query, Remote, Term

#: The queries that list what parameters can be: ``?value``, and ``?label`` in each language.
QUERIES: Final = paths.QUERIES / "choices"
#: The largest number that is taken for a parameter: more lines no text has.
MOST: Final = 999_999
#: How many values an error names.
_SHOWN: Final = 100

#: The terms of a row that are bound, by the names of the variables.
Row: TypeAlias = Mapping[str, Term]


@dataclass(frozen=True)
class Choice:
    """One thing that a parameter can be.

    Args:
        token: What addresses and commands call it: the local name of a thing of ours, else its
            IRI; of a literal the text.
        term: What the variable is bound to.
        names: What it is called, by language.
    """

    token: str
    term: Term
    names: Mapping[str, str]


@dataclass(frozen=True)
class Parameter:
    """A variable of a question that whoever asks it gives a value.

    Args:
        name: Of the variable.
        choices: All that it can be, by their tokens; None where it is any whole number.
        example: The token of one of them.
    """

    name: str
    choices: Mapping[str, Choice] | None
    example: str
    _terms: Mapping[str, Term] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Query, name: str, rows: Iterable[Row] = ()) -> "Parameter":
        """Read what the header of *query* says of it, and the *rows* of its list.

        Raises:
            KnowledgeError: The header says neither a list nor a type, or no example.
        """
        example = query.examples.get(name)
        if example is None or (name in query.choices) == (query.types.get(name) == "integer"):
            wanted = f"`#+ choices: {name} …` or `#+ type: {name} integer`, and `#+ example: …`"
            raise KnowledgeError(f"{query.name}: expected {wanted}")
        if name in query.types:
            return cls(name, None, example)
        choices = _choices(rows)
        terms = {getattr(one.term, "value", ""): one.term for one in choices.values()}
        return cls(name, choices, example, terms)

    def term(self, text: str) -> Term:
        """Give the term that *text* names: a token, or the whole IRI.

        Raises:
            QueryError: It names none; says which there are.
        """
        if self.choices is None:
            if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST)):
                return Literal(str(int(text)), datatype=NamedNode(f"{PREFIXES['xsd']}integer"))
        elif text in self.choices:
            return self.choices[text].term
        elif text in self._terms:
            return self._terms[text]
        raise QueryError(f"{self.name}: {text[:80]!r} is not here; expected {self.allowed}")

    @property
    def allowed(self) -> str:
        """What it can be, in English, cut where that is long."""
        if self.choices is None:
            return f"a whole number from 0 to {MOST}"
        if not self.choices:
            return "one of the things of its kind, of which this graph has none"
        named = [
            f"{one.token} ({one.names['en']})" if "en" in one.names else one.token
            for one in [*self.choices.values()][:_SHOWN]
        ]
        rest = len(self.choices) - len(named)
        return f"one of {', '.join(named)}{f' and {rest} more' if rest else ''}"


def names(query: Query) -> Sequence[str]:
    """Name the parameters of *query*, in the order of its header."""
    return sorted(query.parameters, key=[*query.choices, *query.types].index)


def lists(query: Query) -> Mapping[str, Query]:
    """Give the query that lists what each parameter of *query* can be, where there is one.

    Raises:
        KnowledgeError: There is no query of that name.
    """
    return {name: queries.named(kind, QUERIES) for name, kind in query.choices.items()}


def of(query: Query, store: Store | Remote) -> Sequence[Parameter]:
    """Ask *store* what the parameters of *query* can be.

    Raises:
        KnowledgeError: The header of the query is wrong.
        RequestError: The workers or the other server cannot say.
    """
    listed = lists(query)
    return [
        Parameter.of(query, name, listed[name].rows(store) if name in listed else ())
        for name in names(query)
    ]


def values(parameters: Iterable[Parameter], texts: Mapping[str, str]) -> Mapping[str, Term]:
    """Give the value of each of *parameters*, which *texts* name.

    Raises:
        QueryError: A value is missing, or is none, or is given for what is no parameter.
    """
    known = {one.name: one for one in parameters}
    for name in texts:
        if name not in known:
            wanted = ", ".join(known) or "none, since this question has no parameters"
            raise QueryError(f"{name[:80]}: no such parameter; expected {wanted}")
    for name, one in known.items():
        if name not in texts:
            raise QueryError(f"{name}: the value is missing; expected {one.allowed}")
    return {name: one.term(texts[name]) for name, one in known.items()}


def examples(query: Query, store: Store | Remote) -> Mapping[str, Term]:
    """Give the values that the kept answer of *query* is asked with.

    Raises:
        KnowledgeError: The header of the query is wrong.
        QueryError: The graph does not have its example.
    """
    return values(of(query, store), query.examples)


def _choices(rows: Iterable[Row]) -> Mapping[str, Choice]:
    """Read the *rows* of a list, in their order: one for each value and language."""
    found: dict[str, tuple[Term, dict[str, str]]] = {}
    for row in rows:
        term, label = row["value"], row.get("label")
        _, told = found.setdefault(_token(term), (term, {}))
        if isinstance(label, Literal):
            told.setdefault(label.language or DEFAULT, label.value)
    return MappingProxyType(
        {token: Choice(token, term, told) for token, (term, told) in found.items()}
    )


def _token(term: Term) -> str:
    return str(getattr(term, "value", "")).removeprefix(THING)
