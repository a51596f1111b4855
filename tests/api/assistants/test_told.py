from teixit.assistants import told
from teixit.library import Hit


def test_as_many_are_given_as_fit() -> None:
    assert told.fitting([{"x": "1"}] * 5, 3) == [{"x": "1"}] * 3
    assert told.fitting([{"x": "1"}] * 5, 9, room=25) == [{"x": "1"}] * 2


def test_a_long_value_says_how_much_of_it_is_missing() -> None:
    assert told.cut("x" * 1000) == "x" * 1000
    assert told.cut("x" * 1001) == "x" * 1000 + "… (1 more characters)"


def test_what_a_search_finds_is_bounded() -> None:
    found = told.hits(
        [Hit("urn:a", "project", "a", None), Hit("urn:b", "project", "b", "x" * 2000)]
    )
    assert [len(one.text or "") for one in found] == [0, 1000 + len("… (1000 more characters)")]
