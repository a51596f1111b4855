import json
from pathlib import Path

import pytest

from teixit import findings, validation
from teixit.explorer import files
from teixit.explorer.breaches import breaches
from teixit.languages import LANGUAGES
from teixit.namespaces import SHAPE
from teixit.web.texts import messages

WRONG = """
@prefix teixit: <https://w3id.org/teixit/def#> .
<https://w3id.org/teixit/id/piess-2016-2019/action-31-1> teixit:scheduledYear
  "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<https://w3id.org/teixit/id/organisation-nameless> a <http://www.w3.org/ns/org#Organization> .
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    file: Path = tmp_path_factory.mktemp("wrong") / "wrong.ttl"
    file.write_text(WRONG)
    read: list[dict[str, object]] = json.loads(findings.as_json(validation.check([file]), "ca"))
    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_told_rule_by_rule_the_worst_first(
    found: list[dict[str, object]], language: str
) -> None:
    view = breaches(language, messages(language), found)
    assert view.is_checked
    assert sum(view.counts.values()) == len(found)
    assert [breach.severity for breach in view.breaches] == sorted(
        (breach.severity for breach in view.breaches),
        key=["Violation", "Warning", "Info"].index,
    )
    [late] = [one for one in view.breaches if one.rule.endswith("#Action-withinPlan")]
    assert late.rule == f"/{language}/shapes#Action-withinPlan"
    [(thing, value)] = late.things
    assert thing.address == f"/{language}/about/piess-2016-2019/action-31-1"
    assert value == "2020"
    told = next(one for one in found if one["shape"] == f"{SHAPE}Action-withinPlan")
    assert late.message == dict(told["messages"])[language]  # type: ignore[call-overload]


def test_a_thing_without_a_name_goes_by_its_iri(found: list[dict[str, object]]) -> None:
    view = breaches("en", messages("en"), found)
    named = {thing.text for breach in view.breaches for thing, _ in breach.things}
    assert "https://w3id.org/teixit/id/organisation-nameless" in named


def test_a_name_in_another_language_says_so(found: list[dict[str, object]]) -> None:
    only = [{**one, "labels": {"ca": "Nom"}} for one in found[:1]]
    [breach] = breaches("en", messages("en"), only).breaches
    [(thing, _)] = breach.things
    assert (thing.text, thing.language) == ("Nom", "ca")


def test_a_rule_without_words_goes_by_its_iri(found: list[dict[str, object]]) -> None:
    silent = [{**one, "messages": {}} for one in found[:1]]
    [breach] = breaches("en", messages("en"), silent).breaches
    assert breach.message == found[0]["shape"]


def test_all_of_it_can_be_had_as_files(found: list[dict[str, object]]) -> None:
    view = breaches("en", messages("en"), found)
    assert len(files.of_csv(view).decode().splitlines()) == len(found) + 1
    assert len(json.loads(files.of_json(view))["breaches"]) == len(view.breaches)


def test_that_nobody_looked_is_not_that_nothing_was_found() -> None:
    assert not breaches("ca", messages("ca"), None).is_checked
    assert breaches("ca", messages("ca"), []).is_checked
