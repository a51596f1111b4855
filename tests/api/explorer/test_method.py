import pytest
from pyoxigraph import NamedNode, Quad, Store

from teixit.explorer.method import method
from teixit.explorer.reading import Reader
from teixit.explorer.views import Cell
from teixit.languages import LANGUAGES
from teixit.namespaces import THING, expand
from teixit.web.texts import messages


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_source_stands_there_once_with_what_is_known_of_it(
    store: Store, language: str
) -> None:
    sources, conclusions = method(Reader(store, language), messages(language)).tables
    documents = {
        quad.subject
        for quad in store.quads_for_pattern(
            None, NamedNode(expand("rdf:type")), NamedNode(expand("teixit:SourceDocument"))
        )
    }
    assert len(sources.rows) == len(documents)
    addresses = [row[0].address or "" for row in sources.rows]
    assert all(address.startswith(f"/{language}/text/source-") for address in addresses)
    trusted = {row[0].text: row[5].text for row in sources.rows}
    assert "" in trusted.values()  # what only supports conclusions
    assert len(conclusions.rows) >= 13
    assert all(cell.text for row in conclusions.rows for cell in row)


def test_a_source_with_two_extracts_has_both_levels(store: Store) -> None:
    sources, _ = method(Reader(store, "en"), messages("en")).tables
    assert "low, medium" in [row[5].text for row in sources.rows]


def test_voices_levels_and_gaps_come_from_the_graph(store: Store) -> None:
    view = method(Reader(store, "en"), messages("en"))
    assert view.voices["passage"] == 46
    assert set(view.voices) == {"passage", "extract", "conclusion", "translation", "record"}
    assert [level.name for level in view.levels] == ["high", "low", "medium"]
    [gap] = view.gaps
    assert (gap.missing, gap.before, gap.after) == ("30", "29", "31")


def test_of_other_data_there_is_what_there_is() -> None:
    document = NamedNode("http://other.example/d")
    kind = NamedNode(expand("teixit:SourceDocument"))
    store = Store()
    store.add(Quad(document, NamedNode(expand("rdf:type")), kind))
    view = method(Reader(store, "es"), messages("es"))
    sources, conclusions = view.tables
    assert [row[0] for row in sources.rows] == [Cell(document.value, document.value)]
    assert (conclusions.rows, view.gaps, view.levels) == ([], [], [])


def test_a_cell_of_a_table_is_not_counted_as_the_plan() -> None:
    store, kind = Store(), NamedNode(expand("rdf:type"))
    for name in ("source-page/passage-1-2", "source-table-x/cell-2-b", "source-table-x/cell-2-c"):
        store.add(Quad(NamedNode(f"{THING}{name}"), kind, NamedNode(expand("teixit:Passage"))))
    assert method(Reader(store, "ca"), messages("ca")).voices == {"passage": 1, "extract": 2}
