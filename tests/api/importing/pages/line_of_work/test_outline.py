from collections.abc import Callable
from pathlib import Path

import pytest

from teixit.errors import SourceError
from teixit.importing.pages import documents
from teixit.importing.pages.line_of_work import outline as template
from teixit.importing.pages.line_of_work.outline import Page

Outline = Callable[..., Page]
Written = Callable[[str | bytes], Path]


def test_the_source_page_has_the_figures_of_the_plan(source: Path) -> None:
    page = template.parse(documents.read(source).text, source)
    assert (len(page.objectives), len(page.target_groups)) == (3, 3)
    assert [(measure.number, len(measure.actions)) for measure in page.measures] == [
        (29, 5),
        (31, 4),
        (32, 3),
    ]
    years = [year for m in page.measures for action in m.actions for year in action.years]
    assert [years.count(year) for year in (2016, 2017, 2018, 2019)] == [8, 12, 11, 10]
    assert page.left_over == ()


def test_a_title_may_end_in_a_year(outline: Outline) -> None:
    first, second = outline().measures[0].actions
    assert (first.title, first.years) == ("Estudiar el fons", (2016,))
    assert (second.title, second.years) == ("Obrir-lo, amb l’horitzó 2017", (2016, 2017))


def test_a_span_is_where_its_words_stand(outline: Outline, small: str) -> None:
    action = outline().measures[0].actions[1]
    words = small[action.scheduled.start : action.scheduled.end]
    assert words == "Obrir-lo, amb l’horitzó 2017 2016\n2017"
    assert (action.scheduled.first_line, action.scheduled.last_line) == (24, 25)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("6Crear", "6 Crear"),
        ("6Crear", "6. Crear"),
        ("6Crear", "6\nCrear"),
        ("6Crear", "6.\n\nCrear"),
        ("Objectius:", "OBJECTIUS"),
        ("Accions 2016 2017", "Accions20162017"),
        ("Accions Anys", "AccionsAnys"),
        ("Estudiar el fons 2016", "Estudiar el fons2016"),
        ("Estudiar el fons 2016", "Estudiar el fons\n2016"),
        ("Estudiar el fons 2016", "Estudiar\N{NO-BREAK SPACE}el  fons 2016"),
        ("l’horitzó 2017 2016", "l'horitzó 2017 2016"),
        ("6Crear", "06Crear"),
        ("2016\n2017\n", "2016 2017"),
        ("\n\n\N{NO-BREAK SPACE}\n\nA qui", "\nA qui"),
    ],
)
def test_other_hands_of_the_template_are_read_alike(outline: Outline, old: str, new: str) -> None:
    usual, other = outline().measures[0], outline(old, new).measures[0]
    assert (usual.number, usual.title, usual.years) == (other.number, other.title, other.years)
    assert [(a.title, a.years) for a in usual.actions] == [
        (a.title, a.years) for a in other.actions
    ]


def test_line_ends_of_other_systems_are_read_alike(small: str) -> None:
    page = template.parse(small.replace("\n", "\r\n"))
    assert page.measures[0].actions[1].scheduled.last_line == 25


def test_several_paragraphs_are_kept_apart(outline: Outline) -> None:
    page = outline("I temps.", "I temps.\n\nI persones.")
    assert [span.text for span in page.paragraphs] == [
        "L’ESS necessita diners. I temps.",
        "I persones.",
    ]


def test_words_are_read_in_nfc(outline: Outline) -> None:
    assert outline("Finançament", "Financ\u0327ament").title.text == "Finançament"


@pytest.mark.parametrize("foot", ["Comparteix aquest contingut", "© Ajuntament 2017", "3Rs"])
def test_lines_without_a_place_are_set_aside(outline: Outline, foot: str) -> None:
    page = outline("2016\n2017\n", f"2016\n2017\n{foot}\n")
    assert [(span.first_line, span.text) for span in page.left_over] == [(26, foot)]


