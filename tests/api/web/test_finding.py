import json
from collections.abc import Mapping
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from teixit.discovery import links
from teixit.discovery.records import Record

ADDRESS = "https://graph.example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_crawler_may_read_all_and_learns_of_the_sitemap(pages: FlaskClient) -> None:
    answer = pages.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert all(rules.can_fetch("Googlebot", path) for path in ("/", "/sparql", "/doc/a.ttl"))
    assert rules.site_maps() == [f"{ADDRESS}/sitemap.xml"]


def test_the_sitemap_lists_the_pages_and_documents_of_this_site(pages: FlaskClient) -> None:
    answer = pages.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    urls = [url.text or "" for url in ET.fromstring(answer.data).iter(f"{SITEMAP}loc")]
    assert all(url.startswith(f"{ADDRESS}/") for url in urls)
    assert len(urls) == len(set(urls))
    expected = {"/ca/", "/es/datasets/questions", "/datasets/graph", "/quality", "/def.en.html"}
    assert {url.removeprefix(ADDRESS) for url in urls} >= expected
    assert [url for url in urls if "/doc/" in url] == [
        f"{ADDRESS}/doc/{name}.{tag}.html" for name in ("a", "b/c") for tag in ("ca", "es", "en")
    ]
    assert not any("federador" in url for url in urls)


def test_its_dates_are_those_of_the_newest_dataset(
    pages: FlaskClient, described: Mapping[str, Record]
) -> None:
    root = ET.fromstring(pages.get("/sitemap.xml").data)
    newest = max(record.modified for record in described.values())
    assert {date.text for date in root.iter(f"{SITEMAP}lastmod")} == {newest}


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/linkset.json", links.LINKSET),
        (
            "/.well-known/api-catalog",
            f'{links.LINKSET}; profile="https://www.rfc-editor.org/info/rfc9727"',
        ),
    ],
)
def test_links_stand_in_files_too(pages: FlaskClient, path: str, media_type: str) -> None:
    answer = pages.get(path)
    assert answer.content_type == media_type
    assert json.loads(answer.text)["linkset"]


def test_the_catalogue_of_interfaces_says_that_it_is_one(pages: FlaskClient) -> None:
    link = pages.head("/.well-known/api-catalog").headers["Link"]
    assert link.startswith(f'<{ADDRESS}/.well-known/api-catalog>; rel="api-catalog"')
