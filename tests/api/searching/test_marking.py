"""Marking: which text shows the words, and where they stand in it."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from teixit.searching import Said, marking, words
from teixit.searching.marking import Piece


def shown(pieces: Sequence[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_words_are_marked_as_they_are_written() -> None:
    text = "de l’Economia, i Coòpolis: economies"
    assert shown(marking.marked(text, ["economi", "coopolis"])) == (
        "de l’[Economia], i [Coòpolis]: [economies]"
    )


def test_a_text_without_the_words_has_no_marks() -> None:
    assert shown(marking.marked("res", ["economia"])) == "res"
    assert marking.marked("", ["economia"]) == []


def test_of_a_long_text_what_is_around_the_words_is_shown() -> None:
    text = "un " * 200 + "economia" + " dos" * 200
    pieces = marking.excerpt(text, ["economia"])
    assert shown(pieces).startswith("…un un ")
    assert " [economia] dos" in shown(pieces)
    assert shown(pieces).endswith(" dos…")
    assert len(shown(pieces)) < 300


def test_a_long_text_is_shown_from_its_beginning_or_to_its_end() -> None:
    first, last = "economia" + " dos" * 200, "un " * 200 + "economia"
    assert shown(marking.excerpt(first, ["economia"])).startswith("[economia] dos")
    assert shown(marking.excerpt(last, ["economia"])).endswith("un [economia]")
    assert shown(marking.excerpt("x" * 1000, ["economia"])).endswith("x…")
    assert shown(marking.excerpt("x" * 500 + "-economia", ["economia"])).endswith("x-[economia]")


def test_a_short_text_is_shown_whole() -> None:
    assert shown(marking.excerpt("la economia", ["economia"])) == "la [economia]"


@given(st.text(max_size=1000), st.sampled_from(["a", "el", "0"]))
def test_an_excerpt_is_a_part_of_the_text(text: str, word: str) -> None:
    pieces = marking.excerpt(text, [word])
    assert "".join(piece.text for piece in pieces).strip("…") in text
    assert "".join(piece.text for piece in marking.marked(text, [word])) == text
    assert all(words.begins(words.fold(p.text), word) for p in pieces if p.marked)


SAID = [
    Said("name", "ca", "Fira d’economia"),
    Said("name", "es", "Feria de economía"),
    Said("other", "ca", "Mostra d’economia social"),
    Said("text", "ca", "Fira de l’economia social i solidària"),
    Said("title", "ca", "economia social i solidària, línia 7"),
]


def test_the_text_with_most_words_is_shown() -> None:
    best = marking.best(SAID, ["economia", "social", "solidaria"], "ca")
    assert best == SAID[3]


def test_of_equal_texts_the_name_in_the_language_of_the_reader_is_shown() -> None:
    assert marking.best(SAID, ["economia"], "es") == SAID[1]
    assert marking.best(SAID, ["economia"], "ca") == SAID[0]
    assert marking.best(SAID, ["social"], "es") == SAID[2]


def test_a_whole_word_is_better_than_a_beginning() -> None:
    said = [Said("name", "ca", "barris"), Said("text", "ca", "el barri")]
    assert marking.best(said, ["barri"], "ca") == said[1]


def test_where_no_text_has_the_words_none_is_shown() -> None:
    assert marking.best(SAID, ["xyzzy"], "ca") is None
    assert marking.best(SAID[-1:], ["economia"], "ca") is None
