"""Figures as SVG that the policy of the site lets through: no styles, no programs."""

import re
from typing import Final
from xml.etree import ElementTree as ET

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
#: What matplotlib says of all elements in a stylesheet.
_OF_ALL: Final = re.compile(r"\*\{([^}]*)\}")
_UNSAID: Final = frozenset({"metadata", "script", "foreignObject"})
_POINTS_TO_PIXELS: Final = 96 / 72


def plain(svg: str) -> tuple[str, int, int]:
    """Write a figure of matplotlib with attributes in place of styles.

    Args:
        svg: As matplotlib writes it, with its size in points.

    Returns:
        The figure, its width and its height in CSS pixels.
    """
    for prefix, namespace in {"": _SVG, "xlink": _XLINK}.items():
        ET.register_namespace(prefix, namespace)
    root = ET.fromstring(svg)  # noqa: S314 - our own notebooks have drawn it
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.rpartition("}")[2]
            if name == "style":
                _say(root, "".join(_OF_ALL.findall(child.text or "")))
            if name in _UNSAID or name == "style":
                parent.remove(child)
        _say(parent, parent.attrib.pop("style", ""))
    width, height = (
        round(float(root.attrib[side].removesuffix("pt")) * _POINTS_TO_PIXELS)
        for side in ("width", "height")
    )
    return ET.tostring(root, encoding="unicode"), width, height


def _say(element: ET.Element, style: str) -> None:
    """Say by attributes what a *style* says (SVG 2, section 6.6)."""
    for declared in style.split(";"):
        name, colon, value = declared.partition(":")
        if colon:
            element.set(name.strip(), value.strip())
