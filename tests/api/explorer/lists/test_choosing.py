import pytest

from teixit.errors import ChoiceError
from teixit.explorer.lists import choosing, declared


def test_an_address_without_parameters_chooses_all_by_name() -> None:
    choice = choosing.read("projects", {}, "ca")
    assert (choice.facets, choice.sort, choice.down, choice.page) == ({}, None, False, 1)
    assert choice.listing.name == "projects"


def test_what_is_chosen_is_read() -> None:
    asked = {"year": ["2016"], "district": ["-"], "sort": ["-measure"], "page": ["12"]}
    choice = choosing.read("actions", asked, "ca")
    assert choice.facets == {"year": "2016", "district": "-"}
    assert choice.sort is not None
    assert (choice.sort.key, choice.down, choice.page) == ("measure", True, 12)
    assert choosing.read("actions", {"sort": ["-name"]}, "ca").down


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("x" * 99, {}, "There is no list “" + "x" * 60 + "”. There are: projects, measures, "),
        ("projects", {"year": ["2016"]}, "cannot be chosen by “year”. It can by: district, kind, "),
        ("projects", {"kind": ["a", "b"]}, "cannot be chosen by “kind”"),
        ("projects", {"sort": ["--name"]}, "cannot be sorted by “-name”. It can by: name, distr"),
        ("projects", {"sort": [""]}, "cannot be sorted by “”"),
        ("projects", {"page": ["0"]}, "There is no page “0”: expected a number from 1 on."),
        ("projects", {"page": ["-1"]}, "There is no page “-1”"),
        ("projects", {"page": ["1" * 7]}, "There is no page “1111111”"),
        ("projects", {"page": ["٣"]}, "There is no page “٣”"),
        ("projects", {"page": [""]}, "There is no page “”"),
    ],
)
def test_a_mistake_is_told(name: str, asked: dict[str, list[str]], said: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        choosing.read(name, asked, "en")
    assert said in str(caught.value)
    assert caught.value.status == (400 if name in declared.lists() else 404)


def test_a_mistake_is_told_in_the_reader_s_language() -> None:
    with pytest.raises(ChoiceError, match="En esta lista no se puede elegir por «x»"):
        choosing.read("themes", {"x": ["1"]}, "es")
