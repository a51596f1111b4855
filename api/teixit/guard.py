"""What a query may not ask for, seen before the engine sees the query."""

import re
from typing import Final

from teixit.errors import RefusedError

#: An IRI that is nothing else: no comparison reads ``<a://``, and no quote or space is in it.
_IRI: Final = re.compile(r"""<[a-z][a-z0-9+.-]*://[^\s<>"'{}|^`\\]*>""", re.IGNORECASE)

_NAME: Final = r"\w\u0080-\U0010ffff"
#: ``SERVICE SILENT? VarOrIri {`` (SPARQL 1.1, rule 59) in strings and comments too, but not
#: at the end of a name. To leave those out, we would need a lexer that agrees with the
#: engine's, which takes ``?a<'x>'`` for a comparison where the grammar sees an IRI. The scan
#: is linear: a target that goes on for longer than anybody's is taken for one.
_SERVICE: Final = re.compile(
    rf"""
      [?$:@][{_NAME}]++
    | (?P<found>
        service \s*+ (?:silent \s*+)?+
        (?: \#
          | <[^<>]{{0,400}}+ (?: [^<>] | > \s*+ [{{\#] )
          | [?$][{_NAME}]{{1,400}}+ (?: [{_NAME}] | \s*+ [{{\#] )
          | [{_NAME}.-]{{0,400}}+ (?: [{_NAME}.-]
              | :(?:[{_NAME}.:%-]|\\.){{0,400}}+ (?: [{_NAME}.:%-] | \s*+ [{{\#] ) )
        )
      )
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def refuse_federation(query: str) -> None:
    """Refuse a *query* that would make this server call another (SPARQL 1.1 Federated Query).

    The engine would do as asked, from inside our network. The scan would rather refuse too
    much than too little.

    Raises:
        RefusedError: The query has a SERVICE pattern.
    """
    text = _IRI.sub("<>", query)
    for match in _SERVICE.finditer(text):
        if match["found"]:
            line = text.count("\n", 0, match.start()) + 1
            raise RefusedError(f"line {line}: SERVICE is refused; no other server is asked")
