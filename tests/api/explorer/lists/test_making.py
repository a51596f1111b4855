"""The lists over the shipped graph, whose answers are known."""

from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from teixit.errors import ChoiceError
from teixit.explorer import files
from teixit.explorer.lists import asking, choosing, declared, making
from teixit.explorer.lists.making import Facet, ListView
from teixit.explorer.reading import Reader
from teixit.namespaces import PREFIXES, THING, expand

ALL = {
    "projects": 6,
    "measures": 3,
    "actions": 12,
    "objectives": 3,
    "audiences": 3,
    "themes": 20,
    "organisations": 11,
    "districts": 10,
    "neighbourhoods": 73,
    "sources": 35,
    "progress": 0,
}
RDF_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
GRAPH = NamedNode("urn:graph")


def shown(store: Store, name: str, language: str = "en", **asked: str) -> ListView:
    told = {key: [value] for key, value in asked.items()}
    return making.page(Reader(store, language), choosing.read(name, told, language))


def column(view: ListView, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in entry[number]] for entry in view.entries]


def facet(view: ListView, key: str) -> Facet:
    return next(facet for facet in view.facets if facet.key == key)


def counts(view: ListView, key: str) -> dict[str, int]:
    return {value.name.text: value.number for value in facet(view, key).values}


def made(*triples: tuple[str, str, NamedNode | Literal | BlankNode]) -> Store:
    store = Store()
    for subject, name, value in triples:
        predicate = RDF_TYPE if name == "a" else NamedNode(expand(name))
        for graph in (GRAPH, None):
            store.add(Quad(NamedNode(subject), predicate, value, graph))
    return store


