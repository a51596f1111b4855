"""The page about the method over HTTP."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from teixit import web
from teixit.languages import LANGUAGES


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ca", ("Prevista no vol dir feta", "el número 30", "Cinc veus", "CC BY 4.0")),
        ("es", ("Prevista no quiere decir hecha", "el número 30", "Cinco voces", "CC BY 4.0")),
        ("en", ("Scheduled does not mean done", "the number 30", "Five voices", "CC BY 4.0")),
    ],
)
def test_what_is_certain_and_what_is_not_is_said(
    shipped: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    text = shipped.get(f"/{language}/method").text
    assert [word for word in words if word not in text] == []
    assert f'href="/{language}/text/source-bcn-geodata"' in text
    assert f'href="/{language}/findings"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_contents_lead_to_its_parts(shipped: FlaskClient, language: str) -> None:
    text = shipped.get(f"/{language}/method").text
    assert text.count('<li><a href="#') == 8
    for part in text.split('<li><a href="#')[1:]:
        assert f'id="{part.partition(chr(34))[0]}"' in text


def test_of_other_data_nothing_is_said_that_holds_for_ours(client: Client) -> None:
    text = client.get("/en/method").text
    assert "Scheduled does not mean done" not in text
    assert "measure 30" not in text
    assert text.count('<li><a href="#') == 5
    assert text.count("These data say nothing of the kind.") == 2


def test_whom_to_write_to_is_a_setting(shipped: FlaskClient) -> None:
    assert "has not said yet" in shipped.get("/en/method").text
    site = shipped.application.extensions["teixit"]
    told = web.create_app(replace(site, contact="who@example.org")).test_client()
    text = told.get("/en/method").text
    assert 'href="mailto:who@example.org"' in text
    assert "has not said yet" not in text
