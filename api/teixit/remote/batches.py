"""A graph in pieces that a server takes one at a time."""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from pyoxigraph import BlankNode, Quad

#: How long a piece is, in bytes; many servers refuse what is longer than 10 MB.
LENGTH: Final = 4 * 1024 * 1024


def cut(quads: Iterable[Quad], length: int = LENGTH) -> Iterator[bytes]:
    """Cut a graph into pieces of N-Triples of about *length* bytes; one at least.

    A blank node is the same only within one piece, so the triples that have some travel
    together, last, in a piece that may be longer.
    """
    with cast(IO[bytes], SpooledTemporaryFile(length)) as tied:
        lines: list[bytes] = []
        size = 0
        for quad in quads:
            line = f"{quad.triple} .\n".encode()
            if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
                tied.write(line)
                continue
            lines.append(line)
            size += len(line)
            if size >= length:
                yield b"".join(lines)
                lines, size = [], 0
        tied.seek(0)
        if last := b"".join([*lines, tied.read()]):
            yield last
