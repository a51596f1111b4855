"""What Decidim exports of its accountability, and what staff write in the template of progress.

The headings are those that Decidim writes, in its first exporter and in its serializer of today;
what stands below them is made up.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from teixit import namespaces, store, validation
from teixit.explorer.reading import Reader
from teixit.explorer.things.making import view
from teixit.explorer.wording import Wording
from teixit.findings import Severity
from teixit.importing import tables
from teixit.importing.tables import Table, mapping, templates
from teixit.importing.tables.names import Names
from teixit.importing.tables.problems import as_text
from teixit.languages import LANGUAGES
from teixit.web.texts import foreign_names, messages

Brought = Callable[..., Table]

#: decidim-accountability, ``ResultsCsvExporter``: a column for each language.
FIRST = (
    "result_id,decidim_category_id,decidim_scope_id,parent_id,external_id,start_date,end_date,"
    "decidim_accountability_status_id,progress,proposal_ids,relative_weight,"
    "title_ca,description_ca,title_es,description_es\n"
)
#: decidim-accountability, ``ResultSerializer``, with the external code that the site has added.
TODAY = (
    "id;external_id;parent/id;title/ca;title/es;description/ca;start_date;end_date;status/id;"
    "status/key;status/name/ca;status/name/es;progress;created_at;updated_at;url;component/id;"
    "proposal_urls\n"
)
ROW_OF_TODAY = (
    "7;29.1;;Resultat;Resultado;<p>x</p>;2016-09-01;2019-12-31;3;ongoing;En curs;En curso;62.5;"
    "2016-09-01 10:00:00 UTC;2018-06-30 10:12:33 UTC;https://decidim.example.org/results/7;1;\n"
)
PLAN = f"{namespaces.THING}{namespaces.PLAN}/"
TITLE = (
    "Promoure i crear mercat social a escala de barri i/o districte mitjançant la intercooperació"
)


def first(external: str = "29.1", progress: str = "62.5", **dates: str) -> str:
    start, end = dates.get("start", "2016-09-01"), dates.get("end", "2019-12-31")
    return f'{FIRST}7,1,,,"{external}",{start},{end},3,{progress},,100.0,Resultat,<p>,Resultado,\n'


def said(table: Table) -> set[tuple[str, str, str, str]]:
    def short(iri: object) -> str:
        return str(iri).rpartition("#")[2].rpartition("/")[2]

    return {
        (fact.place.reference, short(fact.subject), short(fact.property), short(fact.value))
        for fact in table.facts
    }


def wrong(table: Table) -> list[tuple[str, str]]:
    return [
        (problem.kind, problem.place.words("en"))
        for problem in table.problems
        if not problem.is_note
    ]


def statements(table: Table, file: Path) -> Store:
    file.write_text(table.trig, "utf-8")
    return store.load([*store.knowledge_files(), file])


def test_the_first_export_attaches_progress(brought: Brought) -> None:
    table = brought(first(), None)
    assert (table.kind.name, wrong(table)) == ("progress", [])
    assert said(table) == {
        ("cell=2,1", "report-7", "type", "ProgressReport"),
        ("cell=2,1", "report-7", "identifier", "7"),
        ("cell=2,5", "report-7", "reportsOn", "action-29-1"),
        ("cell=2,6", "report-7", "startDate", "2016-09-01"),
        ("cell=2,7", "report-7", "endDate", "2019-12-31"),
        ("cell=2,8", "report-7", "hasStatus", "status-3"),
        ("cell=2,9", "report-7", "percentDone", "62.5"),
        ("cell=2,12", "report-7", "label", "Resultat"),
        ("cell=2,14", "report-7", "label", "Resultado"),
    }


def test_the_export_of_today_names_the_statuses_and_the_day(brought: Brought) -> None:
    table = brought(TODAY + ROW_OF_TODAY, None)
    assert (table.kind.name, wrong(table)) == ("progress", [])
    assert said(table) >= {
        ("cell=2,9", "report-7", "hasStatus", "status-3"),
        ("cell=2,11", "status-3", "prefLabel", "En curs"),
        ("cell=2,13", "report-7", "percentDone", "62.5"),
        ("cell=2,15", "report-7", "issued", "2018-06-30"),
        ("cell=2,16", "report-7", "page", "7"),
    }


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("29.1", "action-29-1"),
        (" 29.1. ", "action-29-1"),
        ("31", "measure-31"),
        (f"{PLAN}action-29-4", "action-29-4"),
        (TITLE, "action-29-4"),
        (TITLE.upper().replace("Ó", "O"), "action-29-4"),
    ],
)
def test_a_result_is_of_a_measure_or_action_by_number_iri_or_title(
    brought: Brought, written: str, found: str
) -> None:
    table = brought(first(written), "progress")
    assert wrong(table) == []
    assert ("cell=2,5", "report-7", "reportsOn", found) in said(table)


@pytest.mark.parametrize("written", ["30", "1", "29.1.1", "mercat social", "action"])
def test_what_is_none_of_them_is_not_guessed(brought: Brought, written: str) -> None:
    assert wrong(brought(first(written), "progress")) == [("unknown", "row 2, column E")]


def test_what_may_be_two_is_a_question(brought: Brought, tmp_path: Path) -> None:
    other = tmp_path / "other.trig"
    other.write_text(
        f"@prefix dct: <http://purl.org/dc/terms/> . <{namespaces.thing('measure', '29', 'other')}>"
        f' a <{namespaces.term("Measure")}> ; dct:identifier "29" .',
        "utf-8",
    )
    book = brought(first("29"), "progress").book
    graph = store.load([*store.knowledge_files(), other])
    table = tables.understood(book, tables.parts(book, "taula", "progress")[0], graph)
    assert wrong(table) == [("which", "row 2, column E")]
    assert "measure-29" in as_text(table.problems, "en")


@pytest.mark.parametrize(
    ("content", "kind", "where"),
    [
        (first(progress="120"), "type", "row 2, column I"),
        (first(progress="-1"), "type", "row 2, column I"),
        (first(progress="molt"), "type", "row 2, column I"),
        (first(start="aviat"), "type", "row 2, column F"),
        (first(external=""), "missing", "row 2, column E"),
        (first() + first().removeprefix(FIRST), "doubled", "row 3"),
        (FIRST.replace("external_id", "codi") + "7" + "," * 14, "column", "row 1"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(
    brought: Brought, content: str, kind: str, where: str
) -> None:
    assert wrong(brought(content, "progress")) == [(kind, where)]


def test_the_name_of_a_status_that_has_none_is_not_taken(brought: Brought) -> None:
    table = brought(TODAY + ROW_OF_TODAY.replace(";3;", ";;"), "progress")
    assert wrong(table) == [("missing", "row 2, column K"), ("missing", "row 2, column L")]
    assert "“Status” cannot be empty" in as_text(table.problems, "en")


def labels(graph: Store, thing: str) -> set[str]:
    label = NamedNode(namespaces.expand("rdfs:label"))
    return {
        f"{quad.object.value}@{quad.object.language}"
        for quad in graph.quads_for_pattern(NamedNode(thing), label, None, DefaultGraph())
    }


def test_statuses_are_concepts_by_the_names_that_the_source_gives(
    brought: Brought, tmp_path: Path
) -> None:
    status = f"{namespaces.THING}source-table-taula/status-"
    graph = statements(brought(first(), "progress"), tmp_path / "first.trig")
    assert labels(graph, f"{status}3") == {"estat «3»@ca", "estado «3»@es", "status “3”@en"}
    graph = statements(brought(TODAY + ROW_OF_TODAY, "progress"), tmp_path / "today.trig")
    assert labels(graph, f"{status}3") == {"En curs@ca", "En curso@es", "status “En curs”@en"}


def test_a_table_without_statuses_has_no_list_of_them(brought: Brought) -> None:
    table = brought("external_id,title_ca,progress\n31,Resultat,40\n", None)
    assert wrong(table) == []
    assert "scheme-statuses" not in table.trig
    assert ("cell=2,1", "report-resultat", "type", "ProgressReport") in said(table)


@pytest.mark.parametrize("content", [first(), TODAY + ROW_OF_TODAY], ids=["first", "today"])
def test_it_holds_to_the_shapes(brought: Brought, content: str, tmp_path: Path) -> None:
    file = tmp_path / "progress.trig"
    file.write_text(brought(content, "progress").trig, "utf-8")
    found = validation.check([file], store.knowledge_files())
    assert [one for one in found if one.severity is Severity.VIOLATION] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_action_shows_it_beside_its_source(
    brought: Brought, tmp_path: Path, language: str
) -> None:
    graph = statements(brought(TODAY + ROW_OF_TODAY, "progress"), tmp_path / "today.trig")
    wording = Wording(language, messages(language), foreign_names())
    shown = view(f"{PLAN}action-29-1", Reader(graph, language), wording)
    (row,) = shown.progress.rows
    status = {"ca": "En curs", "es": "En curso", "en": "status “En curs”"}[language]
    source = {"ca": "Taula «taula.csv»", "es": "Tabla «taula.csv»", "en": "Table “taula.csv”"}
    assert [cell.text for cell in row[1:]] == [
        *(status, "62.5", "2016-09-01", "2019-12-31", "2018-06-30", source[language])
    ]
    assert row[0].address == f"/doc/source-table-taula/report-7.{language}.html"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_can_be_filled_in_and_brought_back(
    store: Store, brought: Brought, language: str
) -> None:
    kind = mapping.kinds()["progress"]
    template = templates.write(kind, Names(store), language, Path("progress.csv"))
    headings = next(csv.reader([template.decode("utf-8-sig")]))
    row = ["31", "", "Resultat", "", "", "En curs", "", "", "", "40", *[""] * 4]
    table = brought(f"{','.join(headings)}\n{','.join(row)}\n", None)
    assert (table.kind.name, table.problems) == ("progress", [])
    assert ("cell=2,6", "report-resultat", "hasStatus", "status-En%20curs") in said(table)
