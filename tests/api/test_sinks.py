from io import BytesIO

import pytest

from teixit import sinks
from teixit.errors import NotAcceptableError


def cuts(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("size", range(1, 14))
@pytest.mark.parametrize(
    "data", [b"<a>\x01</a>", "<a>\uffff</a>".encode(), b"<a><oxprefix: x=''/></a>", b"\x0b"]
)
def test_what_xml_cannot_hold_is_seen_wherever_the_pieces_are_cut(data: bytes, size: int) -> None:
    sink = sinks.Xml(BytesIO())
    with pytest.raises(NotAcceptableError, match="XML cannot hold; ask for another format"):
        [sink.write(piece) for piece in cuts(data, size)]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_xml_keeps_its_line_ends(size: int) -> None:
    stream = BytesIO()
    sink = sinks.Xml(stream)
    for piece in cuts("<a>é\r\n\t\ufffd \U0001f9f6\r</a>".encode(), size):
        assert sink.write(piece) == len(piece)
    sink.flush()
    assert stream.getvalue().decode() == "<a>é&#xD;\n\t\ufffd \U0001f9f6&#xD;</a>"


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_the_first_lines_are_put_in_order(size: int) -> None:
    stream = BytesIO()
    sink = sinks.SortedHead(stream, 3)
    for piece in cuts(b"b\na\nc\nz\ny\n", size):
        assert sink.write(piece) == len(piece)
    assert stream.getvalue() == b"a\nb\nc\nz\ny\n"


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_first_lines_are_kept_and_all_are_counted(size: int) -> None:
    sink = sinks.FirstLines(2)
    for piece in cuts(b"?x\n1\n2\n3\n", size):
        assert sink.write(piece) == len(piece)
    assert (sink.kept, sink.lines) == (b"?x\n1\n", 4)


def test_few_lines_are_all_kept() -> None:
    sink = sinks.FirstLines(9)
    sink.write(b"?x\n1\n")
    assert (sink.kept, sink.lines) == (b"?x\n1\n", 2)


def test_the_fault_of_a_stream_is_remembered() -> None:
    closed = BytesIO()
    closed.close()
    sink = sinks.Watched(closed)
    with pytest.raises(ValueError, match="closed") as caught:
        sink.write(b"x")
    assert sink.error is caught.value


#: Rows of TSV, and what they are as CSV.
TABLE = [
    (b"?a\t?b", b"a,b"),
    (b'<urn:x>\t"text"@ca', b"urn:x,text"),
    (b'<urn:a,b>\t"a,\\"b\\"\\n\\u00e9\\U0001F9F6\\\\"', '"urn:a,b","a,""b""\né🧶\\"'.encode()),
    (b'<<( <urn:s> <urn:p> "a" )>>\t_:b', b'"<<( <urn:s> <urn:p> ""a"" )>>",_:b'),
    (b"\t1.50", b",1.50"),
    (b"<not an IRI>\ttrue", b"not an IRI,true"),
    (b'"2"^^<urn:t>\t""', b"2,"),
]


@pytest.mark.parametrize("size", [1, 3, 20, 1000])
@pytest.mark.parametrize("rows", [TABLE, TABLE[:1], TABLE[:2], [TABLE[0], TABLE[4], TABLE[6]]])
def test_csv_quotes_what_needs_it(rows: list[tuple[bytes, bytes]], size: int) -> None:
    stream = BytesIO()
    sink = sinks.CsvFromTsv(stream)
    for piece in cuts(b"".join(tsv + b"\n" for tsv, _ in rows), size):
        assert sink.write(piece) == len(piece)
    assert stream.getvalue() == b"".join(csv + b"\r\n" for _, csv in rows)
