"""The bench of those who do research, in a real browser: written, asked, stopped, kept, shared."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from teixit import web

EDITOR = Path(web.__file__).parent / "static" / "editor.js"
#: What no worker ends within the time of a test.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SHOWN = """() => {
  const root = document.querySelector(".editor").shadowRoot;
  return [...root.querySelectorAll(".cm-tooltip-autocomplete li")].map(one => one.innerText);
}"""
INNER = """() => {
  const root = document.querySelector(".editor").shadowRoot;
  return root.activeElement?.className ?? "";
}"""


@pytest.fixture(autouse=True, scope="module")
def bundled() -> None:
    if not EDITOR.exists():
        pytest.skip("the editor is not here: make editor")


@pytest.fixture
def bench(open_tab: Callable[..., Any], server: str) -> Iterator[Any]:
    with open_tab(server) as tab:
        tab.visit("/en/query?query=%20")
        tab.page.locator(".cm-content").wait_for()
        yield tab
        assert tab.wrong == []


def typed(bench: Any, text: str) -> None:
    """Put a query in place of what is there, by the keyboard."""
    bench.page.locator(".cm-content").click()
    bench.page.keyboard.press("Control+A")
    bench.page.keyboard.press("Delete")
    if text:
        bench.page.keyboard.insert_text(text)


def written(bench: Any) -> str:
    return str(bench.page.locator("#query").input_value())


def proposed(bench: Any, among: str) -> list[str]:
    """Ask for proposals, and give them once there is one that has a text in it."""
    bench.page.keyboard.press("Control+Space")
    bench.page.locator(".cm-tooltip-autocomplete li", has_text=among).first.wait_for()
    return [" ".join(one.split()) for one in bench.look(SHOWN)]


def taken(bench: Any) -> None:
    """Take the first proposal; one that has only just appeared is not taken by a key."""
    bench.page.wait_for_timeout(100)
    bench.page.keyboard.press("Enter")


def running(server: str) -> int:
    with urlopen(f"{server}/health") as answer:  # noqa: S310 - our own server
        workers = json.load(answer)["workers"]
        return int(workers["quick"] + workers["long"])


def test_a_class_is_completed_and_its_prefix_comes_by_itself(bench: Any) -> None:
    typed(bench, "SELECT * { ?x a flag")
    assert proposed(bench, "flagship")[0] == "teixit:FlagshipProject flagship project"
    taken(bench)
    first, second = written(bench).split("\n")
    assert first == "PREFIX teixit: <https://w3id.org/teixit/def#>"
    assert second == "SELECT * { ?x a teixit:FlagshipProject"


def test_the_properties_of_the_class_at_hand_come_first_as_the_shapes_have_them(
    bench: Any,
) -> None:
    typed(bench, "SELECT * { ?x a teixit:FlagshipProject ; ")
    found = proposed(bench, "mandatory")
    assert "teixit:playsRole plays role · mandatory" in found
    assert found.index("teixit:playsRole plays role · mandatory") < found.index(
        "teixit:locatedIn located in · usual"
    )
    assert any(one.endswith("optional") for one in found)
    bench.page.keyboard.type("playsR")
    bench.page.wait_for_function(f"() => ({SHOWN})().length === 1")
    taken(bench)
    bench.page.keyboard.type(" ")
    roles = ["emblematic project id:role-emblematic", "pioneer project id:role-pioneer"]
    assert [one for one in proposed(bench, "role-") if "role-" in one] == roles


def test_a_thing_is_found_by_its_name_in_the_language_of_the_reader(bench: Any) -> None:
    bench.visit("/ca/query?query=ASK%20%7B%7D")
    bench.page.locator(".cm-content").wait_for()
    typed(bench, "PREFIX e: <https://w3id.org/teixit/id/>\nASK { ?x ?y ciutat vel")
    assert proposed(bench, "Vella")[0] == "Ciutat Vella id:district-01"
    taken(bench)
    assert written(bench).endswith("\nASK { ?x ?y e:district-01")


def test_a_name_says_what_it_stands_for_where_the_pointer_rests(bench: Any) -> None:
    typed(bench, "PREFIX e: <https://w3id.org/teixit/id/> ASK { ?x ?y e:district-06 }")
    bench.page.locator(".cm-content .t-name", has_text="e:district-06").hover()
    bench.page.locator(".cm-tooltip-hover", has_text="Gràcia").wait_for()


def test_an_error_is_marked_and_said_as_one_types_and_goes_away(bench: Any) -> None:
    typed(bench, "SELECT * {\n  ?a ?b }")
    bench.page.get_by_text("Line 2, column 10").wait_for()
    bench.page.locator(".cm-lint-marker-error").wait_for()
    assert bench.page.locator(".cm-lintRange-error").text_content() == "}"
    assert bench.page.locator("#wrong").get_attribute("role") == "status"
    typed(bench, "ASK {}")
    bench.page.locator(".cm-lint-marker-error").wait_for(state="detached")
    bench.page.wait_for_function("() => document.querySelector('#wrong').textContent === ''")


def test_the_answer_comes_by_a_key_and_by_the_button_at_an_address_of_its_own(bench: Any) -> None:
    typed(bench, "SELECT (1 AS ?number) {}")
    bench.page.keyboard.press("Control+Enter")
    bench.page.locator("#answer td").first.wait_for()
    assert bench.page.locator("#answer td").first.inner_text() == "1"
    assert "Rows: 1." in bench.page.locator("#said").inner_text()
    assert parse_qs(urlsplit(bench.page.url).query) == {"query": ["SELECT (1 AS ?number) {}"]}
    typed(bench, "ASK {}")
    bench.page.get_by_role("button", name="Ask", exact=True).click()
    bench.page.locator("#answer .verdict").wait_for()
    catalan = bench.page.locator("nav.languages a[lang=ca]").get_attribute("href")
    assert catalan == "/ca/query?query=ASK+%7B%7D"
    bench.page.go_back()
    bench.page.locator("#answer td").first.wait_for()
    bench.page.locator(".cm-content").wait_for()
    assert written(bench) == "SELECT (1 AS ?number) {}"


def test_what_cannot_be_answered_is_said_on_the_page(bench: Any) -> None:
    typed(bench, "SELECT * { ?a ?b")
    bench.page.keyboard.press("Control+Enter")
    bench.page.get_by_role("alert").wait_for()
    assert "line 1, column" in bench.page.get_by_role("alert").inner_text()
    bench.wrong[:] = [one for one in bench.wrong if "400" not in one]


def test_a_query_that_no_address_holds_is_said_to_be_too_long(bench: Any) -> None:
    pasted = """text => {
      const held = new DataTransfer();
      held.setData("text/plain", text);
      const paste = new ClipboardEvent("paste", {clipboardData: held, cancelable: true});
      document.querySelector(".editor").shadowRoot.querySelector(".cm-content").dispatchEvent(paste);
    }"""
    typed(bench, "")
    bench.look(pasted, "ASK {} # " + "x" * 150_000)
    bench.page.keyboard.press("Control+Enter")
    bench.page.get_by_text("Shorten the request").wait_for()
    bench.wrong[:] = [one for one in bench.wrong if "414" not in one and "431" not in one]


def test_who_leaves_off_frees_the_worker(bench: Any, server: str) -> None:
    typed(bench, ENDLESS)
    bench.page.keyboard.press("Control+Enter")
    for _ in range(100):
        if running(server):
            break
        time.sleep(0.05)
    assert running(server) == 1
    bench.page.get_by_role("button", name="Stop", exact=True).click()
    bench.page.get_by_text("Stopped after").wait_for()
    for _ in range(40):
        if not running(server):
            break
        time.sleep(0.05)
    assert running(server) == 0
    assert not bench.page.locator("#cancel").is_visible()


def test_what_was_asked_is_kept_in_the_browser_until_it_is_deleted(bench: Any) -> None:
    page = bench.page
    assert not page.locator("#kept").is_visible()
    for query in ("ASK {}", "PREFIX a: <urn:a>\nASK { ?x a a:b }", "ASK {}"):
        typed(bench, query)
        page.keyboard.press("Control+Enter")
        page.wait_for_url(f"**/query?{urlencode({'query': query}, safe='*')}")
    page.locator("#kept summary").click()
    assert page.locator("#kept li").count() == 2
    page.get_by_role("button", name="ASK { ?x a a:b }", exact=True).click()
    assert written(bench).startswith("PREFIX a: <urn:a>")
    page.get_by_role("button", name="Delete: ASK {}").click()
    assert page.locator("#kept li").count() == 1
    page.reload()
    page.locator("#kept summary").click()
    page.get_by_role("button", name="Delete them all").click()
    assert not page.locator("#kept").is_visible()
    assert page.evaluate("() => localStorage.getItem('teixit.queries')") == "[]"


def test_a_link_has_the_query_in_it(bench: Any) -> None:
    bench.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    typed(bench, "ASK { ?a ?b 'é' }")
    bench.page.get_by_role("button", name="Link to share").click()
    bench.page.get_by_text("The link is on the clipboard.").wait_for()
    link = bench.page.locator("#link").input_value()
    assert bench.page.evaluate("() => navigator.clipboard.readText()") == link
    bench.page.goto(link)
    bench.page.locator("#answer .verdict").wait_for()
    assert written(bench) == "ASK { ?a ?b 'é' }"


def test_the_keyboard_goes_in_and_out(bench: Any) -> None:
    bench.page.locator("nav.views a").last.focus()
    bench.page.keyboard.press("Tab")
    assert "cm-content" in bench.look(INNER)
    bench.page.keyboard.press("Tab")
    assert bench.look("() => document.activeElement.textContent") == "Ask"
    bench.page.keyboard.press("Shift+Tab")
    assert "cm-content" in bench.look(INNER)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_finds_nothing_wrong_with_the_editor(
    bench: Any, axe: str, width: int, scheme: Any
) -> None:
    bench.page.set_viewport_size({"width": width, "height": 900})
    bench.page.emulate_media(color_scheme=scheme)
    typed(bench, "SELECT * { ?x a ?y # why\n FILTER (?y = 'a', 1) ?z <urn:a> ")
    bench.page.locator(".cm-lint-marker-error").wait_for()
    proposed(bench, "?x")
    assert bench.violations(axe) == []
    bench.page.keyboard.press("Escape")
    typed(bench, "ASK {}")
    bench.page.keyboard.press("Control+Enter")
    bench.page.locator("#answer .verdict").wait_for()
    bench.page.locator("#kept summary").click()
    bench.page.get_by_role("button", name="Link to share").click()
    assert bench.violations(axe) == []
    assert bench.look("() => document.documentElement.scrollWidth") <= width


def test_without_the_program_there_is_the_form(open_tab: Callable[..., Any], server: str) -> None:
    with open_tab(server) as tab:
        tab.page.route("**/static/editor.js", lambda route: route.abort())
        tab.visit("/en/query")
        tab.page.locator("#query").fill("ASK {}")
        tab.page.get_by_role("button").click()
        tab.page.locator("#answer .verdict").wait_for()
        assert tab.page.get_by_role("button").count() == 1
        assert all("editor.js" in one or "ERR_FAILED" in one for one in tab.wrong)


def test_where_scripts_are_off_there_is_the_form(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/en/query")
    page.locator("#query").fill("SELECT ?wrong {")
    page.get_by_role("button").click()
    expect(page.locator("#problem")).to_contain_text("line 1")
    page.locator("#query").fill("SELECT (1 AS ?one) {}")
    page.get_by_role("button").click()
    expect(page.locator("#answer td").first).to_have_text("1")
    expect(page.get_by_role("button")).to_have_count(1)
    context.close()


def test_a_picture_is_had_as_png_too(bench: Any) -> None:
    query = "SELECT ?class (COUNT(?x) AS ?number) { ?x a ?class } GROUP BY ?class LIMIT 5"
    bench.visit(f"/en/query?{urlencode({'query': query, 'view': 'chart'})}")
    with bench.page.expect_download() as had:
        bench.page.get_by_role("button", name="PNG").click()
    assert had.value.suggested_filename == "teixit.png"
    picture = Path(had.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    assert width > 400
    assert height > 100
