"""The colours of the pages can be told apart (WCAG 2.2, criteria 1.4.6 and 1.4.11)."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from teixit import web

STYLE = (Path(web.__file__).parent / "static/site.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
)
SCHEMES = {"light": LIGHT, "dark": LIGHT | DARK}
GROUNDS = ("cloth", "cloth-raised")
#: In per cent, how much of the warp the places on a map have.
TONES = [
    int(share)
    for share in re.findall(
        r"\.level-\d > \.ground[^}]*color-mix\(in srgb, var\(--warp\) (\d+)%, var\(--cloth\)\)",
        STYLE,
    )
]

Colour = tuple[float, ...]


def colour(text: str) -> Colour:
    return tuple(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))


def mixed(one: str, share: int, other: str) -> Colour:
    pairs = zip(colour(one), colour(other), strict=True)
    return tuple((a * share + b * (100 - share)) / 100 for a, b in pairs)


def luminance(shown: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shown]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    less, more = sorted(map(luminance, (one, other)))
    return (more + 0.05) / (less + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "warp", "weft"])
def test_text_stands_out_from_each_ground(scheme: str, ink: str) -> None:
    colours = SCHEMES[scheme]
    for ground in GROUNDS:
        assert contrast(colour(colours[ink]), colour(colours[ground])) >= 7, ground


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marked_words_and_letters_on_marks_can_be_read(scheme: str) -> None:
    colours = {name: colour(value) for name, value in SCHEMES[scheme].items()}
    assert contrast(colours["ink"], colours["mark"]) >= 7
    assert contrast(colours["cloth"], colours["weft"]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_that_mean_something_can_be_seen(scheme: str) -> None:
    colours = SCHEMES[scheme]
    for ground in GROUNDS:
        assert contrast(colour(colours["line"]), colour(colours[ground])) >= 3, ground


@pytest.mark.parametrize("scheme", SCHEMES)
def test_letters_on_the_tones_of_the_map_can_be_read(scheme: str) -> None:
    # Letters on the map have a seam of the cloth around them, and would be read without it too.
    colours = SCHEMES[scheme]
    grounds = [mixed(colours["warp"], share, colours["cloth"]) for share in (0, *TONES)]
    assert len(TONES) == 4
    assert all(contrast(colour(colours["ink"]), ground) >= 4.5 for ground in grounds)
    steps = [contrast(one, other) for one, other in pairwise(grounds)]
    assert min(steps) >= 1.15, steps
