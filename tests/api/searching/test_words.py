"""Words: what spellings have in common, and what can be shown of a question."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teixit.searching import words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("l'economia", ["l", "economia"]),
        ("l’economia", ["l", "economia"]),
        ("d’acció", ["d", "accio"]),
        ("ImPorta", ["importa"]),
        ("Coòpolis", ["coopolis"]),
        (unicodedata.normalize("NFD", "Coòpolis"), ["coopolis"]),
        ("COL·LECTIU col.lectiu coŀlectiu col•lectiu", ["collectiu"] * 4),
        ("Mercè", ["merce"]),
        ("plaça niño straße", ["placa", "nino", "strasse"]),
        ("31.2, 2016–2019.", ["31.2", "2016", "2019"]),
        ("1,5", ["1.5"]),
        ("snake_case", ["snake", "case"]),
        ("Ｆｕｌｌ", ["full"]),
        ("«»… \u0300", []),
        ("", []),
    ],
)
def test_spellings_have_their_words_in_common(text: str, folded: list[str]) -> None:
    assert [word.folded for word in words.words(text)] == folded


def test_a_word_knows_where_it_stands() -> None:
    text = "a l’Ateneu"
    assert [text[word.start : word.end] for word in words.words(text)] == ["a", "l", "Ateneu"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("l'economia", ["economia"]),
        ("el Pla de la ciutat", ["pla", "ciutat"]),
        ("the plan of an action", ["plan", "action"]),
        ("los barrios", ["barrios"]),
        ("la", ["la"]),
        ("pla Pla PLÀ", ["pla"]),
        ("un " + " ".join("bcfghijkp"), [*"bcfghijk"]),
        ("a" * 1000, ["a" * 40]),
        ("?!", []),
    ],
)  # fmt: skip
def test_articles_and_repetitions_are_not_asked_for(question: str, asked: list[str]) -> None:
    assert [*words.asked(question)] == asked


def test_names_with_and_without_articles_have_the_same_key() -> None:
    assert words.key("L’Ateneu de la Bòbila") == words.key("ateneu bobila") == "ateneu bobila"


def test_the_longest_word_is_given_as_it_is_spelled() -> None:
    assert words.longest("l’Acció Comunitària") == "comunitària"
    assert words.longest("?!") == ""


def test_a_letter_alone_and_an_article_have_no_beginning() -> None:
    assert words.begins("economia", "econ")
    assert not words.begins("economia", "e")
    assert words.begins("e", "e")
    assert not words.begins("lacol", "la")


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        ("cooperatives", "cooperativ"),
        ("districtes", "district"),
        ("barrios", "barrio"),
        ("accions", "accio"),
        ("acciones", "accio"),
        ("accion", "accio"),
        ("sants", "sants"),
        ("economia", "economia"),
    ],
)
def test_the_plural_has_no_end(asked: str, stem: str) -> None:
    assert words.stem(asked) == stem
    assert words.begins(f"{stem}xyz", asked)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  nou \n barris ", "nou barris"),
        ("a\0b", "a b"),
        ("\u202eeconomia\u2066", "economia"),
        ("\ud800x", "x"),
        ("x" * 10_000, "x" * 200),
    ],
)
def test_a_question_is_shown_in_one_line(raw: str, shown: str) -> None:
    assert words.clean(raw) == shown


@given(st.text())
def test_a_clean_question_is_clean(raw: str) -> None:
    clean = words.clean(raw)
    assert words.clean(clean) == clean
    assert len(clean) <= words.LONGEST
    assert {unicodedata.category(letter)[0] for letter in clean} & {"C"} == set()


@given(st.text())
def test_words_are_letters_and_digits_in_their_places(text: str) -> None:
    for word in words.words(text):
        assert words.fold(text[word.start : word.end]) == word.folded
        assert word.folded.replace(".", "").isalnum()
        assert 0 < len(word.folded) <= 40
