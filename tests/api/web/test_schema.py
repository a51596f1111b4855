from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from teixit import protocol, web
from teixit.errors import LimitError, RequestError, UpstreamError
from teixit.languages import LANGUAGES
from teixit.queries import Query
from teixit.web import schema
from teixit.web.site import Site
from teixit.workers import Limits


@pytest.fixture(scope="module")
def told(shipped: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = shipped.get("/schema.json?language=ca").json
    return found


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://w3id.org/teixit/def#Action", "teixit:Action"),
        (
            "https://w3id.org/teixit/id/piess/action-1",
            "<https://w3id.org/teixit/id/piess/action-1>",
        ),
        ("https://w3id.org/teixit/id/a-", "<https://w3id.org/teixit/id/a->"),
        ("http://other.example/x", "<http://other.example/x>"),
    ],
)
def test_a_name_is_written_as_a_query_may_have_it(iri: str, name: str) -> None:
    assert schema.written(iri) == name


def test_classes_have_the_properties_that_shapes_and_data_give_them(told: dict[str, Any]) -> None:
    project = told["classes"]["teixit:FlagshipProject"]
    assert project["label"] == "projecte de referència"
    assert project["note"].startswith("Iniciativa")
    properties = project["properties"]
    assert properties["teixit:playsRole"] == {"rank": 2, "of": ["teixit:ProjectRole"]}
    assert properties["teixit:hasKind"]["rank"] == 1
    assert properties["^teixit:namesProject"]["rank"] == 2
    assert properties["skos:altLabel"] == {}
    concept = told["classes"]["teixit:Theme"]["properties"]
    assert concept["skos:inScheme"]["values"] == ["id:scheme-themes"]
    assert any("rank" not in use for use in properties.values())


def test_properties_and_things_have_their_names(told: dict[str, Any]) -> None:
    assert told["properties"]["teixit:playsRole"]["label"] == "fa el paper"
    assert told["classes"]["esadm:Distrito"]["label"] == "districte"
    (gracia,) = [one for one in told["things"] if one["name"] == "id:district-06"]
    assert gracia["label"] == "Gràcia"
    assert "esadm:Distrito" in gracia["classes"]
    assert not any(one["name"].startswith("teixit:") for one in told["things"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_the_language_of_the_reader(shipped: FlaskClient, language: str) -> None:
    found = shipped.get(f"/schema.json?language={language}").json
    assert found["language"] == language
    labels = {"ca": "acció", "es": "acción", "en": "action"}
    assert found["classes"]["teixit:Action"]["label"] == labels[language]


def test_every_name_with_a_prefix_has_one_that_is_told(told: dict[str, Any]) -> None:
    names = {*told["classes"], *told["properties"], *(one["name"] for one in told["things"])}
    prefixes = {name.split(":")[0] for name in names if not name.startswith("<")}
    assert prefixes <= told["prefixes"].keys()


def test_what_was_told_before_is_not_told_again(client: Client) -> None:
    first = client.get("/schema.json?language=es")
    assert first.content_type == "application/json"
    (measure,) = first.json["things"]
    assert measure["label"] == "Bastir"  # there is none in Spanish
    again = client.get("/schema.json?language=es", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("error", "asked", "kept"),
    [
        (LimitError("it takes too long", "time"), 3, "no-cache"),
        (LimitError("too many wait", "busy"), 6, "no-store"),
        (UpstreamError("it is not there"), 6, "no-store"),
    ],
)
def test_what_cannot_be_found_is_left_out_and_asked_for_again_if_that_helps(
    error: RequestError, asked: int, kept: str
) -> None:
    names = []

    def ask(query: Query) -> Any:
        names.append(query.name)
        raise error

    app: Flask = web.create_app(Site.around(ask, lambda: "1", protocol.ENDPOINT, Limits()))
    for _ in range(2):
        answer = app.test_client().get("/schema.json")
        assert answer.json["things"] == []
        project = answer.json["classes"]["teixit:FlagshipProject"]
        assert "teixit:playsRole" in project["properties"]
        assert answer.headers.get("Cache-Control", "no-cache") == kept
    assert len(names) == asked