@pytest.mark.parametrize("name", declared.lists())
def test_a_list_has_all_things_of_its_class(store: Store, name: str) -> None:
    view = shown(store, name)
    assert view.total == ALL[name]
    assert len(view.entries) == min(view.total, asking.MANY)
    assert (view.page, view.pages) == (1, max(1, -(-view.total // asking.MANY)))


def test_the_projects_of_a_district(store: Store) -> None:
    view = shown(store, "projects", district="district-03")
    assert column(view) == [["CooperaSec"], ["Coòpolis"], ["Impuls Cooperatiu de Sants"]]
    assert column(view, 2)[2] == ["Hostafrancs", "Sants", "la Bordeta"]
    assert counts(view, "district") == {"Sants-Montjuïc": 3, "Sant Martí": 2, "Nou Barris": 1}
    assert counts(view, "kind")["local network"] == 2
    assert counts(view, "kind")["urban axis"] == 0
    chosen = facet(view, "district").chosen
    assert chosen is not None
    assert (chosen.token, chosen.name.text) == ("district-03", "Sants-Montjuïc")
    assert facet(view, "kind").chosen is None


def test_several_facets_combine(store: Store) -> None:
    view = shown(store, "actions", year="2016", scale="scale-district")
    every = shown(store, "actions")
    assert view.total == counts(view, "year")["2016"] == counts(view, "scale")["district"]
    assert 0 < view.total < min(counts(every, "year")["2016"], every.total)


def test_what_nobody_says_can_be_chosen(store: Store) -> None:
    view = shown(store, "actions", district="-")
    assert view.total == 9
    assert column(view, 6) == [[]] * 9
    assert facet(view, "district").values[-1].token == choosing.NOTHING
    assert counts(view, "district")["nothing in the sources says so"] == 9


def test_a_value_may_stand_one_step_away(store: Store) -> None:
    assert counts(shown(store, "measures"), "year") == dict.fromkeys(
        ("2016", "2017", "2018", "2019"), 3
    )
    assert counts(shown(store, "sources"), "confidence") == {
        "high": 25,
        "medium": 5,
        "low": 1,
        "nothing in the sources says so": 5,
    }


def test_who_says_so_stands_beside_each_value(store: Store) -> None:
    view = shown(store, "projects", "ca")
    (place,) = view.entries[0][1]
    assert place.text == "Sant Martí"
    assert {evidence.voice for evidence in place.evidence} == {"extract"}
    assert place.evidence[0].confidence == "alt"
    (action,) = view.entries[0][5]
    assert action.evidence[0].sentence


def test_a_list_is_sorted_by_a_column_either_way(store: Store) -> None:
    ascending = column(shown(store, "districts", sort="code"), 1)
    assert ascending == [[f"{number:02}"] for number in range(1, 11)]
    assert column(shown(store, "districts", sort="-code"), 1) == ascending[::-1]
    areas = [
        float(cell[0].replace("\u202f", ""))
        for cell in column(shown(store, "districts", sort="-area"), 6)
    ]
    assert areas == sorted(areas, reverse=True)
    view = shown(store, "projects", sort="district")
    assert [heading.order for heading in view.headings][:2] == [None, "ascending"]
    assert column(view, 1)[0] == ["Nou Barris"]


def test_names_are_sorted_without_regard_to_accents_and_capitals(store: Store) -> None:
    names = [name for (name,) in column(shown(store, "audiences", "ca"))]
    assert names[0] == "Àrees de l’Ajuntament"
    assert column(shown(store, "actions"), 1)[:2] == [["29.1"], ["29.2"]]  # but these by number
    last = shown(store, "neighbourhoods", sort="-name")
    assert last.headings[0].order == "descending"
    assert column(last)[0] == ["Vilapicina i la Torre Llobeta"]


def test_what_has_no_value_comes_last(store: Store) -> None:
    for sort in ("issued", "-issued"):
        issued = column(shown(store, "sources", sort=sort), 5)
        assert [bool(values) for values in issued] == sorted(map(bool, issued), reverse=True)


def test_pages_follow_each_other(store: Store) -> None:
    pages = [shown(store, "neighbourhoods", page=str(page)) for page in (1, 2, 3)]
    names = [name for page in pages for (name,) in column(page)]
    assert len(names) == len(set(names)) == 73
    assert [len(page.entries) for page in pages] == [25, 25, 23]


def test_a_page_beyond_the_last_is_not_found(store: Store) -> None:
    with pytest.raises(ChoiceError, match="has no page 4: the last one is 3") as caught:
        shown(store, "neighbourhoods", page="4")
    assert caught.value.status == 404


def test_an_unknown_value_is_told(store: Store) -> None:
    with pytest.raises(ChoiceError, match="“district-11” is no value of «district»") as caught:
        shown(store, "projects", district="district-11")
    assert caught.value.status == 400


def links(view: ListView, **asked: str) -> Iterator[tuple[dict[str, str], int]]:
    for found in view.facets:
        for value in found.values:
            if value.number:
                yield asked | {found.key: value.token}, value.number


@pytest.mark.parametrize("name", declared.lists())
def test_each_value_leads_to_as_many_things_as_it_says(store: Store, name: str) -> None:
    followed = 0
    for asked, number in links(shown(store, name)):
        assert shown(store, name, **asked).total == number > 0, asked
        followed += 1
    assert followed or not ALL[name]


def test_so_does_each_value_beside_another_choice(store: Store) -> None:
    for name, asked in (("projects", {"role": "role-pioneer"}), ("actions", {"district": "-"})):
        for both, number in links(shown(store, name, **asked), **asked):
            assert shown(store, name, **both).total == number > 0, both


def test_a_file_has_all_rows_and_the_counts(store: Store) -> None:
    reader = Reader(store, "ca")
    view = making.whole(reader, choosing.read("neighbourhoods", {"sort": ["code"]}, "ca"))
    assert len(view.tables[0].rows) == 73
    assert view.tables[0].columns == [
        "Nom",
        "Codi",
        "Districte",
        "Projectes que hi ha",
        "Superfície, en m²",
    ]
    assert [row[1].text for row in view.tables[0].rows][:2] == ["01", "02"]
    assert "Districte" in {row[0].text for row in view.tables[1].rows}
    assert "geojson" in files.offered(view)
    assert view.pages == 1


def test_places_are_drawn_where_they_are_asked_for(store: Store) -> None:
    choice = choosing.read("districts", {"axis": ["axis-eix-muntanya"]}, "ca")
    view = making.whole(Reader(store, "ca"), choice, places=True)
    assert len(view.tables[0].places) == 3
    assert all(
        (place or "").startswith(("POLYGON", "MULTIPOLYGON")) for place in view.tables[0].places
    )


def test_a_file_that_would_be_too_long_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST", 5)
    with pytest.raises(ChoiceError, match="These are 6 rows, and a file holds 5"):
        making.whole(Reader(store, "en"), choosing.read("projects", {}, "en"))


def test_several_values_stand_in_one_cell_of_a_file(store: Store) -> None:
    rows = shown(store, "measures").tables[0].rows
    assert rows[0][6].text == "2016; 2017; 2018; 2019"
    assert rows[0][6].evidence
    assert rows[0][1].number is not None


def test_the_first_query_is_that_of_the_rows(store: Store) -> None:
    rows, cells, values = shown(store, "projects").asked
    assert "LIMIT 25 OFFSET 0" in rows.text
    assert "GRAPH ?one" in cells.text
    assert "COUNT(DISTINCT ?thing)" in values.text


def test_an_empty_graph_has_empty_lists() -> None:
    for name in declared.lists():
        view = shown(Store(), name)
        assert (view.total, view.page, view.pages, view.entries) == (0, 1, 1, [])
        assert [value for found in view.facets for value in found.values] == []


def test_what_is_hostile_stays_a_text() -> None:
    evil, project, kind = "javascript:alert(1)", expand("teixit:FlagshipProject"), "teixit:hasKind"
    store = made(
        (evil, "a", NamedNode(project)),
        (evil, "rdfs:label", Literal("<script>", language="ca")),
        (evil, kind, NamedNode("javascript:alert(2)")),
        (evil, kind, Literal('=1+1"><b>')),
        (evil, kind, BlankNode()),
        (f"{THING}b", "a", NamedNode(project)),
    )
    store.add(Quad(BlankNode(), RDF_TYPE, NamedNode(project)))
    view = shown(store, "projects")
    assert view.total == 2
    first, second = view.entries
    assert (first[0][0].text, first[0][0].address, first[0][0].language) == ("<script>", None, "ca")
    assert {(cell.text, cell.address) for cell in first[3]} == {
        ("javascript:alert(2)", None),
        ('=1+1"><b>', None),
    }
    assert second[0][0].text == "id:b"
    for asked, number in links(view):
        assert shown(store, "projects", **asked).total == number


def test_what_sources_say_of_progress_is_listed_by_its_status() -> None:
    day = Literal("2018-06-30", datatype=NamedNode(f"{PREFIXES['xsd']}date"))
    store = made(
        ("urn:report-1", "a", NamedNode(expand("teixit:ProgressReport"))),
        ("urn:report-1", "rdfs:label", Literal("First", language="en")),
        ("urn:report-1", "teixit:reportsOn", NamedNode("urn:action")),
        ("urn:report-1", "teixit:hasStatus", NamedNode("urn:ongoing")),
        ("urn:report-1", "dct:issued", day),
        ("urn:ongoing", "rdfs:label", Literal("ongoing", language="en")),
        ("urn:report-2", "a", NamedNode(expand("teixit:ProgressReport"))),
        ("urn:report-2", "rdfs:label", Literal("Second", language="en")),
    )
    view = shown(store, "progress")
    assert column(view) == [["First"], ["Second"]]
    assert column(view, 2) == [["ongoing"], []]
    assert column(view, 6) == [["2018-06-30"], []]
    assert counts(view, "status") == {"ongoing": 1, "nothing in the sources says so": 1}
