"""The walk over the checklist: it is whole, and each check can fail."""

import json
from collections.abc import Callable

import pytest

from harvest import check, items
from harvest.conftest import Canned
from harvest.site import Page, Site, links
from harvest.verdicts import CHECKS
from teixit import paths

#: What is proved by tests of the project, or by the name of things, and asks no server.
WITHOUT_SERVER = {"C15", "I06", "I07", "I08", "I10", "I13", "I16", "I18", "L01", "L02", "L03"}
ITEMS = [item for item in items.read() if item not in WITHOUT_SERVER]
RDF = "text/turtle; charset=utf-8"

Make = Callable[[Canned], Site]


def test_the_items_are_those_of_the_checklist(shared: Callable) -> None:
    told = json.loads(shared("checks/checklist.json").read_text("utf-8"))
    found = {item.id: item.level for item in items.read().values()}
    assert found == {one["id"]: one["level"] for one in told}


def test_every_item_is_checked_and_every_check_has_an_item() -> None:
    assert len(items.read()) == 145
    assert CHECKS.keys() == items.read().keys()


@pytest.mark.parametrize("item", items.read().values(), ids=lambda item: item.id)
def test_an_item_is_said_in_every_language(item: items.Item) -> None:
    assert item.level in {"MUST", "SHOULD", "NICE"}
    assert len(set(item.what.values())) >= 2
    assert all(text == text.strip() and len(text) > 10 for text in item.what.values())


def test_the_result_that_ships_has_every_item() -> None:
    kept = json.loads((paths.DATA / "quality" / "harvest.json").read_text("utf-8"))
    known = items.read()
    assert [one["id"] for one in kept["items"]] == list(known)
    for one in kept["items"]:
        assert one["what"] == known[one["id"]].what
        assert one["level"] == known[one["id"]].level
        assert one["reason"]


@pytest.fixture(scope="module")
def silent() -> dict[str, check.Verdict]:
    """How a server fares that says nothing, politely, whatever it is asked."""
    from harvest.conftest import serving  # noqa: PLC0415 - as a fixture of this module

    canned = Canned(200, {"Content-Type": "text/html; charset=utf-8"}, b"<!doctype html><p>Hello")
    with serving(canned) as url, check.Client(url, check.BASE, timeout=10) as client:
        site = Site(client)
        return {v.item: v for v in check.walk(site, lambda item: item not in WITHOUT_SERVER)}


@pytest.mark.parametrize("item", ITEMS)
def test_a_server_that_says_nothing_passes_nothing(
    silent: dict[str, check.Verdict], item: str
) -> None:
    # It does answer HEAD at the endpoint, and has no limit that a burst could pass.
    assert (silent[item].outcome == "passed") is (item in {"G15", "K07"}), silent[item].reason


@pytest.mark.parametrize("item", ["A07", "B01", "C01", "D13", "E03", "F06", "G15", "H01", "I01", "J01", "K06", "K07", "L10"])  # fmt: skip
def test_a_server_with_a_fault_passes_in_no_group(site: Make, item: str) -> None:
    broken = site(Canned(500, {"Content-Type": "text/plain"}, b"oops"))
    assert check.verdict(item, broken).outcome == "failed"


def planted(body: str, type_: str = RDF, **headers: str) -> Canned:
    return Canned(200, {"Content-Type": type_, **headers}, body.encode())


@pytest.mark.parametrize(
    ("item", "canned", "said"),
    [
        (
            "B02",
            {"/catalog.ttl": planted("<urn:a> <urn:b> <urn:c> .", "text/plain")},
            "catalog.ttl: text/plain",
        ),
        (
            "B05",
            {"/catalog.ttl": planted("<urn:a> a <http://www.w3.org/ns/dcat#Dataset> .")},
            "typed and not listed",
        ),
        (
            "B07",
            {"/catalog.jsonld": planted('{"@context": "https://a.org/c"}', "application/ld+json")},
            "remote contexts",
        ),
        (
            "C05",
            {
                "/federador.rdf": planted(
                    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
                    'xmlns:d="http://purl.org/dc/terms/"><rdf:Description rdf:about="urn:a">'
                    '<d:publisher rdf:resource="https://a.org/me"/></rdf:Description></rdf:RDF>',
                    "application/rdf+xml",
                )
            },
            "foreign publishers",
        ),
        (
            "F06",
            {"/robots.txt": planted("User-agent: *\nDisallow: /sparql\n", "text/plain")},
            "",
        ),
        (
            "I03",
            {
                "/def": planted(
                    "<https://w3id.org/teixit/def> <http://www.w3.org/2002/07/owl#versionIRI> "
                    "<https://w3id.org/teixit/def> ."
                )
            },
            "versionIRI is the IRI",
        ),
        (
            "K06",
            {
                "/feed.atom": planted(
                    '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id></feed>',
                    "application/atom+xml",
                )
            },
            "no title",
        ),
        ("J05", {"/.well-known/api-catalog": planted("{}", "application/json")}, "Content-Type"),
    ],
)
def test_a_planted_fault_is_told(
    site: Make, item: str, canned: dict[str, Canned], said: str
) -> None:
    found = check.verdict(item, site(Canned(404, paths=canned)))
    assert found.outcome == "failed"
    assert said in found.reason


def test_what_is_right_passes(site: Make) -> None:
    text = (
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix id: <https://w3id.org/teixit/id/> . "
        "<urn:c> dcat:dataset id:dataset-graph , id:dataset-ontology , id:dataset-shapes , "
        "id:dataset-questions . id:dataset-graph a dcat:Dataset . id:dataset-ontology a "
        "dcat:Dataset . id:dataset-shapes a dcat:Dataset . id:dataset-questions a dcat:Dataset ."
    )
    right = site(Canned(404, paths={"/catalog.ttl": planted(text)}))
    assert check.verdict("B05", right).outcome == "passed"


def test_links_of_a_header_are_read() -> None:
    assert links('<a>; rel="item"; type="text/turtle", <b,c>; rel=type') == [
        {"href": "a", "rel": "item", "type": "text/turtle"},
        {"href": "b,c", "rel": "type"},
    ]


def test_what_programs_read_in_a_page_is_read() -> None:
    page = Page(
        '<html lang="ca"><link rel="alternate" href="x"><script type="application/ld+json">{}'
        '</script><script>no</script><p id="a">Bon <b>dia</b><a href="y">z</a>'
    )
    assert (page.language, page.data, page.hrefs, page.ids) == ("ca", ["{}"], ["y"], {"a"})
    assert page.linked("alternate")[0]["href"] == "x"
    assert page.text.startswith("no Bon dia")


def test_the_program_prints_and_keeps_what_it_finds(
    site: Make, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    url = site(Canned(404)).client.url
    out = tmp_path / "kept" / "harvest.json"  # type: ignore[operator]
    assert check.main([url, "--only", "B01,D14", "--out", str(out)]) == 1
    assert "B01 MUST   FAIL HEAD catalog.ttl: 404" in capsys.readouterr().out
    kept = json.loads(out.read_text("utf-8"))
    assert [one["outcome"] for one in kept["items"]] == ["failed", "not applicable"]
    assert check.main([url, "--only", "D14"]) == 0
