import pytest
from hypothesis import given
from hypothesis import strategies as st

from teixit.pictures import scales

FIGURES = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(FIGURES, FIGURES)
def test_figures_go_round_what_they_measure(one: float, other: float) -> None:
    least, most = sorted((one, other))
    found = scales.ticks(least, most)
    assert found[0] <= least + 1e-9 * abs(least)
    assert found[-1] >= most - 1e-9 * abs(most)
    assert 2 <= len(found) <= 8


@given(st.floats(1000, 9999), st.floats(0, 9000))
def test_years_are_whole_and_few(least: float, more: float) -> None:
    found = scales.years(least, least + more)
    assert found[0] <= least
    assert found[-1] >= least + more
    assert 2 <= len(found) <= 15


@pytest.mark.parametrize(
    ("least", "most", "ticks"),
    [(0, 5, [0, 1, 2, 3, 4, 5]), (0, 0, [0, 0.2]), (-3, 70, [-20, 0, 20, 40, 60, 80])],
)
def test_figures_are_round(least: float, most: float, ticks: list[float]) -> None:
    assert scales.ticks(least, most) == pytest.approx(ticks)
