"""What our engine needs said in other words, on the tokens of a query.

The engine, pyoxigraph 0.5.13, leaves a few things of SPARQL 1.1 out. A query that has one of
them is written anew around it, and every other query goes to the engine byte for byte.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from teixit import tokens
from teixit.rewriting import concatenations, graphs, labels, orders, zero_length
from teixit.tokens import Tokens

#: The functions that rewritten queries call.
FUNCTIONS: Final = {labels.FUNCTION: labels.blank_node, orders.FUNCTION: orders.kind}


#: Gives each sort key one before it, where the engine might have no order for its values. This
#: comes before all else: the engine sorts even an empty graph's answer, for VALUES.
sortable: Final = orders.told_apart


def rewritten(
    query: Tokens,
    base: str,
    names: Callable[[], Iterable[str]],
    projected: Callable[[], Sequence[str]],
    has: Callable[[str], bool],
) -> str | None:
    """Write *query* so that the engine answers it as SPARQL 1.1 has it.

    Args:
        query: The tokens of the query.
        base: The IRI to which its IRIs are relative.
        names: What gives the IRIs of the named graphs that it asks, if they have to be known.
        projected: What gives the variables that it gives, likewise.
        has: What tells whether an IRI is surely in all the graphs that are asked.

    Returns:
        The text of an equal query, or None where the engine can have it as it is. Where
        *query* is no SPARQL, the text may be anything.

    Raises:
        QueryError: The query cannot be answered in a text of a bearable length.
    """
    text = None
    for step in (
        concatenations.untagged,
        lambda now: labels.told_apart(now, projected),
        lambda now: zero_length.complete(now, base, has),
        lambda now: graphs.spread(now, names),
    ):
        new = step(query)
        if new is not None:
            text, query = new, tokens.scan(new)
    return text
