from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from teixit.errors import KnowledgeError
from teixit.explorer import reading
from teixit.explorer.reading import Reader
from teixit.explorer.views import Cell, Evidence
from teixit.namespaces import TERM, THING
from teixit.queries import Remote, Term, evaluate

XSD = "http://www.w3.org/2001/XMLSchema#"
TITLES = "#+ title@ca: Què?\n#+ title@es: ¿Qué?\n#+ title@en: What?\n"
LABELS = """#+ parameter: thing
#+ parameter: language
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?language ?name { ?thing rdfs:label ?name FILTER (lang(?name) = ?language) }
"""
COUNT = f"""PREFIX teixit: <{TERM}>
SELECT (COUNT(DISTINCT ?district) AS ?districts) {{ ?district a teixit:District }}
"""
GRACIA = NamedNode(f"{THING}district-06")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Queries of ours in place of those of the explorer."""
    (tmp_path / "labels.rq").write_text(TITLES + LABELS, "utf-8")
    (tmp_path / "count.rq").write_text(TITLES + COUNT, "utf-8")
    monkeypatch.setattr(reading, "QUERIES", tmp_path)
    reading._query.cache_clear()  # noqa: SLF001 - it remembers the others
    yield tmp_path
    reading._query.cache_clear()  # noqa: SLF001


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", ["ca", "es"])
def test_a_query_is_asked_in_the_language_of_the_reader(store: Store, language: str) -> None:
    (row,) = Reader(store, language).rows("labels", thing=GRACIA)
    assert row["name"] == Literal("Gràcia", language=language)
    assert row["thing"] == GRACIA


@pytest.mark.usefixtures("folder")
def test_another_language_can_be_asked_for(store: Store) -> None:
    (row,) = Reader(store, "es").rows("labels", thing=GRACIA, language=Literal("ca"))
    assert row["language"] == Literal("ca")


@pytest.mark.usefixtures("folder")
def test_the_reader_remembers_what_was_asked_so_that_anybody_can_ask_it(store: Store) -> None:
    reader = Reader(store, "es")
    rows = {name: reader.rows(name, **values) for name, values in asked().items()}
    reader.rows("count")
    assert [asked.title for asked in reader.asked] == ["¿Qué?"] * 2
    for asked_, found in zip(reader.asked, rows.values(), strict=True):
        again = list(evaluate(store, asked_.text))  # type: ignore[arg-type]
        assert [row["name" if "name" in found[0] else "districts"] for row in again] == [
            row.get("name", row.get("districts")) for row in found
        ]


def asked() -> dict[str, dict[str, Term]]:
    return {"labels": {"thing": GRACIA}, "count": {}}


@pytest.mark.usefixtures("folder")
def test_a_graph_elsewhere_is_asked_alike(
    store: Store, elsewhere: Callable[[Store], Remote]
) -> None:
    here, there = Reader(store, "ca"), Reader(elsewhere(store), "ca")
    for name, values in asked().items():
        assert there.rows(name, **values) == here.rows(name, **values)
    assert there.asked == here.asked


@pytest.mark.usefixtures("folder")
def test_what_is_no_query_and_what_is_no_value_is_said(store: Store) -> None:
    with pytest.raises(KnowledgeError, match="there are: count, labels"):
        Reader(store, "ca").rows("none")
    with pytest.raises(KnowledgeError, match="expected the parameters: language, thing"):
        Reader(store, "ca").rows("labels")


ROW: dict[str, Term] = {
    "own": Literal("Gràcia", language="ca"),
    "other": Literal("Pole", language="en"),
    "plain": Literal("1"),
    "count": Literal("7", datatype=NamedNode(f"{XSD}integer")),
    "thing": GRACIA,
    "script": NamedNode("javascript:a"),
    "blank": BlankNode("b"),
}


@pytest.mark.parametrize(
    ("text", "thing", "expected"),
    [
        ("own", "thing", Cell("Gràcia", "/ca/about/district-06")),
        ("other", "", Cell("Pole", language="en")),
        ("plain", "script", Cell("1")),
        ("count", "blank", Cell("7", number=7.0)),
        ("nothing", "nothing", Cell("")),
        ("thing", "own", Cell(f"{THING}district-06")),
    ],
)
def test_a_cell_shows_what_a_row_has(store: Store, text: str, thing: str, expected: Cell) -> None:
    assert Reader(store, "ca").cell(ROW, text, thing) == expected


def test_a_cell_has_those_who_say_so(store: Store) -> None:
    evidence = Evidence("record", "Teixit", "")
    assert Reader(store, "ca").cell(ROW, "own", evidence=[evidence]).evidence == [evidence]


def test_who_says_so_is_read_of_a_row(store: Store) -> None:
    row: dict[str, Term] = {
        "graph": NamedNode(f"{THING}page/passage-55"),
        "graphKind": NamedNode(f"{TERM}Passage"),
        "graphLabel": Literal("línia 55", language="ca"),
        "graphSentence": Literal("Impulsar", language="ca"),
        "graphConfidence": Literal("segur", language="ca"),
        "whose": NamedNode("javascript:a"),
        "whoseKind": NamedNode(f"{TERM}Other"),
        "blank": BlankNode("b"),
    }
    reader = Reader(store, "ca")
    address = "/ca/text/page#passage-55"
    whole = Evidence("passage", "línia 55", address, "Impulsar", "segur")
    assert reader.evidence(row) == whole
    assert reader.evidence(row, "whose") == Evidence("record", "javascript:a", "")
    assert reader.evidence(row, "blank") is None
    assert reader.evidence(row, "nobody") is None


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Literal("7", datatype=NamedNode(f"{XSD}integer")), 7.0),
        (Literal("-7.5", datatype=NamedNode(f"{XSD}decimal")), -7.5),
        (Literal("1e3", datatype=NamedNode(f"{XSD}double")), 1000.0),
        (Literal("NaN", datatype=NamedNode(f"{XSD}double")), None),
        (Literal("INF", datatype=NamedNode(f"{XSD}float")), None),
        (Literal("many", datatype=NamedNode(f"{XSD}integer")), None),
        (Literal("2016", datatype=NamedNode(f"{XSD}gYear")), None),
        (Literal("1", datatype=NamedNode("urn:other#integer")), None),
        (Literal("7"), None),
        (Literal("7", language="ca"), None),
        (GRACIA, None),
        (None, None),
    ],
)
def test_a_number_is_what_a_datatype_says(term: Term | None, expected: float | None) -> None:
    assert reading.number(term) == expected


def test_a_cell_of_a_table_is_no_passage_of_the_plan() -> None:
    row = {
        "graph": NamedNode(f"{THING}source-table-projectes/cell-2-b"),
        "graphKind": NamedNode(f"{TERM}Passage"),
        "graphLabel": Literal("«projectes.csv», fila 2, columna B", language="ca"),
        "graphSentence": Literal("Gràcia"),
    }
    assert Reader(Store(), "ca").evidence(row) == Evidence(
        "extract",
        "«projectes.csv», fila 2, columna B",
        "/ca/about/source-table-projectes/cell-2-b",
        "Gràcia",
    )
