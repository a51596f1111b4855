"""Which pages there are (sitemaps.org 0.9), in which languages, and where the data are.

The last is the semantic sitemap extension, by which crawlers of linked data find the endpoint and
the dumps without reading a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from teixit.discovery.records import Record

MEDIA_TYPE: Final = "application/xml"
#: So many addresses one sitemap may hold.
MOST: Final = 50_000

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_SEMANTIC: Final = "http://sw.deri.org/2007/07/sitemapextension/scschema.xsd"


@dataclass(frozen=True)
class Page:
    """A page with an address in each language, and perhaps one in the reader's.

    Args:
        addresses: By language.
        neutral: The address that gives the reader's language, or "".
    """

    addresses: Mapping[str, str]
    neutral: str = ""

    @property
    def alternates(self) -> dict[str, str]:
        """All addresses, by what ``hreflang`` calls them."""
        neutral = {"x-default": self.neutral} if self.neutral else {}
        return {**self.addresses, **neutral}


def write(pages: Iterable[Page], records: Iterable[Record], endpoint: str, modified: str) -> bytes:
    """Write the sitemap.

    Args:
        pages: In the order in which they are to stand.
        records: The datasets.
        endpoint: The address of the SPARQL endpoint.
        modified: When the pages last changed, as ISO 8601 has it.
    """
    for prefix, namespace in (("", _SITEMAP), ("xhtml", _XHTML), ("sc", _SEMANTIC)):
        register_namespace(prefix, namespace)
    root = Element(f"{{{_SITEMAP}}}urlset")
    for record in records:
        _semantic(root, record, endpoint)
    for page in pages:
        for address in page.alternates.values():
            _url(root, page, address, modified)
    return bytes(tostring(root, "utf-8", xml_declaration=True))


def _url(root: Element, page: Page, address: str, modified: str) -> None:
    url = SubElement(root, f"{{{_SITEMAP}}}url")
    SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    SubElement(url, f"{{{_SITEMAP}}}lastmod").text = modified
    for language, other in page.alternates.items():
        named = {"rel": "alternate", "hreflang": language, "href": other}
        SubElement(url, f"{{{_XHTML}}}link", named)


def _semantic(root: Element, record: Record, endpoint: str) -> None:
    described = SubElement(root, f"{{{_SEMANTIC}}}dataset")
    told = [("datasetLabel", record.title["en"]), ("datasetURI", record.iri)]
    if record.name == "graph":
        told.append(("sparqlEndpointLocation", endpoint))
    told += [("dataDumpLocation", file.address) for file in record.files]
    for name, text in told:
        SubElement(described, f"{{{_SEMANTIC}}}{name}").text = text
