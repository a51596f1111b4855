"""What belongs together, as links that programs follow without reading a page.

FAIR Signposting (signposting.org/FAIR, levels 1 and 2) names the relations; RFC 8288 says how they
stand in a header, RFC 9264 how in a file, and RFC 9727 which programs' interfaces there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from teixit.discovery.records import Record
from teixit.discovery.schema_org import licence_page

LINKSET: Final = "application/linkset+json"
#: The catalogue's files, by their media types.
DESCRIPTIONS: Final = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
}
_TYPES: Final = ("https://schema.org/Dataset", "https://schema.org/AboutPage")


@dataclass(frozen=True)
class Link:
    """From a document to *target*, which is a *relation* of it.

    Args:
        relation: Its registered name (RFC 8288, section 2.1.1).
        target: An absolute address.
        media_type: Of what is there, or "".
        profile: Of what is there, or "".
    """

    relation: str
    target: str
    media_type: str = ""
    profile: str = ""


def of_page(record: Record, address: str) -> list[Link]:
    """Give the links of the page about *record*; the service is at *address*."""
    return [
        Link("cite-as", record.iri),
        *_described_by(address),
        *(Link("item", file.address, file.media_type) for file in record.files),
        *(Link("type", type_) for type_ in _TYPES),
        Link("license", licence_page(record)),
        Link("author", record.publisher),
        Link("linkset", f"{address}/linkset.json", LINKSET),
        *_times(page(record.name, address), f"{address}/releases/timemap/datasets/{record.name}"),
    ]


def of_file(dataset: str, address: str) -> list[Link]:
    """Give the links of each file of the *dataset* of this name; the service is at *address*."""
    return [
        Link("collection", page(dataset, address), "text/html"),
        *_described_by(address),
        Link("type", "https://schema.org/DataDownload"),
    ]


def page(dataset: str, address: str) -> str:
    """Give the address of the page about the *dataset* of this name, in the reader's language."""
    return f"{address}/datasets/{dataset}"


def _times(page_of: str, map_: str) -> list[Link]:
    """Link what tells how it was at another time (RFC 7089): the page itself, and a map."""
    gates = [Link(relation, page_of) for relation in ("original", "timegate")]
    return [*gates, Link("timemap", map_, "application/link-format")]


def _described_by(address: str) -> list[Link]:
    return [Link("describedby", f"{address}/{name}", type_) for name, type_ in DESCRIPTIONS.items()]


def header(links: Iterable[Link]) -> str:
    """Write *links* as the header Link has them (RFC 8288, section 3)."""
    return ", ".join(
        f'<{link.target}>; rel="{link.relation}"'
        + (f'; type="{link.media_type}"' if link.media_type else "")
        + (f'; profile="{link.profile}"' if link.profile else "")
        for link in links
    )


def context(anchor: str, links: Sequence[Link]) -> Mapping[str, Any]:
    """Write the *links* of one document as a link context object (RFC 9264, section 4.2.2)."""
    found: dict[str, Any] = {"anchor": anchor}
    for link in links:
        target = {"href": link.target}
        if link.media_type:
            target["type"] = link.media_type
        if link.profile:
            target["profile"] = link.profile
        found.setdefault(link.relation, []).append(target)
    return found


def linkset(records: Iterable[Record], address: str) -> Mapping[str, Any]:
    """Write the links of every page and file of *records* (RFC 9264, section 4.2)."""
    contexts = []
    for record in records:
        contexts.append(context(page(record.name, address), of_page(record, address)))
        contexts += [context(file.address, of_file(record.name, address)) for file in record.files]
    return {"linkset": contexts}


def interfaces(address: str) -> Mapping[str, Any]:
    """Say which interfaces of programs the service at *address* has (RFC 9727, section 4.1)."""
    own = f"{address}/.well-known/api-catalog"
    endpoint = f"{address}/sparql"
    described = Link("service-desc", f"{endpoint}?download=ttl", "text/turtle")
    void = Link("service-meta", f"{address}/.well-known/void", "text/turtle")
    health = Link("status", f"{address}/health", "application/json")
    files = [
        Link("service-desc", f"{address}/{name}", type_) for name, type_ in DESCRIPTIONS.items()
    ]
    known = {
        endpoint: [described, Link("service-doc", endpoint, "text/html"), void, health],
        f"{address}/graphs": [described, void],
        f"{address}/questions": [
            Link("service-desc", f"{address}/openapi.json", "application/json"),
            Link("service-doc", f"{address}/questions", "text/html"),
        ],
        f"{address}/catalog": files,
        f"{address}/ldes": [Link("service-desc", f"{address}/ldes", "text/turtle")],
    }
    items = [Link("item", one) for one in (*known, void.target)]
    rest = [context(one, links) for one, links in known.items()]
    return {"linkset": [context(own, items), *rest]}
