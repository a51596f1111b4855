"""One page of each kind, as others see it: in the dark, on paper, by the keyboard, at rest."""

from collections.abc import Iterator
from typing import Any

import pytest

#: How many stops of the keyboard are looked at on a page.
STOPS = 50

FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const again = "seen" in node.dataset;
  node.dataset.seen = "";
  const look = () => [node, ...node.querySelectorAll("*")].map(part => {
    const {outline, boxShadow, stroke, strokeWidth, fill} = getComputedStyle(part);
    return [outline, boxShadow, stroke, strokeWidth, fill].join();
  }).join();
  const focused = look();
  node.blur();
  const ringed = look() !== focused;
  node.focus({focusVisible: true, preventScroll: true});
  const box = node.getBoundingClientRect();
  return {
    again,
    name: node.outerHTML.slice(0, 160),
    ringed,
    there: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
CLOTH = """() => getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/g).map(
  Number)"""
OVER_PAPER = """() => {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("main *")].filter(
    node => node.getClientRects().length && node.getBoundingClientRect().right > width + 1
  ).map(node => node.outerHTML.slice(0, 160)).slice(0, 3);
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(node => {
  const style = getComputedStyle(node);
  const times = `${style.transitionDuration}, ${style.animationDuration}`.split(", ");
  return times.some(time => parseFloat(time) > 0.01) || style.scrollBehavior === "smooth";
}).map(node => node.outerHTML.slice(0, 160)).slice(0, 3)"""


@pytest.fixture
def dark(one_shown: Any) -> Iterator[Any]:
    one_shown.page.emulate_media(color_scheme="dark")
    yield one_shown
    one_shown.page.emulate_media(color_scheme="light")


@pytest.fixture
def on_paper(one_shown: Any) -> Iterator[Any]:
    # A4 upright, less the edges that a browser leaves, in CSS pixels.
    one_shown.page.set_viewport_size({"width": 718, "height": 1000})
    one_shown.page.emulate_media(media="print")
    yield one_shown
    one_shown.page.emulate_media(media="screen")


def test_a_checker_finds_nothing_in_the_dark(dark: Any, axe: str) -> None:
    assert max(dark.look(CLOTH)) < 64
    assert dark.violations(axe) == []


def test_the_page_can_be_printed(on_paper: Any) -> None:
    page = on_paper.page
    assert page.locator("h1").is_visible()
    assert len(page.locator("main").inner_text()) > 80
    assert page.locator("nav").filter(visible=True).count() == 0
    assert on_paper.look(OVER_PAPER) == []


def test_nothing_moves_for_those_who_want_rest(one_shown: Any) -> None:
    one_shown.page.emulate_media(reduced_motion="reduce")
    assert one_shown.look(MOVING) == []


def test_the_keyboard_leads_past_the_navigation(one_shown: Any) -> None:
    page = one_shown.page
    page.reload()
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("node => node === document.activeElement")
    assert skip.is_visible()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.keyboard.press("Tab")
    assert one_shown.look("() => !document.activeElement.closest('body > header')")


def test_the_keyboard_is_seen_wherever_it_goes(one_shown: Any) -> None:
    one_shown.page.goto(one_shown.page.url.partition("#")[0])
    stops = []
    for _ in range(STOPS):
        one_shown.page.keyboard.press("Tab")
        stop = one_shown.look(FOCUSED)
        if stop is None or stop["again"]:
            break
        stops.append(stop)
    assert len(stops) > 4
    assert [stop["name"] for stop in stops if not (stop["ringed"] and stop["there"])] == []
