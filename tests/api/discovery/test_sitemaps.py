from collections.abc import Mapping
from xml.etree import ElementTree as ET

from teixit.discovery import sitemaps
from teixit.discovery.records import Record
from teixit.discovery.sitemaps import Page

NAMES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "sc": "http://sw.deri.org/2007/07/sitemapextension/scschema.xsd",
}


def test_each_address_has_all_languages_and_a_date(described: Mapping[str, Record]) -> None:
    pages = [Page({"ca": "/ca/x", "es": "/es/x"}, "/x"), Page({"ca": "/ca/y"})]
    written = sitemaps.write(pages, described.values(), "/sparql", "2026-11-28")
    assert written.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ET.fromstring(written)
    urls = root.findall("url", NAMES)
    assert [url.findtext("loc", "", NAMES) for url in urls] == ["/ca/x", "/es/x", "/x", "/ca/y"]
    assert {url.findtext("lastmod", "", NAMES) for url in urls} == {"2026-11-28"}
    alternates = [link.get("hreflang") for link in urls[0].findall("xhtml:link", NAMES)]
    assert alternates == ["ca", "es", "x-default"]


def test_crawlers_of_linked_data_find_the_datasets(described: Mapping[str, Record]) -> None:
    root = ET.fromstring(sitemaps.write([], described.values(), "/sparql", "2026-11-28"))
    graph, *others = root.findall("sc:dataset", NAMES)
    assert len(others) == 3
    assert graph.findtext("sc:datasetLabel", "", NAMES) == "The graph"
    assert graph.findtext("sc:datasetURI", "", NAMES) == described["graph"].iri
    assert graph.findtext("sc:sparqlEndpointLocation", "", NAMES) == "/sparql"
    dumps = [node.text for node in graph.findall("sc:dataDumpLocation", NAMES)]
    assert dumps == [file.address for file in described["graph"].files]
    assert others[0].find("sc:sparqlEndpointLocation", NAMES) is None
