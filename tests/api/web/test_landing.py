import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from teixit.discovery import quality, records
from teixit.discovery.records import Record
from teixit.languages import LANGUAGES

ADDRESS = "https://graph.example.org"
READER = {"Accept": "text/html", "Accept-Language": "en"}


def data(page: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


@pytest.mark.parametrize("name", records.NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_dataset_has_a_page_in_each_language(
    pages: FlaskClient, described: Mapping[str, Record], name: str, language: str
) -> None:
    page = pages.get(f"/{language}/datasets/{name}").text
    assert f'<html lang="{language}">' in page
    assert f"<h1>{described[name].title[language]}</h1>" in page.replace("&#39;", "’")
    assert f'<link rel="canonical" href="{ADDRESS}/{language}/datasets/{name}">' in page
    assert described[name].iri in page


def test_the_page_without_a_language_is_in_that_of_the_reader(pages: FlaskClient) -> None:
    page = pages.get("/datasets/graph", headers={"Accept-Language": "es"}).text
    assert "<h1>El grafo</h1>" in page
    assert f'<link rel="canonical" href="{ADDRESS}/datasets/graph">' in page
    assert f'hreflang="x-default" href="{ADDRESS}/datasets/graph"' in page


def test_search_engines_read_the_same_in_the_page(pages: FlaskClient) -> None:
    page = pages.get("/ca/datasets/graph").text
    assert data(page)["description"] == "Què és </script><b>"
    assert data(page)["url"] == f"{ADDRESS}/ca/datasets/graph"
    assert data(page)["creditText"] in page


def test_the_page_shows_the_files_as_they_are_here(pages: FlaskClient) -> None:
    page = pages.get("/en/datasets/graph").text
    assert '<a href="/releases/0.1.0/teixit.nq">teixit.nq</a>' in page
    assert "1,234" in page
    assert "ab12" in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_programs_find_their_way_by_the_header(pages: FlaskClient, method: str) -> None:
    link = getattr(pages, method)("/datasets/graph").headers["Link"]
    assert '<https://w3id.org/teixit/id/dataset-graph>; rel="cite-as"' in link
    assert f'<{ADDRESS}/linkset.json>; rel="linkset"' in link


def test_without_a_description_there_is_no_page(app: Flask) -> None:
    client = app.test_client()
    for path in ("/datasets/graph", "/sitemap.xml", "/linkset.json"):
        assert client.get(path).status_code == 404
    assert client.get("/datasets/nothing").status_code == 404


def test_every_page_says_edition_licence_and_citation(pages: FlaskClient) -> None:
    for path in ("/en/", "/en/quality", "/en/datasets/shapes", "/en/nowhere"):
        footer = pages.get(path, headers=READER).text.partition("<footer")[2]
        assert "Teixit 0.1.0, 2026-11-28." in footer
        assert "CC BY 4.0" in footer
        assert "Teixit (2026). The graph, version 0.1.0. https://w3id.org/teixit/id/" in footer
        assert '<a href="mailto:teixit@example.invalid">' in footer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_run_of_the_checklist_is_shown(pages: FlaskClient, language: str) -> None:
    page = pages.get(f"/{language}/quality").text
    for findings in quality.last().groups.values():
        for found in findings:
            assert f'<tr id="{found.id}">' in page
    assert quality.last().date in page
    assert f'<link rel="canonical" href="{ADDRESS}/{language}/quality">' in page
    assert f'<link rel="canonical" href="{ADDRESS}/quality">' in pages.get("/quality").text
