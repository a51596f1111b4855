"""The pages of the notebooks over HTTP."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from teixit import paths, web
from teixit.languages import LANGUAGES
from teixit.notebook import reading
from teixit.web import notebooks


@pytest.fixture
def other(shipped: FlaskClient, tmp_path: Path) -> FlaskClient:
    """The pages over a folder with one notebook, and a record of what it showed."""
    file = tmp_path / "one.ipynb"
    told = {tag: f"One, in {tag}" for tag in LANGUAGES}
    cells = [
        {"cell_type": "markdown", "source": "# One\n\nText <b>."},
        {"cell_type": "code", "source": ["1 < 2"]},
        {"cell_type": "code", "source": 'ask(question("cq04-actions-per-year"))'},
    ]
    content = {"metadata": {"teixit": {"title": told, "summary": told}}, "cells": cells}
    file.write_text(json.dumps(content))
    figure = {"kind": "figure", "text": 'A "line"', "file": "one-1.svg", "width": 9, "height": 8}
    table = {"kind": "table", "text": "<table><tr><td>a</td></tr></table>"}
    shown = [{"kind": "text", "text": "<True>"}, table, figure]
    (tmp_path / reading.RENDERED).mkdir()
    record = {"of": reading.mark(file.read_bytes()), "cells": {"1": shown}}
    (tmp_path / reading.RENDERED / "one.json").write_text(json.dumps(record))
    (tmp_path / reading.RENDERED / "one-1.svg").write_text("<svg/>")
    app = web.create_app(shipped.application.extensions["teixit"])
    app.config[notebooks.FOLDER] = tmp_path
    return app.test_client()


@pytest.mark.parametrize(
    ("language", "words"), [("ca", "Quaderns"), ("es", "Cuadernos"), ("en", "Notebooks")]
)
def test_they_are_listed_in_the_language_of_the_reader(
    shipped: FlaskClient, language: str, words: str
) -> None:
    page = shipped.get(f"/{language}/notebooks").text
    assert f"<h1>{words}</h1>" in page
    for name, notebook in reading.notebooks().items():
        link = f'<a href="/{language}/notebooks/{name}">{notebook.title[language]}</a>'
        assert link in page
    assert f'href="/{language}/notebooks"' in shipped.get(f"/{language}/research").text


@pytest.mark.parametrize("name", reading.notebooks())
def test_each_has_a_page_and_can_be_had_as_it_stands(shipped: FlaskClient, name: str) -> None:
    notebook = reading.notebooks()[name]
    page = shipped.get(f"/ca/notebooks/{name}").text
    assert f"<h1>{notebook.title['ca']}</h1>" in page
    assert '<article class="notebook" lang="en">' in page
    assert page.count("<h1>") == 1
    assert ("no s’ha executat" in page) != notebook.was_run
    file = shipped.get(f"/notebooks/{name}.ipynb")
    assert file.content_type == "application/x-ipynb+json"
    assert file.headers["content-disposition"] == f'attachment; filename="{name}.ipynb"'
    assert file.data == (paths.NOTEBOOKS / f"{name}.ipynb").read_bytes()


def test_what_was_shown_stands_below_its_code(other: FlaskClient) -> None:
    page = other.get("/es/notebooks/one").text
    assert "<p>Text &lt;b&gt;.</p>" in page
    assert "<code>1 &lt; 2</code>" in page
    assert "<samp>&lt;True&gt;</samp>" in page
    assert "<table><tr><td>a</td></tr></table>" in page
    assert 'src="/notebooks/one-1.svg" alt="A &#34;line&#34;" width="9" height="8"' in page
    assert 'aria-label="Dibujo de la celda 2"' in page
    assert "no se ha ejecutado" not in page
    figure = other.get("/notebooks/one-1.svg")
    assert (figure.content_type, figure.text) == ("image/svg+xml", "<svg/>")


def test_the_questions_that_it_asks_lead_to_their_pages(other: FlaskClient) -> None:
    address, title = "/en/questions/cq04-actions-per-year", "How many actions are scheduled"
    page = other.get("/en/notebooks/one").text
    assert f'<li><a href="{address}">{title}' in page
    assert page.count('href="/en/questions/') == 1
    assert other.get(address).status_code == 200


def test_one_that_was_not_run_says_so(other: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / reading.RENDERED / "one.json").unlink()
    page = other.get("/en/notebooks/one").text
    assert "was not run on this server" in page
    assert "<code>1 &lt; 2</code>" in page
    assert "<img" not in page


@pytest.mark.parametrize(
    "path", ["/ca/notebooks/none", "/notebooks/none.ipynb", "/notebooks/none.svg"]
)
def test_what_is_not_there_is_not_found(other: FlaskClient, path: str) -> None:
    assert other.get(path).status_code == 404


def test_the_sitemap_lists_them(pages: FlaskClient) -> None:
    listed = pages.get("/sitemap.xml").text
    for name in ["", *(f"/{name}" for name in reading.notebooks())]:
        assert f"https://graph.example.org/es/notebooks{name}<" in listed
