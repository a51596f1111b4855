import pytest

from teixit.tabular import parquet
from teixit.web import formats
from teixit.web.formats import FORMATS


def test_every_format_on_offer_has_a_name_and_every_name_a_format() -> None:
    general = {"application/json", "application/xml"}  # other names of two that have names
    offered = {*formats.TABLES, *formats.BOOLEANS, *formats.GRAPHS}
    assert set(FORMATS.values()) == offered - general
    assert offered >= formats.BY_NAME


def test_a_name_is_given_for_what_is_on_offer() -> None:
    assert formats.named(["text/csv", "application/json"]) == {"csv": "text/csv"}


def test_rows_are_offered_as_what_can_hold_them_and_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [*formats.of_rows(places=True)][-2:] == ["xlsx", "parquet"]
    assert "geojson" not in formats.of_rows(places=False)
    monkeypatch.setattr(parquet, "_ENGINE", "no_such_module")
    assert "parquet" not in formats.of_rows(places=True)
