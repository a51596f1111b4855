"""The addresses for programs do what their description says: schemathesis tries them."""

import json
from typing import Any
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from pyoxigraph import Literal
from schemathesis import APIOperation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from teixit import queries
from teixit.parameters import Choice, Parameter
from teixit.web import openapi

#: So many requests that keep to the description, and as many that do not, for each address.
TRIES = 2


@pytest.fixture(scope="module")
def host(live_endpoint: str) -> str:
    return live_endpoint.removesuffix("/sparql")


@pytest.fixture(scope="module")
def described(host: str) -> dict[str, Any]:
    with urlopen(f"{host}/openapi.json") as answer:  # noqa: S310
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return dict(json.loads(answer.read()))


def test_every_question_is_described(described: dict[str, Any]) -> None:
    for query in queries.catalogue():
        told = described["paths"][f"/questions/{query.name}.{{format}}"]["get"]
        assert told["summary"] == query.title["en"]
        named = {one["name"] for one in told["parameters"]}
        assert named == {"format", *query.parameters}
        for one in told["parameters"][1:]:
            kind = one["schema"]
            assert one["example"] in kind.get("enum", range(kind.get("maximum", 0)))


def tried(operation: APIOperation, mode: GenerationMode, host: str) -> int:
    """Send requests to one address, and say how many there were."""
    answers = []
    # Any text may be sent as a query, and most are none: that these are refused is right.
    of_any_text = [positive_data_acceptance, negative_data_rejection]
    left = of_any_text if operation.path == "/sparql" else []

    @settings(
        max_examples=TRIES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case) -> None:
        answers.append(case.call_and_validate(base_url=host, excluded_checks=left))

    send()
    assert all(answer.status_code < 500 for answer in answers)
    return len(answers)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_described(
    host: str, described: dict[str, Any], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_dict(described)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == len(described["paths"])
    # Who asks for the health gives nothing that could be wrong.
    asked = [one for one in operations if one.path != "/health" or mode is GenerationMode.POSITIVE]
    assert sum(tried(one, mode, host) for one in asked) > len(asked)


def test_a_long_list_is_not_repeated_and_an_empty_one_is_any_text() -> None:
    query = queries.named("cq56-what-happens-in-a-year")
    choice = Choice("x", Literal("x"), {})
    long = Parameter("year", {str(number): choice for number in range(501)}, "1")
    for parameter in (long, Parameter("year", {}, "1")):
        told = openapi.document("http://here", [openapi.Asked(query, [parameter], ("csv",))])
        (one,) = told["paths"][f"/questions/{query.name}.{{format}}"]["get"]["parameters"][1:]
        assert one["schema"] == {"type": "string", "minLength": 1}
        assert ("and 481 more" in one["description"]) is (parameter is long)
