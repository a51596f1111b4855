"""Whatever an answer holds, its picture is well-formed SVG within its frame."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from teixit.pictures import choosing, making
from teixit.pictures.rows import Table
from teixit.pictures.wanted import Wanted
from teixit.pictures.wording import Words

XSD = "http://www.w3.org/2001/XMLSchema#"
GEO = "http://www.opengis.net/ont/geosparql#"
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers().map(str),
    st.sampled_from(["1e308", "9e99", "-9e99", "1e-308", "0", "-0"]),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MOMENTS = st.one_of(
    st.integers(0, 9999).map("{:04d}".format),
    st.dates().map(str),
    st.sampled_from(["0000", "9999"]),
)
AT = st.tuples(st.floats(-200, 200), st.floats(-100, 100))
SHAPES = st.one_of(
    AT.map(lambda at: f"POINT({at[0]} {at[1]})"),
    st.lists(AT, min_size=2, max_size=9).map(
        lambda line: f"LINESTRING({', '.join(f'{x} {y}' for x, y in line)})"
    ),
    st.lists(AT, min_size=3, max_size=9).map(
        lambda ring: f"POLYGON(({', '.join(f'{x} {y}' for x, y in [*ring, ring[0]])}))"
    ),
    st.sampled_from(["POINT EMPTY", "POINT(nan nan)", "POINT(1e308 0)", "no"]),
)


def literal(values: st.SearchStrategy[str], datatype: str | None) -> st.SearchStrategy[Any]:
    told = {} if datatype is None else {"datatype": datatype}
    return values.map(lambda value: {"type": "literal", "value": value, **told})


ROW = st.fixed_dictionaries(
    {
        "name": literal(TEXTS, None),
        "number": literal(NUMBERS, f"{XSD}double"),
        "when": literal(MOMENTS, f"{XSD}date"),
        "shape": literal(SHAPES, f"{GEO}wktLiteral"),
        "one": TEXTS.map(lambda text: {"type": "uri", "value": f"urn:{text}"}),
        "other": TEXTS.map(lambda text: {"type": "uri", "value": f"urn:{text}"}),
    },
)
COLUMNS = ("name", "number", "when", "shape", "one", "other")
LEFT_OUT = st.lists(st.sampled_from(COLUMNS), unique=True)
FIGURE = re.compile(r"-?\d{1,6}(?:\.\d)?")


@settings(max_examples=12, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=8), st.lists(st.sampled_from(COLUMNS), unique=True), TEXTS
)
@pytest.mark.parametrize("view", choosing.VIEWS[1:])
def test_a_picture_is_always_well_formed(
    words: Words, view: str, rows: list[dict[str, Any]], left_out: list[str], title: str
) -> None:
    kept = [name for name in COLUMNS if name not in left_out]
    table = Table(kept, [{name: row[name] for name in kept if name in row} for row in rows], 8)
    told = table.columns, table.rows, table.total, {}, words.texts
    svg = ET.fromstring(making.made(Store(), Wanted(view, title, title, "https://x", *told)))
    for element in svg.iter():
        for name in ("x", "y", "width", "height", "cx", "cy", "x1", "y1", "x2", "y2"):
            if name in element.attrib:
                assert FIGURE.fullmatch(element.attrib[name])
        assert "nan" not in element.get("d", "")
        assert "inf" not in element.get("d", "")
