"""Pages of the template, written for the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from teixit import paths
from teixit.importing.pages.line_of_work import outline as template
from teixit.importing.pages.line_of_work.outline import Page

SMALL = """Finançament

L’ESS necessita diners. I temps.


Objectius:\N{NO-BREAK SPACE}

Obrir fons propis

\N{NO-BREAK SPACE}

A qui es dirigeix:\N{NO-BREAK SPACE}

Empreses/Entitats/Projectes de nova creació

\N{NO-BREAK SPACE}

6Crear un fons
Accions 2016 2017
Estudiar el fons
Obrir-lo, amb l’horitzó 2017
Accions Anys
Estudiar el fons 2016
Obrir-lo, amb l’horitzó 2017 2016
2017
"""


@pytest.fixture(scope="session")
def source() -> Path:
    """The page of the plan that Teixit ships."""
    return paths.SOURCE / "territorialitzacio-i-accio-comunitaria.txt"


@pytest.fixture
def small() -> str:
    """The text of a small page."""
    return SMALL


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a page to a file."""

    def write(page: str | bytes) -> Path:
        file = tmp_path / "page.txt"
        file.write_bytes(page if isinstance(page, bytes) else page.encode())
        return file

    return write


@pytest.fixture
def outline(small: str) -> Callable[..., Page]:
    """Read the small page, with some of its text replaced."""

    def read(old: str = "", new: str = "") -> Page:
        assert old in small
        return template.parse(small.replace(old, new, 1) if old else small)

    return read
