"""Each page in the browser: what anybody sees and hears of it, on a desk and on a phone."""

from itertools import pairwise
from typing import Any

from teixit.languages import LANGUAGES

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = node => node && (["auto", "scroll", "hidden"].includes(
    getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  return [...document.querySelectorAll("body *")].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > width + 1 && !scrolls(node.parentElement)
      && getComputedStyle(node).position !== "absolute";
  }).map(node => node.outerHTML.slice(0, 200)).slice(0, 3).concat(
    document.documentElement.scrollWidth > width ? ["the page is wider than the window"] : []);
}"""
STRUCTURE = """() => ({
  language: document.documentElement.lang,
  h1: document.querySelectorAll("h1").length,
  title: document.title,
  landmarks: ["header", "main", "footer"].map(
    name => document.querySelectorAll(`body > ${name}`).length),
  unnamed: [...document.querySelectorAll("nav, [role=region]")].filter(
    node => !node.ariaLabel && !node.getAttribute("aria-labelledby")).length,
  levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(node => +node.tagName[1]),
  headless: [...document.querySelectorAll("table")].filter(
    table => !table.querySelector("th")).length,
  twice: [...document.querySelectorAll("[id]")].map(node => node.id).filter(
    (id, at, all) => all.indexOf(id) !== at),
  inline: document.querySelectorAll(
    "[style], style, script:not([src], [type='application/ld+json'])").length,
})"""


def test_nothing_is_complained_of_and_nothing_is_asked_elsewhere(shown: Any) -> None:
    assert shown.wrong == []


def test_the_page_has_its_parts(shown: Any, address: Any) -> None:
    found = shown.look(STRUCTURE)
    assert found["language"] == address.language
    assert found["h1"] == 1
    assert found["title"].endswith(" · Teixit")
    assert found["landmarks"] == [1, 1, 1]
    assert (found["unnamed"], found["headless"], found["inline"]) == (0, 0, 0)
    assert found["twice"] == []
    levels = found["levels"]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_checker_finds_nothing_on_a_desk(shown: Any, axe: str) -> None:
    assert shown.violations(axe) == []


def test_nothing_hangs_over_the_edge_at_twice_the_size(shown: Any) -> None:
    shown.page.set_viewport_size({"width": 640, "height": 450})
    assert shown.look(OVERFLOW) == []


def test_a_checker_finds_nothing_on_a_phone_and_nothing_hangs_over_its_edge(
    shown: Any, axe: str
) -> None:
    shown.page.set_viewport_size({"width": 360, "height": 740})
    assert shown.look(OVERFLOW) == []
    assert shown.violations(axe) == []


def test_the_other_languages_show_the_same(shown: Any, address: Any) -> None:
    links = dict(
        shown.look(
            """() => [...document.querySelectorAll("nav a[hreflang]")].map(
                link => [link.hreflang, link.getAttribute("href")])"""
        )
    )
    assert links.keys() == {*LANGUAGES}
    heading = shown.page.text_content("h1")
    for language in LANGUAGES:
        shown.visit(links[language])
        assert shown.wrong == []
        assert shown.look("() => document.documentElement.lang") == language
        back = f"() => document.querySelector(`nav a[hreflang={address.language}]`).href"
        there = shown.look(f"{back}.slice(location.origin.length)")
        assert there == links[address.language]
        if language == address.language:
            assert shown.page.text_content("h1") == heading
