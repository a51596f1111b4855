import pytest

from teixit.explorer.wording import Wording
from teixit.namespaces import TERM

TEXTS = {"thing.and": "{first} i {last}", "a.b": "<{name}>"}
WORDING = Wording("ca", TEXTS, {"dct:title": {"ca": "títol"}})


@pytest.mark.parametrize(
    ("names", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a i b"), (list("abc"), "a, b i c")]
)
def test_names_are_told_one_after_the_other(names: list[str], told: str) -> None:
    assert WORDING.listed(names) == told


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([], ""),
        ([2016], "2016"),
        ([2017, 2016, 2017], "2016 i 2017"),
        ([2018, 2016, 2017], "2016–2018"),
        ([2016, 2018, 2019, 2020], "2016 i 2018–2020"),
    ],
)
def test_years_are_told_as_spans(years: list[int], told: str) -> None:
    assert WORDING.years(years) == told


def test_a_value_cannot_turn_the_sentence_or_fill_its_gaps() -> None:
    assert WORDING.say("a.b", name="\u202e{name}\u2066") == "<{name}>"


def test_terms_of_others_are_named_in_our_words_or_by_their_prefix() -> None:
    assert WORDING.term("http://purl.org/dc/terms/title") == "títol"
    assert WORDING.term(f"{TERM}number") == "teixit:number"
    assert WORDING.term("urn:x") == "urn:x"