def test_an_action_that_the_first_table_lacks_is_refused(small: str) -> None:
    second = small[small.index("6Crear") :].replace("6Crear", "7Crear")
    with pytest.raises(SourceError, match="line 26: «Tancar-lo 2017»"):
        template.parse(f"{small}Tancar-lo 2017\n{second}")


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("Finançament\n", "Objectius:\n", 1, "the title of the page"),
        ("Finançament\n", "Torna a dalt.\n", 1, "the title of the page"),
        ("6Crear un fons\n", f"{'x' * 3001}\n6Crear un fons\n", 18, "3000 at most"),
        ("6Crear un fons\n", "5. Buida\n6Crear un fons\n", 18, "a numbered measure"),
        ("6Crear un fons\n", "5Buida\n6Crear un fons\n", 18, "a numbered measure"),
        ("Objectius:", "Fites:", 12, "«Objectius:»"),
        ("A qui es dirigeix:", "Per a tothom:", 18, "«A qui es dirigeix:»"),
        ("Obrir fons propis", "", 6, "an objective"),
        ("Empreses/Entitats/Projectes de nova creació", "", 12, "a target group"),
        ("Accions 2016 2017\n", "", 18, "a numbered measure and its table"),
        ("Accions 2016 2017", "Accions 2017 2016", 19, "each year once, in their order"),
        ("Accions Anys\n", "", 24, "the title of an action, or «Accions Anys»"),
        ("Estudiar el fons\nObrir-lo, amb l’horitzó 2017\n", "", 20, "the title of an action"),
        ("Estudiar el fons 2016", "Estudiar un fons 2016", 23, "«Estudiar el fons» as in line 20"),
        ("Estudiar el fons 2016", "Estudiar el fons nou 2016", 23, "as in line 20, and its years"),
        ("Estudiar el fons 2016", "Estudiar el fons 2018", 23, "that line 19 offers: 2016, 2017"),
        ("Estudiar el fons 2016", "Estudiar el fons", 23, "a year after the title"),
        ("2017 2016\n2017", "2017 2016\n2016", 25, "each year of an action once"),
        ("2017 2016\n2017", "2017 2016\n2017\nTancar-lo 2016\n2017", 26, "or the end of the page"),
        ("2017 2016\n2017", "2017 2016\n2017\n7Tancar-lo", 26, "or the end of the page"),
    ],
)
def test_a_page_off_the_template_is_refused(
    outline: Outline, old: str, new: str, line: int, expected: str
) -> None:
    with pytest.raises(SourceError) as caught:
        outline(old, new)
    assert expected in caught.value.expected
    assert "\n" not in str(caught.value)
    assert caught.value.line == line


def test_a_doubled_measure_number_is_refused(small: str) -> None:
    measure = small[small.index("6Crear") :]
    with pytest.raises(SourceError, match=r"line 26: «6Crear un fons»; expected another number"):
        template.parse(small + measure)


@pytest.mark.parametrize("text", ["", "\n\n", "\N{NO-BREAK SPACE}\n", "Només un títol"])
def test_an_empty_page_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="the page ends here; expected"):
        template.parse(text)


@pytest.mark.parametrize(
    ("raw", "line", "found"),
    [
        ("Títol\nÀrea".encode("latin-1"), 1, "the byte 0xED"),
        ("Titol\nÀrea".encode("utf-16"), 1, "the byte 0xFF"),
        ("Titol\nCo\u0000dis".encode(), 2, "a control character"),
        (b"Titol\rLinia", 1, "a control character: '\\r'"),
        ("Titol\nàrea".encode().decode("latin-1").encode(), 2, "letters read twice"),
        (b"a" * ((1 << 20) + 1), 1, "a file of over 1 MiB"),
    ],
)
def test_what_is_not_text_in_utf8_is_refused(
    written: Written, raw: bytes, line: int, found: str
) -> None:
    with pytest.raises(SourceError) as caught:
        documents.read(written(raw))
    assert (caught.value.line, found in caught.value.found) == (line, True)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        documents.read(tmp_path / "none.txt")
