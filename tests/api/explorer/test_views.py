import dataclasses

import pytest

from teixit.explorer.views import Cell, View


def test_a_view_begins_empty_and_does_not_change() -> None:
    view = View(title="Gràcia", summary="Un districte.")
    assert (view.tables, view.asked) == ((), ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        view.title = "Sants"  # type: ignore[misc]


def test_a_cell_is_a_text_that_leads_nowhere() -> None:
    assert Cell("Gràcia") == Cell("Gràcia", None, None, None, ())
