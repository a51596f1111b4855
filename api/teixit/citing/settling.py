"""An answer in one form that depends on nothing but what is said, and its hash.

* Of a table: its lines as SPARQL 1.1 TSV has them. SPARQL leaves the order of rows open where no
  ``ORDER BY`` stands, and of those that it takes as equal: there the lines are in the order of
  their bytes. Blank nodes are named by RDFC-1.0, in a graph that has a node for each row.
* Of yes or no: ``true`` or ``false``.
* Of a graph: its canonical N-Triples (RDFC-1.0).

Each ends with the end of a line. What the same lines are written from is the same in any format.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import accumulate, chain, groupby, repeat
from typing import Any, Final, TypeAlias

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from teixit import sinks, tokens
from teixit.answers import Answer
from teixit.errors import LimitError, QueryError
from teixit.exporting import forms
from teixit.tokens import Tokens

#: A longer answer is not cited, in bytes of its lines: it is held in memory, and sorted.
LONGEST: Final = 16 << 20

_TSV: Final = "text/tab-separated-values"
_TRIPLES: Final = "application/n-triples"
_RDF_XML: Final = "application/rdf+xml"
_COLUMN: Final = "urn:teixit:column:"
_RANK: Final = NamedNode("urn:teixit:rank")
_COUNT: Final = NamedNode("urn:teixit:count")
#: A line of a table, after where it comes.
_Row: TypeAlias = tuple[int, bytes]
_NODE: Final = b"_:"
_AFTER_ORDER: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})
_OF_CONDITIONS: Final = frozenset({"ASC", "DESC", "(", ")"})
_CHOOSING: Final = frozenset({"SAMPLE", "GROUP_CONCAT"})


@dataclass(frozen=True)
class Settled(Answer):
    """An answer that is written as the same bytes whenever the same is found.

    Attributes:
        sha256: Of its one form, as hexadecimal digits.
    """

    sha256: str = ""

    def _write(self, media_type: str, sink: sinks.Sink) -> None:
        if media_type == _RDF_XML and isinstance(self.results, list):
            quads = [Quad(*triple) for triple in self.results]
            sink.write(forms.written(quads, RdfFormat.RDF_XML))
        else:
            super()._write(media_type, sink)


class _Bounded(BytesIO):
    def write(self, data: Any) -> int:
        if self.tell() + len(data) > LONGEST:
            said = f"an answer of more than {LONGEST >> 20} MB is not cited; ask for a part"
            raise LimitError(said, "answer")
        return super().write(data)


def settled(found: Answer, text: str) -> Settled:
    """Give what was *found* in its one form.

    Args:
        found: The answer; it is read to its end.
        text: The query.

    Raises:
        QueryError: The engine gave up, or a blank node is where it cannot be named.
        LimitError: It is longer than :data:`LONGEST`.
    """
    if isinstance(found.results, QueryBoolean):
        form = b"true\n" if found.results else b"false\n"
        return Settled(found.results, found.deterministic, sha256=_sha256(form))
    stream = _Bounded()
    if isinstance(found.results, QuerySolutions):
        found.write(_TSV, stream)
        form = _table(stream.getvalue(), tokens.scan(text))
        results = parse_query_results(form, QueryResultsFormat.TSV)
        return Settled(results, found.deterministic, found.origin, _sha256(form))
    found.write(_TRIPLES, stream)
    quads = forms.merged(parse(stream.getvalue(), RdfFormat.N_TRIPLES))
    form = serialize(quads, format=RdfFormat.N_QUADS) or b""
    triples = [quad.triple for quad in quads]
    return Settled(triples, found.deterministic, sha256=_sha256(form))


def is_open(text: str) -> bool:
    """Say whether SPARQL leaves open which of several answers the query *text* has.

    It does where ``LIMIT`` or ``OFFSET`` cut what has no order, where the order is that of a
    value that is not shown, and where one of several values is chosen or all are put in a row.
    """
    scanned = tokens.scan(text)
    words = {word.upper() for word in scanned.words}
    if words & _CHOOSING:
        return True
    conditions = _conditions(scanned)
    if conditions is None:
        return bool(words & {"LIMIT", "OFFSET"})
    return not _are_variables(conditions)


def _sha256(form: bytes) -> str:
    return hashlib.sha256(form).hexdigest()


def _table(written: bytes, query: Tokens) -> bytes:
    """Put the rows of a table in their order."""
    header, *rows = written.split(b"\n")[:-1]
    ranks = _ranks(rows, header.decode().split("\t"), _conditions(query))
    settled_rows = sorted(_named([*zip(ranks, rows, strict=True)]))
    return b"\n".join([header, *(row for _, row in settled_rows), b""])


def _ranks(
    rows: Sequence[bytes], names: Sequence[str], conditions: Sequence[str] | None
) -> Iterable[int]:
    """Say where each of *rows* comes; those have the same rank whose order is left open."""
    if conditions is None:
        return repeat(0, len(rows))
    keys = [f"?{word[1:]}" for word in conditions if tokens.is_variable(word)]
    if not _are_variables(conditions) or not {*keys} <= {*names}:
        return range(len(rows))  # ordered by what is not shown: no tie can be told
    columns = [names.index(name) for name in keys]
    groups = (group for _, group in groupby(rows, partial(_key, columns)))
    return chain.from_iterable(repeat(rank, len([*group])) for rank, group in enumerate(groups))


def _key(columns: Sequence[int], row: bytes) -> list[bytes]:
    """Give what *row* is ordered by: of blank nodes the order is open, and of what follows."""
    cells = row.split(b"\t")
    key = [cells[column] for column in columns]
    nodes = [place for place, cell in enumerate(key) if cell.startswith(_NODE)]
    return [*key[: nodes[0]], _NODE] if nodes else key


def _conditions(query: Tokens) -> list[str] | None:
    """Give the words by which all rows are ordered; None where they are not."""
    words = [word.upper() for word in query.words]
    depths = accumulate((word in "{(") - (word in "})") for word in words)
    ordered = [
        index
        for index, (word, depth) in enumerate(zip(words, depths, strict=True))
        if word == "ORDER" and not depth
    ]
    if not ordered:
        return None
    begin = ordered[-1] + 2
    ends = (index for index in range(begin, len(words)) if words[index] in _AFTER_ORDER)
    return query.words[begin : next(ends, len(words))]


def _are_variables(conditions: Sequence[str]) -> bool:
    return all(word.upper() in _OF_CONDITIONS or tokens.is_variable(word) for word in conditions)


def _named(rows: list[_Row]) -> list[_Row]:
    """Name the blank nodes in *rows*, by a graph that has a node for each row with some."""
    held = [(rank, row.split(b"\t")) for rank, row in rows if _NODE in row]
    held = [(rank, cells) for rank, cells in held if any([*map(_has_node, cells)])]
    if not held:
        return rows
    width = len(held[0][1])
    dataset = Dataset(_as_graph(Counter((rank, tuple(cells)) for rank, cells in held)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    others = [(rank, row) for rank, row in rows if not any(map(_has_node, row.split(b"\t")))]
    return [*others, *_as_rows(dataset, width)]


def _has_node(cell: bytes) -> bool:
    if cell.startswith(b"<<") and _NODE in cell:
        raise QueryError("a blank node within a triple term has no name to cite it by")
    return cell.startswith(_NODE)


def _as_graph(rows: Mapping[tuple[int, tuple[bytes, ...]], int]) -> Iterator[Quad]:
    """Say what *rows* hold, of what rank each is, and how often it is there."""
    for index, ((rank, cells), count) in enumerate(rows.items()):
        row = BlankNode(f"r{index}")
        yield Quad(row, _RANK, Literal(rank))
        yield Quad(row, _COUNT, Literal(count))
        for column, cell in enumerate(cells):
            text = cell.decode()
            value = BlankNode(f"n{text[2:]}") if cell.startswith(_NODE) else Literal(text)
            yield Quad(row, NamedNode(f"{_COLUMN}{column}"), value)


def _as_rows(dataset: Dataset, width: int) -> Iterator[_Row]:
    """Read what :func:`_as_graph` has said."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in dataset:
        value = quad.object
        text = value.value if isinstance(value, Literal) else str(value)
        said[str(quad.subject)][quad.predicate.value] = text
    for row in said.values():
        cells = "\t".join(row[f"{_COLUMN}{column}"] for column in range(width))
        yield from repeat((int(row[_RANK.value]), cells.encode()), int(row[_COUNT.value]))
