"""Whatever is read as a page of one of the templates."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teixit.errors import SourceError
from teixit.importing.pages import district_plan, line_of_work


@pytest.mark.parametrize(
    "parse", [line_of_work.outline.parse, district_plan.outline.parse], ids=["line", "district"]
)
@given(text=st.text())
def test_any_text_is_a_page_or_one_error_in_one_line(
    parse: Callable[[str], object], text: str
) -> None:
    error = _error_of(parse, text)
    assert error is None or ("\n" not in str(error) and error.line >= 1)


def _error_of(parse: Callable[[str], object], text: str) -> SourceError | None:
    try:
        parse(text)
    except SourceError as error:
        return error
    return None
