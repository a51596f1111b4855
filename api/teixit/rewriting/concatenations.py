"""``GROUP_CONCAT`` gives a plain text, whatever the languages of what it joins.

By SPARQL 1.1 Query, section 18.5.1.7, the result is a simple literal. The engine gives it a
language where all that is joined has that one.
"""

from collections.abc import Iterator

from teixit.rewriting.edits import Edit, applied
from teixit.tokens import Tokens


def untagged(query: Tokens) -> str | None:
    """Take the language off what GROUP_CONCAT gives; None if *query* does not call it."""
    return applied(query.text, _edits(query)) if "group_concat" in query.lowered else None


def _edits(query: Tokens) -> Iterator[Edit]:
    for index, word in enumerate(query.words[:-1]):
        end = query.partners[index + 1]
        if word.upper() == "GROUP_CONCAT" and end > index:
            yield query.starts[index], query.starts[index], "STR("
            yield query.end(end), query.end(end), ")"
