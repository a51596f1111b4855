from collections.abc import Sequence

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from teixit import queries
from teixit.errors import ChoiceError
from teixit.explorer import network, reading
from teixit.explorer.declarations import words
from teixit.explorer.network import Network
from teixit.explorer.reading import Reader
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES, THING, expand

RDF_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
GRAPH = NamedNode("urn:graph")


def said(view: Network) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in view.tables[0].rows]


def node(name: str) -> NamedNode:
    return NamedNode(f"{THING}{name}")


def made(*triples: tuple[NamedNode, str, NamedNode | Literal]) -> Store:
    store = Store()
    for subject, name, value in triples:
        predicate = RDF_TYPE if name == "a" else NamedNode(expand(name))
        for quad in (Quad(subject, predicate, value, GRAPH), Quad(subject, predicate, value)):
            store.add(quad)
    return store


def test_one_step_around_a_project(store: Store) -> None:
    view = network.around(Reader(store, "en"), "project-coopolis", 1)
    assert view.title == "What it is linked to: Coòpolis"
    assert view.summary == "7 things and 6 links, as far as one step from “Coòpolis”."
    assert ("Coòpolis", "is in", "Sants-Montjuïc") in said(view)
    assert ("Coòpolis", "is promoted by", "Lacol") in said(view)
    assert sum(words == "names" for _, words, _ in said(view)) == 1
    assert view.left_out == []
    assert view.legend[0] == ("action", "names", "project")


def test_who_says_so_stands_beside_each_link(store: Store) -> None:
    view = network.around(Reader(store, "ca"), "project-coopolis", 2)
    assert len(view.tables[0].rows) == 18
    assert all(link.evidence for _, link, _ in view.tables[0].rows)
    named = next(row for row in view.tables[0].rows if row[1].text == "anomena")
    assert named[1].evidence[0].voice == "passage"
    assert "Coòpolis, Can Picó" in (named[1].evidence[0].sentence or "")


def test_what_we_conclude_is_drawn_as_such(store: Store) -> None:
    view = network.around(Reader(store, "ca"), "project-coopolis", 2)
    assert view.drawing is not None
    concluded = {
        wire.link.words.split(" arriba a ")[-1]
        for wire in view.drawing.wires
        if wire.link.concluded
    }
    assert concluded == {"Sants-Montjuïc", "Sant Martí"}


def test_the_drawing_and_the_words_say_the_same(store: Store) -> None:
    view = network.around(Reader(store, "es"), "district-03", 2)
    assert view.drawing is not None
    assert {box.node.name for box in view.drawing.boxes} == {
        row[0].text for row in view.tables[1].rows
    }
    assert {wire.link.words for wire in view.drawing.wires} == {" ".join(row) for row in said(view)}
    assert [box.node.key for box in view.drawing.boxes if box.node.centre] == [
        f"{THING}district-03"
    ]
    assert sum(int(row[2].number or 0) for row in view.tables[1].rows) == 2 * len(said(view))


def test_the_same_is_shown_alike(store: Store) -> None:
    first, second = (network.around(Reader(store, "ca"), "district-10", 2) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_neighbourhood_leads_to_its_district(store: Store, language: str) -> None:
    view = network.around(Reader(store, language), "neighbourhood-31", 1)
    assert [row[2] for row in said(view)] == ["Gràcia"]


def test_what_is_unknown_is_said_in_the_reader_s_language(store: Store) -> None:
    with pytest.raises(ChoiceError, match="No tenim cap element «nowhere/<b>»") as caught:
        network.around(Reader(store, "ca"), "nowhere/<b>", 1)
    assert caught.value.status == 404
    with pytest.raises(ChoiceError):  # it is there, and of no kind that is drawn
        network.around(Reader(store, "ca"), "record-sources", 1)


def test_what_has_no_link_is_said_to_be_alone() -> None:
    store = made((node("a"), "a", NamedNode(expand("teixit:Theme"))))
    view = network.around(Reader(store, "en"), "a", 2)
    assert view.drawing is None
    assert view.summary == f"Nothing in the sources says that “{THING}a” is linked to anything."
    assert said(view) == []


def many(number: int) -> Store:
    theme, action = NamedNode(expand("teixit:Theme")), NamedNode(expand("teixit:Action"))
    names = [node(f"theme-{place:03}") for place in range(number)]
    axis = NamedNode(expand("teixit:TerritorialAxis"))
    return made(
        (node("a"), "a", action),
        *((name, "a", theme) for name in names),
        *((node("a"), "dct:subject", name) for name in names),
        (node("axis"), "a", axis),
        *((node(f"b{place}"), "a", axis) for place in range(3)),
        *((node("a"), "teixit:concernsAxis", node(name)) for name in ("axis", "b0", "b1", "b2")),
    )


def test_no_more_than_can_be_read_is_shown_and_the_rest_is_counted() -> None:
    view = network.around(Reader(many(80), "es"), "a", 1)
    assert view.drawing is not None
    assert len(view.drawing.boxes) == network.MOST
    assert len(view.tables[1].rows) == network.MOST
    (left,) = view.left_out
    assert (left.kind, left.number, left.address) == ("Temas", 35, "/es/list/themes")


def test_a_kind_without_a_list_is_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MOST", 3)
    view = network.around(Reader(many(2), "en"), "a", 1)
    assert [(left.kind, left.number, left.address) for left in view.left_out] == [
        ("Territorial axes", 2, None),
        ("Themes", 2, "/en/list/themes"),
    ]


def test_what_is_hostile_stays_a_text() -> None:
    script, theme = "<script>alert(1)</script>", NamedNode(expand("teixit:Theme"))
    evil = NamedNode("javascript:alert(1)")
    store = made(
        (node("a"), "a", NamedNode(expand("teixit:Action"))),
        (evil, "a", theme),
        (evil, "rdfs:label", Literal(script, language="zz")),
        (node("a"), "dct:subject", evil),
        (node("a"), "dct:subject", Literal("no thing")),
        (node("a"), "dct:subject", node("a")),
    )
    subject = NamedNode(expand("dct:subject"))
    store.add(Quad(node("a"), subject, evil, BlankNode()))  # a graph that nobody can name
    view = network.around(Reader(store, "ca"), "a", 2)
    assert view.drawing is not None
    box = next(box for box in view.drawing.boxes if box.node.key == evil.value)
    assert box.node.address is None
    assert box.node.name == script
    assert len(view.drawing.wires) == 1  # nothing is drawn from a thing to itself


def test_nothing_is_known_of_an_empty_graph() -> None:
    with pytest.raises(ChoiceError):
        network.around(Reader(Store(), "ca"), "district-03", 2)


def test_the_words_and_the_queries_speak_of_the_same() -> None:
    text = {
        name: queries.named(f"network-{name}", reading.QUERIES).text for name in ("node", "links")
    }
    assert all(kind["class"] in text["node"] for kind in words("network")["kind"].values())
    assert all(name in text["links"] for name in words("network")["link"])
    listed = text["links"].partition("?property IN (")[2].partition(")")[0]
    assert {*listed.replace(",", " ").split()} == {*words("network")["link"]}


def test_all_is_said_in_three_languages() -> None:
    told: Sequence[dict[str, str]] = [
        *(kind[form] for kind in words("network")["kind"].values() for form in ("one", "many")),
        *words("network")["link"].values(),
        *words("network")["text"].values(),
    ]
    assert all({*texts} == {*LANGUAGES} and all(texts.values()) for texts in told)
