"""What all functions share; each of them is tried in test_geosparql.py."""

import os

import pytest
import shapely
from pyoxigraph import Literal

from teixit.geosparql import measures, spatial
from teixit.geosparql.geometries import WKT

POINT = Literal("POINT (1 2)", datatype=WKT)


@pytest.mark.parametrize("error", [MemoryError(), shapely.GEOSException("std::bad_alloc")])
def test_a_process_without_memory_ends_before_it_answers_wrong(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The engine takes any exception of a function for an unbound value."""

    def fail(_: object) -> None:
        raise error

    ended: list[bool] = []
    monkeypatch.setattr(measures.ellipsoid, "ring_area", fail)
    monkeypatch.setattr(os, "abort", lambda: ended.append(True))
    spatial.functions()["area"](Literal("POLYGON ((0 0, 1 0, 1 1, 0 0))", datatype=WKT))
    assert ended == [True]


def test_what_geos_cannot_do_is_unbound() -> None:
    bow, square = (
        Literal(f"POLYGON (({points}))", datatype=WKT)
        for points in ("0 0, 2 2, 2 0, 0 2, 0 0", "0 0, 3 0, 3 1, 0 1, 0 0")
    )
    assert spatial.functions()["intersection"](bow, square) is None
    assert spatial.functions()["isEmpty"](POINT) == Literal(False)  # noqa: FBT003
