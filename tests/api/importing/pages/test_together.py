"""Pages that are read together: one plan, numbered through, in which one thing has one name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from teixit import namespaces, validation
from teixit.errors import KnowledgeError, SourceError
from teixit.findings import Severity
from teixit.importing import pages
from teixit.importing.pages.lexicon import Lexicon
from teixit.importing.pages.names import Known

HERE = Path(__file__).parent
QUIRKS = sorted((HERE / "line_of_work" / "quirks").glob("*.txt"))
MEASURES = sorted((HERE / "district_plan" / "measures" / "sants-montjuic").glob("*.txt"))
EMPTY = Lexicon([])
PLAN = namespaces.PLAN


def stored(trig: str) -> Store:
    store = Store()
    store.extend(parse(trig, format=RdfFormat.TRIG))
    return store


def said(store: Store, predicate: str) -> set[tuple[str, str]]:
    """Subject and object of each statement with a predicate, by the last of their names."""
    quads = store.quads_for_pattern(None, NamedNode(namespaces.expand(predicate)), None, None)
    return {(q.subject.value.rpartition("/")[2], q.object.value.rpartition("/")[2]) for q in quads}


@pytest.fixture
def two(small: str, tmp_path: Path) -> Callable[..., list[Path]]:
    """Two small pages, the second with some of its text replaced."""

    def write(*changes: tuple[str, str]) -> list[Path]:
        second = small
        for old, new in (("Finançament", "Espais"), ("6Crear", "8Trobar"), *changes):
            assert old in second
            second = second.replace(old, new)
        files = [tmp_path / "one.txt", tmp_path / "two.txt"]
        for file, text in zip(files, (small, second), strict=True):
            file.write_text(text, "utf-8")
        return files

    return write


def test_the_pages_of_a_plan_break_no_rule(tmp_path: Path) -> None:
    imported = pages.import_pages(QUIRKS)
    for name, trig in imported.files.items():
        (tmp_path / f"{name}.trig").write_text(trig, "utf-8")
    for name, trig in pages.import_pages(MEASURES, "pde-sants-montjuic").files.items():
        (tmp_path / f"{name}.trig").write_text(trig, "utf-8")
    files = sorted(tmp_path.iterdir())
    assert len(files) == len(QUIRKS) + len(MEASURES) + 2
    found = validation.check(files)
    assert [finding for finding in found if finding.severity is Severity.VIOLATION] == []


def test_lines_are_numbered_as_long_as_nothing_is_missing_between_their_pages() -> None:
    imported = pages.import_pages(reversed(QUIRKS))
    graphs = stored(imported.trig)
    assert dict(said(graphs, "teixit:belongsToPlan")) == {
        f"line-{page.page.key}": PLAN for page in imported.pages
    }
    numbers = {thing: int(n) for thing, n in said(graphs, "teixit:number") if "line-" in thing}
    # Measure 10 is missing between the fifth page and the sixth.
    assert numbers == {f"line-{page.page.key}": n for n, page in enumerate(imported.pages[:5], 1)}


def test_gaps_within_a_page_and_between_two_are_told_apart() -> None:
    graphs = stored(pages.import_pages(QUIRKS).trig)
    assert {gap for gap, _ in said(graphs, "teixit:gapIn")} == {"gap-8"}
    assert said(graphs, "dct:isPartOf") == {("gap-10", PLAN)}
    assert ("gap-10", "measure-9") in said(graphs, "teixit:followsMeasure")
    assert ("gap-10", "measure-11") in said(graphs, "teixit:precedesMeasure")


def test_what_another_page_has_is_no_gap(two: Callable[..., list[Path]], small: str) -> None:
    one, other = two(("8Trobar", "7Trobar"))
    eighth = small[small.index("6Crear") :].replace("6Crear", "8Llogar")
    one.write_text(small + eighth, "utf-8")
    imported = pages.import_pages([one, other], lexicon=EMPTY)
    assert "0 absent measure numbers" in imported.report()
    assert said(stored(imported.trig), "teixit:missingNumber") == set()
    assert "1 absent measure numbers" in pages.import_page(one, lexicon=EMPTY).report()


def test_the_report_counts_what_is_missing_between_pages(two: Callable[..., list[Path]]) -> None:
    report = pages.import_pages(two(), lexicon=EMPTY).report()
    assert report.endswith("1 measure numbers absent between the pages")


def test_a_plan_is_called_by_its_name_where_the_graph_has_one() -> None:
    known, unknown = (pages.import_pages(QUIRKS[:2], plan).trig for plan in (None, "pla-inventat"))
    assert "Les línies de «Pla d’Impuls de l’Economia Social i Solidària 2016-2019»" in known
    assert "Les línies de «pla-inventat»" in unknown


def test_the_progress_of_a_measure_is_what_its_page_says() -> None:
    graphs = stored(pages.import_pages(MEASURES, "pde-sants-montjuic").trig)
    assert said(graphs, "teixit:reportsOn") == {
        (f"progress-8-{place}", f"measure-8-{place}") for place in (2, 4)
    }
    assert said(graphs, "teixit:hasStatus") == {
        ("progress-8-2", "status-of-district-plans-3"),
        ("progress-8-4", "status-of-district-plans-2"),
    }
    percent = pages.import_page(MEASURES[0].parents[1] / "sant-marti" / "067.txt", "pde-sant-marti")
    assert said(stored(percent.trig), "teixit:percentDone") == {("progress-6-7", "100")}
    assert said(stored(percent.trig), "teixit:hasStatus") == set()


def test_pages_of_districts_are_kept_under_the_name_of_their_plan() -> None:
    files = pages.import_pages(MEASURES, "pde-sants-montjuic").files
    assert set(files) == {
        "pde-sants-montjuic",
        *(f"pde-sants-montjuic-{page.stem}" for page in MEASURES),
    }


def test_one_page_says_nothing_of_the_plan_as_a_whole() -> None:
    imported = pages.import_pages(QUIRKS[:1])
    assert imported.plans == {}
    assert imported.trig == imported.pages[0].trig


def test_a_measure_number_of_two_pages_is_refused(two: Callable[..., list[Path]]) -> None:
    one, other = two(("8Trobar", "6Trobar"))
    with pytest.raises(SourceError) as caught:
        pages.import_pages([one, other], lexicon=EMPTY)
    expected = f"{other}, line 18: measure 6 stands in {one}, line 18, already; expected another"
    assert str(caught.value).startswith(expected)


def test_two_pages_of_one_title_are_refused(two: Callable[..., list[Path]]) -> None:
    one, other = two(("Espais", "Finançament"))
    with pytest.raises(SourceError, match=r"begins as the title of .*one\.txt does"):
        pages.import_pages([one, other], lexicon=EMPTY)


def test_pages_of_two_templates_are_not_of_one_plan() -> None:
    with pytest.raises(SourceError, match=r"in another template than .*; expected another plan"):
        pages.import_pages([QUIRKS[0], MEASURES[0]], "pde-sants-montjuic")


def test_pages_of_several_plans_are_kept_apart() -> None:
    saved = MEASURES[0].parent / "84.html"
    imported = pages.import_pages([QUIRKS[0], saved, QUIRKS[1]])
    assert set(imported.plans) == {PLAN, "pde-sants-montjuic"}
    assert {page.page.plan.plan for page in imported.pages} == set(imported.plans)
    assert "pde:" in imported.trig


def test_two_pages_of_one_file_name_are_refused(
    two: Callable[..., list[Path]], tmp_path: Path
) -> None:
    one, other = two()
    (tmp_path / "else").mkdir()
    other = other.rename(tmp_path / "else" / one.name)
    imported = pages.import_pages([one, other], lexicon=EMPTY)
    with pytest.raises(KnowledgeError, match="one: two graphs would have this name"):
        _ = imported.files


@pytest.mark.parametrize("spelling", ["EMPRESES/ENTITATS", "Émpreses/Entitats"])
def test_a_target_group_in_another_spelling_is_the_same(
    two: Callable[..., list[Path]], spelling: str
) -> None:
    graphs = stored(
        pages.import_pages(two(("Empreses/Entitats", spelling)), lexicon=EMPTY, known=[]).trig
    )
    group = "audience-empreses-entitats-projectes-de-nova-creacio"
    assert {thing for _, thing in said(graphs, "dct:audience")} == {group}
    named = "Projectes de nova creació"
    assert {name for thing, name in said(graphs, "rdfs:label") if thing == group} == {named}
    labels = NamedNode(namespaces.expand("rdfs:label"))
    quads = list(graphs.quads_for_pattern(NamedNode(namespaces.THING + group), labels, None, None))
    assert {quad.object.value for quad in quads} == {"Empreses/Entitats/Projectes de nova creació"}
    other = NamedNode(namespaces.expand("skos:altLabel"))
    quads = list(graphs.quads_for_pattern(NamedNode(namespaces.THING + group), other, None, None))
    assert [quad.object.value for quad in quads] == [f"{spelling}/Projectes de nova creació"]


def test_a_project_that_the_graph_knows_keeps_its_name(
    small: str, written: Callable[[str], Path]
) -> None:
    page = written(small.replace("Estudiar el fons", "Obrir projectes pioners: CAN PICO, Can Nou…"))
    graphs = stored(pages.import_page(page).trig)
    projects = {thing for _, thing in said(graphs, "teixit:namesProject")}
    assert projects == {"project-can-pico", "project-can-nou"}
    assert {pair for pair in said(graphs, "rdfs:label") if pair[0] == "project-can-pico"} == set()
    assert ("project-can-pico", "CAN PICO") in said(graphs, "skos:altLabel")


def test_a_new_thing_never_takes_the_iri_of_a_known_one(
    small: str, written: Callable[[str], Path]
) -> None:
    project = namespaces.expand("teixit:FlagshipProject")
    known = Known(project, namespaces.thing("project", "c"), "C++", is_label=True)
    page = written(small.replace("Estudiar el fons", "Obrir projectes pioners: C#, Ç++…"))
    graphs = stored(pages.import_pages([page], known=[known]).trig)
    assert {pair for pair in said(graphs, "rdfs:label") if pair[0].startswith("project-")} == {
        ("project-c-2", "C#")
    }
    assert said(graphs, "skos:altLabel") >= {("project-c", "Ç++")}


@pytest.mark.parametrize("plan", ["2016-plan", "time-plan"])
def test_a_plan_has_a_prefix_that_is_free(
    small: str, written: Callable[[str], Path], plan: str
) -> None:
    trig = pages.import_page(written(small), plan, EMPTY).trig
    assert f"@prefix plan: <{namespaces.THING}{plan}/> ." in trig
