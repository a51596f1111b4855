import sys

import pytest
from pyoxigraph import Literal, NamedNode

from teixit.errors import SettingError
from teixit.library import Table

TABLE = Table(("x", "y"), [[Literal(1), None], [NamedNode("urn:a"), Literal("b")]])


def test_a_table_is_a_sequence_of_rows() -> None:
    assert len(TABLE) == 2
    assert TABLE[0] == {"x": 1, "y": None}
    assert TABLE[1:] == [{"x": "urn:a", "y": "b"}]
    assert [row["y"] for row in TABLE] == [None, "b"]


def test_a_table_is_a_data_frame() -> None:
    frame = TABLE.frame()
    assert [*frame.columns] == ["x", "y"]
    assert frame.to_dict("records")[1] == {"x": "urn:a", "y": "b"}


def test_without_pandas_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SettingError, match="pip install 'teixit\\[frames\\]'"):
        TABLE.frame()
