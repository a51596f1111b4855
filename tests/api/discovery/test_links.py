from collections.abc import Mapping

from teixit.discovery import links
from teixit.discovery.links import Link
from teixit.discovery.records import Record

HERE = "https://graph.example.org"


def test_a_page_has_the_links_of_fair_signposting(described: Mapping[str, Record]) -> None:
    graph = described["graph"]
    found = links.of_page(graph, HERE)
    assert found[0] == Link("cite-as", graph.iri)
    relations = {link.relation for link in found}
    signposts = {"cite-as", "describedby", "item", "type", "license", "author", "linkset"}
    assert relations == signposts | {"original", "timegate", "timemap"}
    items = [(link.target, link.media_type) for link in found if link.relation == "item"]
    assert items == [(file.address, file.media_type) for file in graph.files]
    assert Link("linkset", f"{HERE}/linkset.json", links.LINKSET) in found


def test_a_file_leads_back_to_its_page() -> None:
    found = links.of_file("graph", HERE)
    assert found[0] == Link("collection", f"{HERE}/datasets/graph", "text/html")
    assert {link.relation for link in found} >= {"describedby", "type"}


def test_links_stand_in_a_header() -> None:
    written = links.header([Link("item", "/a", "text/turtle"), Link("type", "/b", profile="/c")])
    assert written == '</a>; rel="item"; type="text/turtle", </b>; rel="type"; profile="/c"'


def test_the_linkset_has_the_links_of_each_page_and_file(described: Mapping[str, Record]) -> None:
    (page, *rest) = links.linkset(described.values(), HERE)["linkset"]
    assert page["anchor"] == f"{HERE}/datasets/graph"
    assert page["cite-as"] == [{"href": described["graph"].iri}]
    assert page["linkset"] == [{"href": f"{HERE}/linkset.json", "type": links.LINKSET}]
    files = [file.address for record in described.values() for file in record.files]
    assert len(rest) + 1 == len(described) + len(files)
    assert {context["anchor"] for context in rest} >= set(files)


def test_programs_find_all_interfaces() -> None:
    own, *rest = links.interfaces(HERE)["linkset"]
    named = {target["href"] for target in own["item"]}
    assert {
        f"{HERE}/sparql",
        f"{HERE}/graphs",
        f"{HERE}/catalog",
        f"{HERE}/.well-known/void",
    } <= named
    assert {context["anchor"] for context in rest} <= named


def test_a_profile_stands_in_a_linkset_too() -> None:
    told = links.context("/a", [Link("api-catalog", "/b", "text/plain", "/c")])
    assert told["api-catalog"] == [{"href": "/b", "type": "text/plain", "profile": "/c"}]
