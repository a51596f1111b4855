import re
from xml.etree import ElementTree as ET

import pytest

from teixit.pictures import canvas
from teixit.pictures.canvas import Canvas, Told

LIGHT, DARK = (
    dict(re.findall(r"--(\w+): (#\w{6})", line))
    for line in canvas.STYLE.splitlines()
    if line.startswith(".picture")
)


def luminance(colour: str) -> float:
    """As WCAG 2.2 has it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_and_lines_can_be_told_from_the_cloth(scheme: dict[str, str]) -> None:
    for letters in ("ink", "soft"):
        assert contrast(scheme[letters], scheme["cloth"]) >= 7
        assert contrast(scheme[letters], scheme["raised"]) >= 7
    for line in "abcd":
        assert contrast(scheme[line], scheme["cloth"]) >= 4.5
    assert contrast(scheme["line"], scheme["cloth"]) >= 3


def test_the_frame_grows_with_what_is_in_it_and_has_no_letters_that_xml_cannot_hold() -> None:
    inner = Canvas(width=1500, height=10)
    told = Told("a\ufffe\x07\u202e title\n" * 60, ["x" * 400, "y"], "drawn", "source")
    svg = ET.fromstring(canvas.framed(told, inner))
    assert svg.get("width") == "1540"
    assert svg.get("viewBox", "").startswith("0 0 1540 ")
    texts = [element.text or "" for element in svg.iter() if element.tag.endswith("text")]
    assert sum("title" in text for text in texts) == 3
    assert texts[-2:] == ["drawn", "source"]
    assert not re.search("[\x07\u202e]", "".join(texts))
