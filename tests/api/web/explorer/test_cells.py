"""What a spreadsheet says stands in pages with the sheet, the row and the column that say it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store

from teixit import store as teixit_store
from teixit.namespaces import CANONICAL, PREFIXES

WORDS = {
    "ca": ("«llista.xlsx», full «Projectes», fila 12, columna D", "una altra font"),
    "es": ("«llista.xlsx», hoja «Projectes», fila 12, columna D", "otra fuente"),
    "en": ("“llista.xlsx”, sheet “Projectes”, row 12, column D", "another source"),
}
TABLE = f"{CANONICAL}id/source-table-llista"
CELL = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    + f"""
<{TABLE}/cell-12-d> {{ id:project-coopolis teixit:hasKind id:kind-urban-axis }}
id:record-table-llista {{
  <{TABLE}/cell-12-d> a teixit:Passage ; oa:hasSelector <{TABLE}/selector-12-d> ;
    rdfs:label "{WORDS["ca"][0]}"@ca , "{WORDS["es"][0]}"@es , "{WORDS["en"][0]}"@en .
  <{TABLE}/selector-12-d> oa:exact "Eix  urbà" .
}}
"""
)


@pytest.fixture(scope="module")
def site(
    explore: Callable[[Store], FlaskClient], tmp_path_factory: pytest.TempPathFactory
) -> FlaskClient:
    file: Path = tmp_path_factory.mktemp("table") / "llista.trig"
    file.write_text(CELL, "utf-8")
    return explore(teixit_store.load([*teixit_store.knowledge_files(), file]))


@pytest.mark.parametrize("language", WORDS)
def test_a_page_names_the_cell(site: FlaskClient, language: str) -> None:
    page = site.get(f"/{language}/about/project-coopolis").text
    address = f"/{language}/about/source-table-llista/cell-12-d"
    assert f'<q>Eix  urbà</q> <a href="{address}">{WORDS[language][0]}</a>' in page
    assert '<q lang="ca">Impulsar projectes' in page


@pytest.mark.parametrize("language", WORDS)
def test_so_does_a_file(site: FlaskClient, language: str) -> None:
    rows = site.get(f"/{language}/about/project-coopolis?download=csv").text.splitlines()
    (row,) = [row for row in rows if "Eix  urbà" in row]
    assert WORDS[language][0] in row
    assert WORDS[language][1] in row
