import pytest

from teixit.explorer import lettering

LONG = "Promoure i crear mercat social a escala de barri i/o districte, com ara fires i botigues"


def test_a_text_is_broken_between_words() -> None:
    assert lettering.lines("Coòpolis, Can Picó", 80, 13, 3) == ["Coòpolis,", "Can Picó"]
    assert lettering.lines("", 80, 13, 3) == []


def test_what_does_not_fit_is_cut() -> None:
    lines = lettering.lines(LONG, 140, 13, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(lettering.width(line, 13) <= 140 for line in lines)


def test_a_word_that_is_too_long_is_broken() -> None:
    lines = lettering.lines("ab " + "x" * 60, 100, 13, 9)
    assert "".join(lines) == "ab" + "x" * 60
    assert all(lettering.width(line, 13) <= 100 for line in lines)
    assert lettering.lines("y" * 60, 5, 13, 2)[-1] == "…"


@pytest.mark.parametrize(("wide", "narrow"), [("W", "a"), ("字", "W"), ("a", "i"), ("E", "e")])
def test_characters_have_widths_of_their_own(wide: str, narrow: str) -> None:
    assert lettering.width(wide, 13) > lettering.width(narrow, 13)
