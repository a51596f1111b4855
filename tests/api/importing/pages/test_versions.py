"""Two versions of a page: each kind of change is told, in every language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from teixit.importing import pages
from teixit.importing.pages import versions
from teixit.importing.pages.lexicon import Lexicon, known_names

MEASURE = Path(__file__).parent / "district_plan" / "measures" / "sants-montjuic" / "84.txt"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return known_names()


@pytest.fixture
def differ(small: str, tmp_path: Path, lexicon: Lexicon) -> Callable[..., list[str]]:
    """Say how the small page differs from one with some of its text replaced."""

    def told(*changes: tuple[str, str], before: str = small, language: str = "en") -> list[str]:
        after = before
        for old, new in changes:
            assert old in after
            after = after.replace(old, new)
        files = [tmp_path / "old.txt", tmp_path / "new.txt"]
        for file, text in zip(files, (before, after), strict=True):
            file.write_text(text, "utf-8")
        found = versions.compare(*map(pages.read, files), lexicon)
        return versions.words(found, language).splitlines()

    return told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Finançament", "Finances", "Reworded: line “Finançament” → “Finances”"),
        ("I temps.", "I temps!", "Reworded: paragraph “L’ESS necessita diners. I temps.” → "),
        ("I temps.", "I temps.\n\nUn altre.", "Added: paragraph “Un altre.”"),
        ("Obrir fons propis", "Obrir fons públics", "Reworded: objective “Obrir fons propis” → "),
        ("Obrir fons propis", "Plantar arbres", "Removed: objective “Obrir fons propis”"),
        ("Obrir fons propis", "Plantar arbres", "Added: objective “Plantar arbres”"),
        ("Empreses/", "Empreses i ", "Reworded: target group “Empreses/Entitats/Projectes"),
        ("6Crear un fons", "6Obrir un fons", "Reworded: measure 6 “Crear un fons” → “Obrir un fo"),
        ("6Crear un fons", "7Crear un fons", "Renumbered: measure 6 “Crear un fons” → 7"),
        ("2016 2017\nEst", "2016 2017 2018\nEst", "Added: year of the table 2018 (measure 6)"),
        ("Estudiar el", "Estudiar un", "Reworded: action “Estudiar el fons” → “Estudiar un fons"),
        ("fons 2016", "fons 2017", "Removed: year 2016 (measure 6, action “Estudiar el fons”)"),
        ("fons 2016", "fons 2017", "Added: year 2017 (measure 6, action “Estudiar el fons”)"),
    ],
)
def test_each_change_is_told(
    differ: Callable[..., list[str]], old: str, new: str, told: str
) -> None:
    assert any(line.startswith(told) for line in differ((old, new)))


def test_projects_that_come_and_go_are_told(differ: Callable[..., list[str]], small: str) -> None:
    old = "Obrir projectes pioners: Alfa, Beta, Gran Gamma"
    new = "Obrir projectes pioners: Gran Gama, Beta, Nou Delta"
    lines = differ((old, new), before=small.replace("Estudiar el fons", f"{old}…"))
    assert [line.partition(" (")[0] for line in lines] == [
        f"Reworded: action “{old}…” → “{new}…”",
        "Reworded: project “Gran Gamma” → “Gran Gama”",
        "Removed: project “Alfa”",
        "Added: project “Nou Delta”",
    ]


def test_a_long_action_is_shortened_where_it_is_only_named(
    differ: Callable[..., list[str]], small: str
) -> None:
    before = small.replace("Estudiar el fons", f"Estudiar {'molt ' * 30}el fons")
    (line,) = differ(("el fons 2016", "el fons 2016\n2017"), before=before)
    assert line.endswith("m…”)")
    assert len(line) < 130


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ca", "Canvia de número: actuació 6 «Crear un fons» → 7"),
        ("es", "Cambia de número: actuación 6 «Crear un fons» → 7"),
        ("en", "Renumbered: measure 6 “Crear un fons” → 7"),
    ],
)
def test_every_language_tells_it(
    differ: Callable[..., list[str]], language: str, told: str
) -> None:
    assert differ(("6Crear", "7Crear"), language=language) == [told]


def test_two_versions_that_say_the_same_are_said_to(differ: Callable[..., list[str]]) -> None:
    assert differ(("\n\nA qui", "\n\n\nA qui")) == ["Both versions say the same."]


def test_a_measure_of_a_district_is_compared_too(tmp_path: Path, lexicon: Lexicon) -> None:
    after = tmp_path / "84.txt"
    text = MEASURE.read_text("utf-8").replace("Progrés 2", "Progrés 3").replace("-2021", "-2020")
    after.write_text(text.replace("8.4", "8.5"), "utf-8")
    old, new = (pages.read(file, "pde-sants-montjuic") for file in (MEASURE, after))
    title = "“Obrir un local inventat d’economia social”"
    assert versions.words(versions.compare(old, new, lexicon), "en").splitlines() == [
        f"Renumbered: measure 8.4 {title} → 8.5",
        "Removed: progress 2 (measure 8.5)",
        "Added: progress 3 (measure 8.5)",
        "Removed: year 2021 (measure 8.5)",
    ]
