"""The page of what the shapes find, over HTTP."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from teixit import web
from teixit.errors import LimitError
from teixit.languages import LANGUAGES
from teixit.namespaces import SHAPE, THING

ONE: Mapping[str, Any] = {
    "severity": "Info",
    "node": f"{THING}project-eix-pere-iv",
    "labels": {"ca": "Eix Pere IV", "es": "Eix Pere IV", "en": "<b>"},
    "messages": {"ca": "No consta.", "es": "No consta.", "en": "Not known."},
    "shape": f"{SHAPE}FlagshipProject-address",
    "value": "=1+1",
}


def over(shipped: FlaskClient, found: Any) -> FlaskClient:
    site = shipped.application.extensions["teixit"]
    return web.create_app(replace(site, findings=found)).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_lead_to_the_thing_and_to_the_rule(shipped: FlaskClient, language: str) -> None:
    text = over(shipped, lambda: [ONE]).get(f"/{language}/findings").text
    assert f'href="/{language}/about/project-eix-pere-iv"' in text
    assert f'href="/{language}/shapes#FlagshipProject-address"' in text
    assert f'href="/{language}/quality"' in text
    assert "<b>" not in text


def test_nothing_found_and_nobody_looked_are_told_apart(shipped: FlaskClient) -> None:
    assert "Nothing was found." in over(shipped, list).get("/en/findings").text
    assert "were not checked here" in over(shipped, lambda: None).get("/en/findings").text


def test_while_the_check_runs_one_is_asked_to_come_again(shipped: FlaskClient) -> None:
    def busy() -> None:
        raise LimitError("the data are being checked; ask again soon", "busy", 5)

    answer = over(shipped, busy).get("/en/findings")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_the_page_for_harvesters_leads_there_too(shipped: FlaskClient) -> None:
    assert 'href="/ca/findings"' in shipped.get("/ca/quality").text
