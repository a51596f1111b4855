import pytest
from pyoxigraph import Store

from teixit.explorer.entrance import entrance
from teixit.explorer.reading import Reader
from teixit.languages import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_one_can_begin_with(store: Store, language: str) -> None:
    view = entrance(Reader(store, language), "Title", "Summary.")
    assert [cell.address for cell in view.districts] == [
        f"/{language}/about/district-{number:02}" for number in range(1, 11)
    ]
    assert len(view.projects) == 6
    assert [cell.text.split()[0] for cell in view.measures] == ["29", "31", "32"]
    assert len(view.audiences) == 3
    assert view.themes
    everything = (view.districts, view.projects, view.measures, view.audiences, view.themes)
    assert {cell.language for cells in everything for cell in cells} == {None}


def test_an_empty_graph_has_nothing_to_begin_with() -> None:
    view = entrance(Reader(Store(), "ca"), "Title", "Summary.")
    assert [*view.districts, *view.projects, *view.measures, *view.sources] == []
