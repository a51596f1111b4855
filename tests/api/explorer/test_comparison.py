import json

import pytest
from pyoxigraph import Store

from teixit.errors import ChoiceError
from teixit.explorer import comparison, files
from teixit.explorer.comparison import ComparisonView
from teixit.explorer.reading import Reader
from teixit.explorer.territory import Territory
from teixit.languages import LANGUAGES
from teixit.web.texts import messages


def compared(store: Store, *codes: str, language: str = "en") -> ComparisonView:
    return comparison.of(Territory(Reader(store, language)), messages(language), codes)


def test_two_districts_stand_side_by_side(store: Store) -> None:
    view = compared(store, "10", "03")
    assert [one.text for one in view.headings] == ["Sant Martí", "Sants-Montjuïc"]
    by_name = {aspect.name: aspect for aspect in view.aspects}
    projects = by_name["Projects"]
    assert [cell.text for cell in projects.left] == ["Can Picó", "Eix Pere IV"]
    assert "Coòpolis" in {cell.text for cell in projects.right}
    (action,) = by_name["Actions that reach it"].both
    assert action.text.startswith("31.1 ")
    assert view.summary == "They share: 1 action."
    assert by_name["Area"].left[0].text == "10.44 km²"


def test_what_is_not_shared_is_not_said_to_be(store: Store) -> None:
    assert "no action and no project" in compared(store, "01", "06").summary


def test_a_fact_that_only_one_has_leaves_the_other_empty(strange: Store) -> None:
    area = compared(strange, "01", "02").aspects[-1]
    assert (area.name, area.right) == ("Area", [])


@pytest.mark.parametrize("codes", [(), ("03",)])
def test_with_fewer_than_two_districts_there_is_a_choice(
    store: Store, codes: tuple[str, ...]
) -> None:
    view = compared(store, *codes)
    assert (view.aspects, view.tables, view.chosen) == ([], [], [*codes])
    assert len(view.districts) == 10
    assert view.title == "Compare two districts"


@pytest.mark.parametrize(
    "codes", [("03", "03"), ("03", "99"), ("<b>",), ("01", "02", "03"), ("1",)]
)
def test_what_is_no_pair_is_told_in_the_language_of_the_reader(
    store: Store, codes: tuple[str, ...]
) -> None:
    with pytest.raises(ChoiceError, match="no such pair"):
        compared(store, *codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_a_file_too(store: Store, language: str) -> None:
    view = compared(store, "03", "10", language=language)
    assert "Coòpolis" in files.of_csv(view).decode()
    assert messages(language)["territory.nothing"] in files.of_csv(view).decode()
    assert len(json.loads(files.of_geojson(view))["features"]) == 2
    subjects = {row[0].text for row in view.tables[2].rows}
    assert f"Sant Martí: {messages(language)['place.projects']}" in subjects
