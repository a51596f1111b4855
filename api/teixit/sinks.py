"""Streams that what is written goes through: checked, counted or put in order on its way.

The engine writes in pieces of some kilobytes, cut anywhere, so each sink must see across the
cut. None of them holds an answer back as a whole.
"""

import re
from typing import Final, Protocol

from pyoxigraph import QueryResultsFormat, parse_query_results

from teixit.errors import NotAcceptableError

#: What XML 1.0 has no form for (section 2.2): control characters, and U+FFFE and U+FFFF.
_CONTROLS: Final = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_NO_CHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: How the engine writes a property that is no XML name: without a local part, which parsers
#: that know namespaces refuse.
_NO_NAME: Final = b"<oxprefix: "
_REFUSED: Final = "the answer has {}, which XML cannot hold; ask for another format"
#: What a backslash and a letter mean in Turtle.
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_COMMA_IN_IRI: Final = re.compile(rb"""<[^<>"\t\n]*,""")
_NEEDS_QUOTES: Final = re.compile('[",\r\n]')


class Sink(Protocol):
    """Anything that takes bytes and says how many it took."""

    def write(self, data: bytes, /) -> int:
        """Take *data*."""

    def flush(self) -> None:
        """Hold nothing back that could be passed on."""


class _Through:
    """What all sinks here share: they hold nothing back at the end."""

    def flush(self) -> None:
        """Do nothing; whoever opened the stream behind flushes it."""


class Watched(_Through):
    """A sink that remembers the exception with which the stream behind it refused a piece.

    So the fault of whoever reads is told from the engine's.
    """

    def __init__(self, stream: Sink) -> None:
        self._stream = stream
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        """Pass *data* on, whole."""
        try:
            self._stream.write(data)
        except Exception as error:
            self.error = error
            raise
        return len(data)


class Xml(_Through):
    """A sink that keeps XML well formed and its line ends as they are (XML 1.0, 2.2 and 2.11)."""

    def __init__(self, stream: Sink) -> None:
        self._stream = stream
        self._before = b""

    def write(self, data: bytes) -> int:
        """Pass *data* on.

        Raises:
            NotAcceptableError: It has what XML cannot hold.
        """
        seen = self._before + data
        # Each of these is a search in C; one regular expression for all takes seven times as long.
        if len(data.translate(None, _CONTROLS)) < len(data) or any(
            bad in seen for bad in _NO_CHARACTERS
        ):
            raise NotAcceptableError(_REFUSED.format("characters"))
        if _NO_NAME in seen:
            raise NotAcceptableError(_REFUSED.format("a property that is no XML name"))
        self._before = seen[1 - len(_NO_NAME) :]
        self._stream.write(data.replace(b"\r", b"&#xD;"))
        return len(data)


class SortedHead(_Through):
    """A sink that puts the first *lines* in order: the engine's prefixes come in any."""

    def __init__(self, stream: Sink, lines: int) -> None:
        self._stream = stream
        self._lines = lines
        self._held: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Hold *data* back until the head is complete, then pass all on."""
        if self._held is None:
            self._stream.write(data)
            return len(data)
        self._held += data
        head = self._held.split(b"\n", self._lines)
        if len(head) > self._lines:
            *prefixes, rest = head
            self._held = None
            self._stream.write(b"".join(line + b"\n" for line in sorted(prefixes)) + rest)
        return len(data)


class CsvFromTsv(_Through):
    """A sink that takes results as TSV and passes them on as CSV.

    The CSV of the engine, pyoxigraph 0.5.13, does not quote IRIs and triple terms; SPARQL 1.1
    Results CSV and TSV, section 3.2, wants quotes around all that holds a quote, a comma or
    the end of a line. TSV tells the terms apart. A triple term is written as TSV has it.
    """

    def __init__(self, stream: Sink) -> None:
        self._stream = stream
        self._held = b""
        self._head: bytes | None = None
        self._names = b""

    def write(self, data: bytes) -> int:
        """Pass on the rows that are complete with *data*."""
        rows, end, rest = data.rpartition(b"\n")
        if not end:
            self._held += data
            return len(data)
        rows, self._held = self._held + rows + end, rest
        if self._head is None:
            head, end, rows = rows.partition(b"\n")
            self._head = head + end
            self._names = head.replace(b"\t?", b",")[1:] + b"\r\n"
            self._stream.write(self._names)
        if rows:
            self._stream.write(self._quick(self._head + rows) or _exact(rows.decode()))
        return len(data)

    def _quick(self, table: bytes) -> bytes | None:
        """Have the engine write a table that holds nothing it would write wrongly."""
        if b"<<" in table or _COMMA_IN_IRI.search(table):
            return None
        try:
            read = parse_query_results(table, QueryResultsFormat.TSV)
            written = read.serialize(format=QueryResultsFormat.CSV) or b""
        except (SyntaxError, ValueError):  # it reads less than it writes
            return None
        return written[len(self._names) :]


class FirstLines(_Through):
    """A sink that keeps the first *most* lines, counts all, and forgets the others."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces: list[bytes] = []
        self.lines = 0

    @property
    def kept(self) -> bytes:
        """The first lines."""
        lines = b"".join(self._pieces).split(b"\n")[:-1]  # what follows the last end is no line
        return b"".join(line + b"\n" for line in lines[: self._most])

    def write(self, data: bytes) -> int:
        """Count the lines of *data*."""
        if self.lines < self._most:
            self._pieces.append(data)
        self.lines += data.count(b"\n")
        return len(data)


def _exact(rows: str) -> bytes:
    """Write lines of TSV as CSV, whatever terms they hold."""
    lines = rows.split("\n")[:-1]
    values = (map(_value, line.split("\t")) for line in lines)
    return "".join(f"{','.join(map(_quoted, row))}\r\n" for row in values).encode()


def _value(cell: str) -> str:
    if cell.startswith('"'):
        return _ESCAPE.sub(_character, cell[1 : cell.rindex('"')])
    return cell if cell.startswith("<<") else cell.removeprefix("<").removesuffix(">")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])


def _quoted(value: str) -> str:
    if _NEEDS_QUOTES.search(value) is None:
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'
