from teixit.notebook import drawing

FIGURE = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  width="72pt" height="36.4pt" viewBox="0 0 72 36.4">
 <title>A &amp; B</title>
 <metadata>who</metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <script>no()</script>
 <path id="p" d="M 0 0" style="fill: #fff; stroke: none; "/>
 <use xlink:href="#p"/>
</svg>
"""


def test_styles_become_attributes_and_programs_go() -> None:
    written, width, height = drawing.plain(FIGURE)
    assert (width, height) == (96, 49)
    assert "style" not in written
    assert "script" not in written
    assert "metadata" not in written
    assert 'stroke-linejoin="round"' in written
    assert 'fill="#fff" stroke="none"' in written
    assert '<use xlink:href="#p"' in written
    assert "<title>A &amp; B</title>" in written
