"""What changed from one answer to another, line by line of their one form."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pyoxigraph import QueryResultsFormat, parse_query_results

#: So many lines of each side are told.
MOST: Final = 1000


@dataclass(frozen=True)
class Difference:
    """What is in one answer and not in the other; a row that is there twice counts twice.

    Args:
        header: The line of the columns of a table; nothing of any other answer.
        added: The first lines that are new.
        removed: The first lines that are gone.
        more: How many lines are new in all.
        fewer: How many are gone in all.
    """

    header: bytes
    added: Sequence[bytes]
    removed: Sequence[bytes]
    more: int
    fewer: int

    def told(self, lines: Sequence[bytes]) -> Any:
        """Give *lines* as JSON: SPARQL 1.1 JSON of a table, texts of any other answer."""
        return self.results(lines) if self.header else [line.decode() for line in lines]

    def results(self, lines: Sequence[bytes]) -> Mapping[str, Any]:
        """Give *lines* of a table in SPARQL 1.1 JSON."""
        written = b"\n".join([self.header, *lines, b""])
        table = parse_query_results(written, QueryResultsFormat.TSV)
        found: dict[str, Any] = json.loads(table.serialize(format=QueryResultsFormat.JSON) or b"")
        return found


def compare(before: bytes, after: bytes, *, tables: bool) -> Difference:
    """Compare the lines of two answers to the same query.

    Args:
        before: The one form of the one.
        after: That of the other.
        tables: Whether they are tables, whose first line names the columns.
    """
    old, new = before.split(b"\n")[:-1], after.split(b"\n")[:-1]
    header = new[0] if tables else b""
    if tables:
        old, new = old[1:], new[1:]
    added, removed = Counter(new) - Counter(old), Counter(old) - Counter(new)
    return Difference(
        header,
        [*islice(added.elements(), MOST)],
        [*islice(removed.elements(), MOST)],
        added.total(),
        removed.total(),
    )
