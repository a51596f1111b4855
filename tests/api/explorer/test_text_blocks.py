from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from teixit.explorer.text_blocks import Piece, Span, blocks

TEXT = "one two\n\nthree\nfour\nfive"


def plain(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text + plain(piece.pieces) for piece in pieces)


def names(pieces: Iterable[Piece]) -> list[str]:
    return [
        name
        for piece in pieces
        for name in [*([piece.passage] if piece.passage else []), *names(piece.pieces)]
    ]


def test_a_text_without_passages_is_its_lines() -> None:
    found = blocks(TEXT, [])
    assert [(block.first, block.last, plain(block.pieces)) for block in found] == [
        (1, 1, "one two"),
        (2, 2, ""),
        (3, 3, "three"),
        (4, 4, "four"),
        (5, 5, "five"),
    ]


def test_a_passage_keeps_its_lines_together() -> None:
    found = blocks(TEXT, [Span("a", 9, 19)])
    assert [(block.first, block.last) for block in found] == [(1, 1), (2, 2), (3, 4), (5, 5)]
    assert found[2].pieces == [Piece(passage="a", pieces=[Piece("three\nfour")])]
    assert found[2].passages == ["a"]


def test_passages_stand_in_one_another() -> None:
    (first, *_) = blocks(TEXT, [Span("all", 0, 7), Span("one", 0, 3), Span("two", 4, 7)])
    [whole] = first.pieces
    assert whole.passage == "all"
    assert [(piece.passage, plain([piece])) for piece in whole.pieces] == [
        ("one", "one"),
        ("", " "),
        ("two", "two"),
    ]


def test_a_passage_that_ends_after_the_one_it_begins_in_is_cut() -> None:
    (first, *_) = blocks(TEXT, [Span("a", 0, 5), Span("b", 4, 7)])
    assert plain(first.pieces) == "one two"
    assert names(first.pieces) == ["a", "b"]


@given(
    st.text("ab\n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=6),
)
def test_every_character_stands_in_its_place_once(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(f"{start}-{length}", start, start + length) for start, length in places]
    spans = sorted(
        {span for span in spans if span.end <= len(text)}, key=lambda s: (s.start, -s.end)
    )
    found = blocks(text, spans)
    lines = "\n".join(plain(block.pieces) or "\n" * (block.last - block.first) for block in found)
    assert "".join(lines.split()) == "".join(text.split())
    assert [name for block in found for name in block.passages] == [span.name for span in spans]
