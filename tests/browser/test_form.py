"""The form of ``teixit edit`` in the browser: as one types, by the keyboard, without a script."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from teixit import namespaces, paths

PLACE: Final = "/en/edit/project-coopolis"
HOMEPAGE: Final = "thing.homepage.1"
SOURCE: Final = f"{namespaces.THING}extract-cooperasec-que-es"
LOOKS: Final = [
    ("/ca/edit/", 1280, "light"),
    ("/es/edit/", 360, "dark"),
    *[
        (f"/{tag}/edit/{name}", width, scheme)
        for (tag, name), (width, scheme) in product(
            [("ca", "project-can-pico"), ("es", "organisation-lacol"), ("en", "new-project")],
            [(1280, "light"), (360, "dark")],
        )
    ],
    ("/en/edit/nothing", 360, "light"),
]
OVERFLOW: Final = """() => [...document.querySelectorAll("body *")].filter(node => {
  const box = node.getBoundingClientRect();
  return box.width > 1 && box.right > document.documentElement.clientWidth + 1
    && getComputedStyle(node).position !== "absolute";
}).map(node => node.outerHTML.slice(0, 160)).slice(0, 3)"""
STRUCTURE: Final = """() => ({
  h1: document.querySelectorAll("h1").length,
  twice: [...document.querySelectorAll("[id]")].map(node => node.id).filter(
    (id, at, all) => all.indexOf(id) !== at),
  unnamed: [...document.querySelectorAll("input:not([type=hidden]), select")].filter(
    node => !node.labels.length).length,
  untold: [...document.querySelectorAll("[aria-describedby]")].flatMap(
    node => node.getAttribute("aria-describedby").split(" ")).filter(
    id => !document.getElementById(id)),
  inline: document.querySelectorAll("[style], style, script:not([src])").length,
})"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A form on a copy of the data: where it is, and the copy."""
    folder = tmp_path_factory.mktemp("edit") / "data"
    shutil.copytree(paths.DATA, folder)
    command = [sys.executable, "-u", "-m", "teixit", "edit", "--port", "0", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        yield said.split()[-1].rstrip("/"), folder
        server.terminate()


@pytest.fixture
def page(form: tuple[str, Path], open_tab: Any) -> Iterator[Page]:
    with open_tab(form[0]) as tab:
        tab.visit(PLACE)
        yield tab.page
        assert [wrong for wrong in tab.wrong if "DISCONNECTED" not in wrong] == []


def told(page: Page, place: str) -> Any:
    return page.locator(f'[data-told="{place}"]')


def named(page: Page, name: str) -> Any:
    return page.locator(f'[name="{name}"]')


@pytest.mark.parametrize(("path", "width", "scheme"), LOOKS)
def test_a_checker_finds_nothing_and_nothing_hangs_over_the_edge(  # noqa: PLR0913, PLR0917
    form: tuple[str, Path], open_tab: Any, axe: str, path: str, width: int, scheme: Any
) -> None:
    with open_tab(form[0]) as tab:
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.page.emulate_media(color_scheme=scheme)
        tab.visit(path)
        assert [wrong for wrong in tab.wrong if "404" not in wrong] == []
        if tab.page.locator("details").count():
            tab.page.locator("details").evaluate("node => { node.open = true; }")
        assert tab.look(OVERFLOW) == []
        found = tab.look(STRUCTURE)
        assert found == {"h1": 1, "twice": [], "unnamed": 0, "untold": [], "inline": 0}
        assert tab.violations(axe) == []


def test_what_is_wrong_is_said_as_one_types(page: Page, axe: str) -> None:
    value = named(page, f"{HOMEPAGE}.value")
    value.press_sequentially("nowhere")
    expect(told(page, HOMEPAGE)).to_contain_text("This is no whole address")
    expect(value).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("async () => { " + axe + "; return (await axe.run()).violations }") == []
    value.fill("https://a.example/")
    expect(told(page, HOMEPAGE)).to_contain_text("choose the source")
    named(page, f"{HOMEPAGE}.source").select_option(SOURCE)
    expect(told(page, HOMEPAGE)).to_be_empty()
    expect(page.locator("#difference")).to_contain_text("+        foaf:homepage <https://a.exa")
    expect(page.locator("#summary")).to_have_text("Ready to be written.")
    named(page, "thing.locatedIn.0.value").select_option(f"{namespaces.THING}neighbourhood-45")
    expect(told(page, "thing.locatedIn").locator(".Violation").first).to_be_visible()
    value.fill("")
    named(page, f"{HOMEPAGE}.source").select_option("")


def test_what_is_typed_stays_when_the_program_is_away(page: Page) -> None:
    page.context.set_offline(True)
    named(page, f"{HOMEPAGE}.value").press_sequentially("https://a.example/")
    expect(page.locator("#summary")).to_contain_text("What you typed is still here")
    page.context.set_offline(False)
    named(page, f"{HOMEPAGE}.value").fill("")
    expect(page.locator("#summary")).to_have_text("There is nothing new.")


def test_a_change_is_made_by_the_keyboard_alone(page: Page, form: tuple[str, Path]) -> None:
    page.keyboard.press("Tab")
    for _ in range(200):
        focused = page.evaluate("document.activeElement.name || ''")
        if focused == "thing.altLabel.0.value":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.type(" (Coòpolis)")
    page.keyboard.press("Enter")  # which only checks
    expect(page.locator("#difference")).to_contain_text('"Ateneu Cooperatiu de Barcelona (Coò')
    assert "?written" not in page.url
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "write":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**?written")
    expect(page.locator("#notice")).to_contain_text("git diff data/")
    text = (form[1] / "projects.trig").read_text("utf-8")
    assert 'skos:altLabel "Ateneu Cooperatiu de Barcelona (Coòpolis)"@ca ;' in text


def test_it_works_without_a_script(browser: Browser, form: tuple[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(form[0] + PLACE)
    named(page, f"{HOMEPAGE}.value").fill("nowhere")
    page.get_by_role("button", name="One more line: homepage").click()
    expect(named(page, f"{HOMEPAGE}.value")).to_have_value("nowhere")
    expect(told(page, HOMEPAGE)).to_contain_text("This is no whole address")
    named(page, f"{HOMEPAGE}.value").fill("https://b.example/")
    named(page, f"{HOMEPAGE}.source").select_option("new")
    page.locator("summary").click()
    named(page, "source.label.0.value").fill("Un document de prova")
    named(page, "extract.hasConfidence.0.value").select_option(index=1)
    page.get_by_role("button", name="Check").last.click()
    expect(page.locator("#difference")).to_contain_text("id:extract-un-document-de-prova")
    page.get_by_role("button", name="Write it to the files").click()
    expect(page.locator("#notice")).to_contain_text("Written.")
    text = (form[1] / "sources.trig").read_text("utf-8")
    assert "    id:source-un-document-de-prova\n        a prov:Entity ;\n" in text
    context.close()


def test_another_tab_loses_nothing(form: tuple[str, Path], browser: Browser) -> None:
    context = browser.new_context()
    mine, theirs = context.new_page(), context.new_page()
    for page, name in ((mine, "Mine"), (theirs, "Theirs")):
        page.goto(form[0] + "/en/edit/organisation-lacol")
        named(page, "thing.altLabel.1.value").fill(name)
        named(page, "thing.altLabel.1.source").select_option(SOURCE)
    for page in (theirs, mine):
        page.get_by_role("button", name="Write it to the files").click()
    expect(mine.locator("#notice")).to_contain_text("the files have changed")
    expect(mine.locator("#notice")).to_contain_text("Theirs")
    expect(named(mine, "thing.altLabel.1.value")).to_have_value("Mine")
    mine.get_by_role("button", name="Write it to the files").click()
    expect(mine.locator("#notice")).to_contain_text("Written.")
    text = (form[1] / "organisations.trig").read_text("utf-8")
    assert '"Mine"@ca' in text
    assert '"Theirs"@ca' in text
    context.close()
