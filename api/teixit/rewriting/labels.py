"""``BNODE`` with a name: one blank node for each name *and solution*.

By SPARQL 1.1 Query, section 17.4.2.9, two solutions never share the blank node of a name.
The engine takes the name for the label of the node. So the calls become those of a function
of ours, which is told the solution by a value that each solution has for itself.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import takewhile
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from teixit.rewriting import groups
from teixit.rewriting.edits import Edit, applied
from teixit.tokens import Tokens

FUNCTION: Final = NamedNode("urn:teixit:blank-node")
_ROW: Final = "?teixit_row_"
_STRING: Final = NamedNode("http://www.w3.org/2001/XMLSchema#string")
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_ENDS: Final = frozenset({"}", "{"})


def blank_node(*arguments: NamedNode | BlankNode | Literal | Triple) -> BlankNode | None:
    """Give the blank node of a name in a solution; none for what is no plain string."""
    name, row = arguments
    if not isinstance(name, Literal) or name.datatype != _STRING:
        return None
    key = f"{row}\0{name.value}"
    return BlankNode(blake2b(key.encode(errors="surrogatepass"), digest_size=16).hexdigest())


def told_apart(query: Tokens, projected: Callable[[], Sequence[str]]) -> str | None:
    """Give each solution its own blank nodes.

    Args:
        query: The tokens of the query.
        projected: What gives the variables of ``SELECT *``, if they have to be known.

    Returns:
        The text of a query that calls :data:`FUNCTION`, or None if no BNODE has a name.
    """
    if "bnode" not in query.lowered:
        return None
    edits = [edit for call in _calls(query) for edit in _edits(query, call)]
    if not edits:
        return None
    star = _star(query.words)
    if star is not None:
        listed = " ".join(f"?{name}" for name in projected())
        edits.append((query.starts[star], query.end(star), listed))
    return applied(query.text, edits)


def _star(words: list[str]) -> int | None:
    """Find the star of the outermost SELECT, which would show what tells solutions apart."""
    before = words[: words.index("{")]
    return next(
        (
            index
            for index, word in enumerate(before)
            if word == "*" and words[index - 1].upper() in {"SELECT", "DISTINCT", "REDUCED"}
        ),
        None,
    )


def _calls(query: Tokens) -> Iterator[int]:
    """Yield the places of BNODE before an argument."""
    for index, word in enumerate(query.words[:-2]):
        if word.upper() != "BNODE" or query.words[index + 1] != "(":
            continue
        if query.words[index + 2] != ")" and query.partners[index + 1] > 0:
            yield index


def _edits(query: Tokens, call: int) -> Iterator[Edit]:
    """Yield the changes for one call; none where the engine is left alone with it."""
    found = _binding(query, call) or _selection(query, call)
    if found is None:
        return
    row, change = found
    closing = query.starts[query.partners[call + 1]]
    yield query.starts[call], query.end(call), str(FUNCTION)
    yield closing, closing, f", {row}"
    yield from change


def _binding(query: Tokens, call: int) -> tuple[str, list[Edit]] | None:
    """Tell the solutions apart just before the BIND or FILTER that the *call* is in."""
    innermost = None
    for brace in groups.opening(query):
        if brace < call < query.partners[brace]:
            innermost = next(
                (
                    _first_of_row(query, brace, element.first)
                    for element in groups.elements(query, brace)
                    if element.first < call < element.last and element.kind in {"BIND", "FILTER"}
                ),
                innermost,
            )
    if innermost is None:
        return None
    row, place = f"{_ROW}{innermost}", query.starts[innermost]
    return row, [(place, place, f"BIND (STRUUID() AS {row}) ")]


def _first_of_row(query: Tokens, brace: int, place: int) -> int:
    """Go back over the BINDs just before: they extend the same solution."""
    first = place
    before = takewhile(lambda element: element.first < place, groups.elements(query, brace))
    for element in before:
        is_before = element.kind in {"BIND", "FILTER"}
        first = min(first, element.first) if is_before else place
    return first


def _selection(query: Tokens, call: int) -> tuple[str, list[Edit]] | None:
    """Tell the solutions apart at the end of the group of the SELECT that the *call* is in."""
    words = query.words
    brace = next((i for i in range(call, len(words)) if words[i] in _ENDS), len(words))
    if brace == len(words) or words[brace] != "{" or query.partners[brace] < 0:
        return None
    first = max((i for i in range(call) if words[i].upper() == "SELECT"), default=None)
    if first is None or groups.has(query, first, call, _ENDS):
        return None
    end = query.partners[brace]
    row = f"{_ROW}{brace}"
    within = query.end(brace)
    change = [
        (within, within, "{"),
        (query.starts[end], query.starts[end], f"}} BIND (STRUUID() AS {row})"),
    ]
    following = words[end + 1 : end + 2]
    is_grouped = groups.has(query, first, brace, _AGGREGATES)
    if is_grouped or (following and following[0].upper() == "GROUP"):
        return f'COALESCE(SAMPLE({row}), "")', change
    return row, change
