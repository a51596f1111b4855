"""What a row says, and what is asked of who wrote it where it can be read in two ways."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from teixit import namespaces
from teixit.errors import FileRefusedError
from teixit.importing import tables
from teixit.importing.tables import Table
from teixit.importing.tables.problems import as_text
from teixit.languages import LANGUAGES

Brought = Callable[..., Table]
RDF_TYPE = NamedNode(namespaces.expand("rdf:type"))


def said(table: Table) -> set[tuple[str, str, str, str]]:
    """Each statement, with the ends of its IRIs, and the cell that makes it."""

    def short(iri: object) -> str:
        return str(iri).replace(namespaces.THING, "").rpartition("#")[2].rpartition("/")[2]

    return {
        (fact.place.reference, short(fact.subject), short(fact.property), short(fact.value))
        for fact in table.facts
    }


def wrong(table: Table) -> list[tuple[str, str]]:
    return [(problem.kind, problem.place.words("en")) for problem in table.problems]


def told(table: Table) -> str:
    texts = [as_text(table.problems, language) for language in LANGUAGES]
    assert len(set(texts)) == len(LANGUAGES)
    return texts[2]


def test_each_statement_stands_in_the_cell_that_makes_it(brought: Brought) -> None:
    table = brought("Nom;Districte;Tipus\nCoòpolis;Sants-Montjuïc;xarxa local\n")
    assert table.problems == []
    assert said(table) == {
        ("cell=2,1", "project-coopolis", "label", "Coòpolis"),
        ("cell=2,2", "project-coopolis", "locatedIn", "district-03"),
        ("cell=2,3", "project-coopolis", "hasKind", "kind-local-network"),
        ("cell=2,1", "project-coopolis", "type", "FlagshipProject"),
        ("cell=2,1", "project-coopolis", "isReferencedBy", "source-table-taula"),
    }


HEADINGS = ("NOM EN CATALÀ;districte", "name in catalan;District", "Nombre en catalan;Distrito")


@pytest.mark.parametrize("headings", HEADINGS)
def test_headings_are_in_any_language(brought: Brought, headings: str) -> None:
    table = brought(f"{headings}\nCoòpolis;3\n")
    assert {what for _, _, what, _ in said(table)} >= {"label", "locatedIn"}
    assert table.problems == []


DISTRICTS = [
    "Sants-Montjuïc",
    "SANTS MONTJUIC",
    "3",
    "03",
    "Districte de Sants-Montjuïc",
    "C. Constitució, 19, Sants-Montjuïc",
    "district-03",
    "https://w3id.org/teixit/id/district-03",
]


@pytest.mark.parametrize("name", DISTRICTS)
def test_a_district_has_many_names(brought: Brought, name: str) -> None:
    table = brought(f'Nom;Districte\nCoòpolis;"{name}"\n')
    assert [fact[3] for fact in said(table) if fact[2] == "locatedIn"] == ["district-03"]


@pytest.mark.parametrize("name", ["Raval", "el Raval", "barri del Raval", "carrer X 3 (El Raval)"])
def test_a_neighbourhood_has_many_names(brought: Brought, name: str) -> None:
    table = brought(f"Nom;Barri\nCoòpolis;{name}\n")
    assert [fact[3] for fact in said(table) if fact[2] == "locatedIn"] == ["neighbourhood-01"]


def test_a_cell_may_name_several_things(brought: Brought) -> None:
    table = brought('Nom,Districte\nCoòpolis,"Gràcia; Les Corts;"\n')
    places = [fact[3] for fact in said(table) if fact[2] == "locatedIn"]
    assert sorted(places) == ["district-04", "district-06"]


def test_a_name_of_two_things_is_a_question(brought: Brought) -> None:
    table = brought("Projecte;Lloc\nCoòpolis;Les Corts\n", "places")
    assert wrong(table) == [("which", "row 2, column B")]
    assert "«Les Corts» (district-04), «les Corts» (neighbourhood-19)" in told(table)


def test_the_number_of_a_house_is_no_district(brought: Brought) -> None:
    table = brought('Nom;Districte\nCoòpolis;"carrer de Pere IV, 3"\n')
    assert wrong(table) == [("unknown", "row 2, column B")]


def test_what_looks_like_a_name_is_offered_and_not_taken(brought: Brought) -> None:
    table = brought("Nom;Districte\nCoòpolis;Sants-Montjuit\n")
    assert "(«Sants-Montjuïc»?)" in told(table)
    assert not [fact for fact in said(table) if fact[2] == "locatedIn"]


def test_a_row_that_names_a_thing_is_about_it(brought: Brought) -> None:
    rows = "Id;Nom;Nom en anglès\n;Ateneu Cooperatiu de Barcelona;\ncan-pico;Can Picó;Can Pico\n"
    assert {fact[1] for fact in said(brought(rows))} == {"project-coopolis", "project-can-pico"}


def test_a_new_thing_is_called_by_its_name(brought: Brought) -> None:
    table = brought("Nom;Acció\nL’Àgora d’en Pau;29.1\n")
    assert ("cell=2,2", "action-29-1", "namesProject", "project-l-agora-d-en-pau") in said(table)


def test_a_thing_is_in_one_row(brought: Brought) -> None:
    table = brought("Nom;Web\nCoòpolis;\nNou;\ncoopolis;\nNou;\n")
    assert wrong(table) == [("doubled", "row 4"), ("doubled", "row 5")]
    assert "«Coòpolis» (project-coopolis), as is row 2" in told(table)


def test_an_identifier_that_another_has_is_a_question(brought: Brought) -> None:
    table = brought("Nom;Web\nLacol;\n", "organisations")
    assert table.problems == []
    table = brought("Nom;Web\nLocal--network;\n")
    assert table.problems == []


WRONG: list[tuple[str, list[tuple[str, str]], str]] = [
    ("Nom;Web\nCoòpolis;bcn.coop\n", [("type", "row 2, column B")], "https://www.bcn.coop/"),
    ("Id;Nom;Web\nCo po;Coòpolis;\n", [("type", "row 2, column A")], "coopolis"),
    ("Nom;Web\n;https://x.org/\n", [("missing", "row 2, column A"), ("nameless", "row 2")], "fill"),
    ("Nom;Fax\nCoòpolis;934\n", [("heading", "row 1, column B")], "“Fax”"),
    ("Nom;Web;Nom\nCoòpolis;;\n", [("heading_twice", "row 1, column C")], "column A"),
    ("Web;Districte\nhttps://x.org/;3\n", [("column", "row 1")], "“Name in Catalan”"),
    ("Nom;Web;\nCoòpolis;;és aquí\n", [("outside", "row 2, column C")], "“és aquí”"),
    ("Nom;Web\nCoÃ²polis;\n", [("letters", "row 2, column A")], "“Coòpolis”"),
    ("Nom;Web\nCo\x07polis;\n", [("control", "row 2, column A")], "control character"),
    ("Nom;Web\n", [("empty", "")], "taula.csv"),
]


@pytest.mark.parametrize(
    ("rows", "expected", "words"), WRONG, ids=[case[1][0][0] for case in WRONG]
)
def test_what_is_wrong_is_told_by_its_cell(
    brought: Brought, rows: str, expected: list[tuple[str, str]], words: str
) -> None:
    table = brought(rows)
    assert wrong(table)[: len(expected)] == expected
    assert words in told(table)
    assert table.is_sound == (expected[0][0] == "heading")


def test_letters_that_only_look_as_if_read_twice_are_left_alone(brought: Brought) -> None:
    assert brought("Nom;Web\nÃ€lex é;\n").problems == []


def test_only_so_many_problems_are_told_one_by_one(brought: Brought) -> None:
    rows = "".join(f"Prova {number};on?\n" for number in range(80))
    lines = told(brought(f"Nom;Districte\n{rows}")).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… and 30 more (unknown names: 30)"


def test_the_same_table_is_the_same_bytes(brought: Brought) -> None:
    rows = "Nom;Districte;Barri\nCoòpolis;3;la Bordeta\n"
    assert brought(rows).trig == brought(rows).trig


def test_the_report_says_what_was_read(brought: Brought) -> None:
    table: Any = brought("Nom;Web\nCoòpolis;\n\n")
    assert table.report("en").splitlines() == [
        "taula.csv: 1 rows of projects, 3 statements",
        "read as UTF-8, with “;” between the cells",
    ]


def test_of_a_table_that_is_too_long_nothing_is_read_but_how_long_it_is(brought: Brought) -> None:
    rows = "".join(f"n{number};on?\n" for number in range(tables.ROWS + 30))
    table = brought(f"Nom;Districte\n{rows}")
    assert wrong(table) == [("long", "")]
    assert f"the table has {tables.ROWS + 30} rows, and {tables.ROWS} at most" in told(table)
    assert len(table.sheet.rows) == tables.ROWS + 1
    just = brought(f"Nom;Districte\n{''.join('Coòpolis;3' for _ in range(1))}\n")
    assert just.is_sound


def test_it_is_told_how_many_rows_are_understood(
    text: Callable[..., Path], store: Store, imported: Brought
) -> None:
    heard: list[int] = []
    rows = "".join(f"n{number};3\n" for number in range(1200))
    imported(text(f"Nom;Districte\n{rows}"), store, told=heard.append)
    assert heard[-3:] == [0, 500, 1000]


def test_a_row_with_the_names_of_two_things_is_a_question(brought: Brought) -> None:
    table = brought("Nom;Nom en castellà\nCoòpolis;Can Picó\n")
    assert wrong(table) == [("which", "row 2")]
    assert "(project-can-pico), «Coòpolis» (project-coopolis): which is it?" in told(table)


def test_an_identifier_that_something_else_has_is_a_question(
    text: Callable[..., Path], imported: Brought
) -> None:
    file = text("Nom;Districte\nProva;\n")
    other = NamedNode(f"{namespaces.THING}project-prova")
    graph = Store()
    graph.add(Quad(other, RDF_TYPE, NamedNode(namespaces.term("Framework")), DefaultGraph()))
    table = imported(file, graph, "projects")
    assert wrong(table) == [("taken", "row 2")]
    assert "“prova”" in told(table)


def test_a_file_without_known_headings_is_refused(brought: Brought) -> None:
    with pytest.raises(FileRefusedError, match="no sheet has the headings") as error:
        brought("a;b\nc;d\n", None)
    assert error.value.reason == "kind"


def test_headings_of_two_kinds_are_a_question(brought: Brought) -> None:
    with pytest.raises(FileRefusedError, match="organisations, projects; say what") as error:
        brought("Nom;Web\nc;d\n", None)
    assert error.value.reason == "kinds"


def test_the_sheet_that_is_a_table_is_found(
    workbook: Callable[..., Path], store: Store, imported: Brought
) -> None:
    rows = [["Nom", "Districte"], ["Coòpolis", 3]]
    file = workbook(Buit=[], Notes=[["Llegiu-me"]], Llista=rows)
    table = imported(file, store)
    assert table.problems == []
    assert table.report("en").splitlines() == [
        "taula.xlsx: 1 rows of projects, 4 statements",
    ]
    assert {fact.place.sheet for fact in table.facts} == {"Llista"}
    assert tables.place_in_data(table.key).name == "taula.trig"


def test_what_is_seen_of_another_sheet_is_not_told(
    tmp_path: Path, store: Store, imported: Brought
) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Notes").write_formula(0, 0, "=1+1")
        sheet = book.add_worksheet("Llista")
        sheet.write_row(0, 0, ["Nom", "Districte"])
        sheet.write_row(1, 0, ["Coòpolis", 3])
        sheet.write_formula(1, 1, "=1+2", None, 3)
    assert wrong(imported(file, store)) == [("formula", "sheet “Llista”, row 2, column B")]


def test_a_date_written_as_text_is_a_question(brought: Brought) -> None:
    table = brought("external_id;title_ca;start_date\n29;Prova;31/5/2019\n", "progress")
    assert ("date", "row 2, column C") in wrong(table)
    assert "“31/5/2019” is a date written as text" in told(table)


def test_a_day_that_does_not_exist_is_said_to_be_none(brought: Brought) -> None:
    table = brought("external_id;title_ca;start_date\n29;Prova;2016-02-31\n", "progress")
    assert ("no_day", "row 2, column C") in wrong(table)
    assert "“2016-02-31” is no day of the calendar" in told(table)


def test_a_column_that_is_missing_is_described(brought: Brought) -> None:
    table = brought("id;title/ca;progress\n7;Resultat;50\n", None)
    assert wrong(table) == [("column", "row 1")]
    assert "“Measure or action” is missing; add it (external_id)" in told(table)
    assert "for example 29.1: Which measure or action of the plan is accounted for" in told(table)


ROWS = [["Nom", "Districte"], ["Coòpolis", 3]]


def test_each_sheet_that_is_a_table_is_one(workbook: Callable[..., Path]) -> None:
    more = [["Name in Catalan", "Website"], ["x", "https://x.example"]]
    file = workbook(Any_1=ROWS, Notes=[["Nom"]], Any_2=ROWS, Buit=[])
    book = tables.read(file)
    every = tables.parts(book, "taula", "projects")
    assert [(part.key, part.sheet.name) for part in every] == [
        ("taula", "Any_1"),
        ("taula-any-2", "Any_2"),
    ]
    [one] = tables.parts(book, "taula", sheet="Any_2")
    assert (one.key, one.kind.name) == ("taula-any-2", "projects")
    with pytest.raises(FileRefusedError, match="no sheet has the headings"):
        tables.parts(book, "taula", sheet="Buit")
    with pytest.raises(FileRefusedError, match="no visible sheet called “Res”; it has: Any_1"):
        tables.parts(book, "taula", sheet="Res")
    book = tables.read(workbook("b.xlsx", A=ROWS, Any_1=ROWS, Any__1=ROWS))
    keys = [part.key for part in tables.parts(book, "taula")]
    assert keys == ["taula", "taula-any-1", "taula-any-1-any-1"]
    book = tables.read(workbook("c.xlsx", A=ROWS, B=more))
    with pytest.raises(FileRefusedError, match="may be those of organisations, projects"):
        tables.parts(book, "taula")
