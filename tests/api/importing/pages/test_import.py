from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from teixit import namespaces, paths
from teixit.errors import KnowledgeError, SourceError
from teixit.importing.pages import import_page, import_pages, known_names
from teixit.importing.pages.identifiers import first_words, slug
from teixit.importing.pages.lexicon import Lexicon

EMPTY = Lexicon([])
HOSTILE = '<b>" . <urn:x> <urn:y> \\ """ } DROP ALL #'


def stored(trig: str) -> Store:
    store = Store()
    store.extend(parse(trig, format=RdfFormat.TRIG))
    return store


def counted(store: Store, class_: str) -> int:
    type_ = NamedNode(namespaces.expand("rdf:type"))
    quads = store.quads_for_pattern(None, type_, NamedNode(namespaces.term(class_)), None)
    return len({quad.subject for quad in quads})


def test_every_line_of_the_source_page_is_used(source: Path) -> None:
    result = import_page(source)
    assert result.not_understood == ()
    assert "72 of 72 lines used" in result.report()
    assert "(100 %)" in result.report()


@pytest.mark.parametrize(
    ("class_", "count"),
    [
        ("StrategicLine", 1),
        ("Objective", 3),
        ("TargetGroup", 3),
        ("Measure", 3),
        ("Action", 12),
        ("FlagshipProject", 6),
        ("ProjectList", 2),
        ("NumberGap", 1),
    ],
)
def test_the_source_page_has_the_things_of_the_plan(source: Path, class_: str, count: int) -> None:
    assert counted(stored(import_page(source).trig), class_) == count


def test_the_committed_pages_are_fresh_imports() -> None:
    sources = sorted([*paths.SOURCE.glob("*.txt"), *paths.SOURCE.glob("*.html")])
    files = import_pages(sources).files
    assert files
    assert {file.stem for file in paths.PAGES.glob("*.trig")} == {*files}
    for name, trig in files.items():
        message = f"{name}.trig is not what its page gives: run `make data`"
        assert (paths.PAGES / f"{name}.trig").read_text("utf-8") == trig, message


def test_the_same_page_gives_the_same_bytes(source: Path) -> None:
    names = known_names()
    assert import_page(source, lexicon=names).trig == import_page(source, lexicon=names).trig


def test_what_the_import_knows_does_not_depend_on_where_the_file_is(
    source: Path, written: Callable[[bytes], Path]
) -> None:
    elsewhere = written(source.read_bytes())
    assert import_page(elsewhere).trig == import_page(source).trig


def test_a_line_without_a_place_is_reported(small: str, written: Callable[[str], Path]) -> None:
    report = import_page(written(small + "Comparteix\n"), lexicon=EMPTY).report()
    assert "line 26 not understood: Comparteix" in report
    assert "(93 %)" in report


def test_numbering_without_gaps_concludes_none(small: str, written: Callable[[str], Path]) -> None:
    assert counted(stored(import_page(written(small), lexicon=EMPTY).trig), "NumberGap") == 0


def test_text_that_looks_like_code_is_only_text(small: str, written: Callable[[str], Path]) -> None:
    page = written(small.replace("Estudiar el fons", HOSTILE))
    store = stored(import_page(page, lexicon=EMPTY).trig)
    label = Literal(HOSTILE, language="ca")
    quads = list(store.quads_for_pattern(None, None, label, None))
    assert {quad.subject.value.rpartition("/")[2] for quad in quads} == {"action-6-1"}
    assert not list(store.quads_for_pattern(NamedNode("urn:x"), None, None, None))


def test_another_plan_numbers_its_own_measures(small: str, written: Callable[[str], Path]) -> None:
    trig = import_page(written(small), "piess-2021-2023", EMPTY).trig
    assert "id/piess-2021-2023/> ." in trig
    assert "piess-2016-2019" not in trig


def labels(store: Store, kind: str) -> list[tuple[str, str]]:
    label = NamedNode(namespaces.expand("rdfs:label"))
    quads = store.quads_for_pattern(None, label, None, None)
    keys = ((quad.subject.value.rpartition("/")[2], quad.object.value) for quad in quads)
    return sorted({pair for pair in keys if pair[0].startswith(f"{kind}-")})


def test_names_that_differ_in_signs_stay_apart(small: str, written: Callable[[str], Path]) -> None:
    groups = "Entitats: joves\n\nEntitats joves\n\nENTITATS JOVES\n\nEmpreses"
    page = written(small.replace("Empreses/Entitats", groups))
    assert labels(stored(import_page(page, lexicon=EMPTY).trig), "audience") == [
        ("audience-empreses-projectes-de-nova-creacio", "Empreses/Projectes de nova creació"),
        ("audience-entitats-joves", "Entitats: joves"),
        ("audience-entitats-joves-2", "Entitats joves"),
    ]


def test_projects_that_differ_in_signs_stay_apart(
    small: str, written: Callable[[str], Path]
) -> None:
    named = "Obrir projectes emblemàtics: C++, C#, Coòpolis, COÒPOLIS, Xarxa (Sants, Prat)…"
    page = written(small.replace("Estudiar el fons", named))
    assert labels(stored(import_page(page).trig), "project") == [
        ("project-c", "C++"),
        ("project-c-2", "C#"),
        ("project-coopolis", "Coòpolis"),
        ("project-xarxa-sants-prat", "Xarxa (Sants, Prat)"),
    ]


@pytest.mark.parametrize("plan", ["", "a b", "A", "../x", "a>b", "a\nb", "-a", "a" * 81])
def test_a_plan_has_a_name_that_an_iri_can_carry(source: Path, plan: str) -> None:
    with pytest.raises(KnowledgeError, match="expected a name such as piess-2016-2019"):
        import_page(source, plan)


def test_a_wrong_page_gives_nothing(written: Callable[[str], Path]) -> None:
    with pytest.raises(SourceError, match=r"page\.txt, line 1: the page ends here"):
        import_page(written("Títol"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Àrees de l’Ajuntament", "arees-de-l-ajuntament"),
        ("  Col·lectius; \N{LATIN SMALL LIGATURE FI} ", "col-lectius-fi"),
        ("经济", "u7ecfu6d4e"),
        ("a" * 99, "a" * 80),
    ],
)
def test_a_slug_is_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Dos mots", "dos-mots"),
        ("Territorialització i acció comunitària", "territorialitzacio"),
        ("Finançament de les entitats socials", "financament-de-les"),
        ("x" * 40, "x" * 24),
    ],
)
def test_the_key_of_a_page_is_the_first_words_of_its_title(title: str, key: str) -> None:
    assert first_words(slug(title)) == key
