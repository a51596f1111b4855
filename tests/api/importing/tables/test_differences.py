"""What bringing in a table would change, in the words of the graph and of the table."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from teixit import namespaces, validation
from teixit.findings import Severity
from teixit.importing.tables import Table, checking, differences
from teixit.importing.tables.names import Names
from teixit.languages import LANGUAGES

Brought = Callable[..., Table]

BEFORE = "Nom;Districte;Web;Adreça\nCoòpolis;3;https://x.org/;carrer X\n"
AFTER = "Nom;Districte;Tipus\nCoòpolis;Sants-Montjuïc;xarxa local\nProva;Gràcia;\n"


def changes(table: Table, store: Store, before: Path, language: str = "ca") -> str:
    found = differences.differences(table, store, before)
    return differences.as_text(found, table, Names(store), language)


@pytest.fixture
def before(brought: Brought, tmp_path: Path) -> Path:
    file = tmp_path / "taula.trig"
    file.write_text(brought(BEFORE).trig, "utf-8")
    return file


def test_what_would_change_is_said_in_words(brought: Brought, store: Store, before: Path) -> None:
    said = changes(brought(AFTER), store, before)
    assert said.splitlines() == [
        "S’afegirien 5 enunciats:",
        "  + Coòpolis · és del tipus · xarxa local",
        "  + Prova · és esmentat a · taula.csv",
        "  + Prova · és · projecte de referència",
        "  + Prova · Nom en català · «Prova» (ca)",
        "  + Prova · es troba a · Gràcia",
        "Es traurien 2 enunciats:",
        "  - Coòpolis · Adreça · «carrer X»",
        "  - Coòpolis · Web · https://x.org/",
        "4 enunciats el graf ja els fa, per altres fonts.",
    ]


def test_it_is_said_in_each_language(brought: Brought, store: Store, before: Path) -> None:
    table = brought(AFTER)
    said = {changes(table, store, before, language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


def test_the_same_table_again_changes_nothing(brought: Brought, store: Store, before: Path) -> None:
    found = differences.differences(brought(BEFORE), store, before)
    assert (found.added, found.removed) == ([], [])


def test_a_table_that_is_new_takes_nothing_away(
    brought: Brought, store: Store, tmp_path: Path
) -> None:
    found = differences.differences(brought(AFTER), store, tmp_path / "no.trig")
    assert (len(found.added), found.removed) == (6, [])


def test_each_graph_is_a_cell_that_is_described(brought: Brought) -> None:
    quads = list(parse(brought(AFTER).trig, RdfFormat.TRIG))
    described = {quad.subject for quad in quads if quad.predicate.value.endswith("#hasSelector")}
    record = namespaces.thing("record", "table-taula")
    assert {quad.graph_name for quad in quads} - described == {
        quad.graph_name for quad in quads if quad.graph_name.value == record
    }


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Table], list[str]]:
    """Hold a table to the shapes, and say what is wrong."""

    def problems(table: Table) -> list[str]:
        file = tmp_path_factory.mktemp("table") / "taula.trig"
        file.write_text(table.trig, "utf-8")
        found = validation.check([file])
        assert any(finding.severity is Severity.WARNING for finding in found)
        return [problem.words("en") for problem in checking.problems(table, found)]

    return problems


def test_what_the_shapes_find_is_told_by_its_cell(
    brought: Brought, check: Callable[[Table], list[str]]
) -> None:
    table = brought("Nom;Barri;Districte;Acció\nProva;la Salut;Gràcia;\nCoòpolis;1;1;29.1\n")
    told = check(table)
    assert [line.partition(": ")[0] for line in told] == ["row 2, column A", "row 2, column A"]
    words = "row 2, column A: Prova: No action names this project"
    assert any(line.startswith(words) for line in told)


def test_what_the_shapes_find_elsewhere_is_told_of_the_file(
    brought: Brought, tmp_path: Path
) -> None:
    other = tmp_path / "taula.trig"
    other.write_text(brought("Nom;Acció\nProva;29.1\n").trig, "utf-8")
    problems = checking.problems(brought("Nom;Web\nCoòpolis;\n"), validation.check([other], []))
    assert {problem.place.row for problem in problems} == {0}
