"""The catalogue of questions: found by words and modules, each with its answer, asked anew."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from teixit import queries
from teixit.languages import LANGUAGES

QUESTIONS = [*queries.catalogue()]
TOUCHES = "questions/cq55-what-touches-a-district"


def links(text: str) -> list[str]:
    return re.findall(r'href="/\w\w/questions/([^"?]+)"', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_listed_once(shipped: FlaskClient, language: str) -> None:
    text = unescape(shipped.get(f"/{language}/questions").text)
    assert sorted(links(text)) == sorted(query.name for query in QUESTIONS)
    assert all(query.title[language] in text for query in QUESTIONS)


def test_questions_are_found_by_words_and_modules(shipped: FlaskClient) -> None:
    text = shipped.get("/en/questions?q=DISTRICT+touch&about=evidence").text
    assert links(text) == ["cq55-what-touches-a-district"]
    by_term = shipped.get("/en/questions?q=teixit:NumberGap").text
    assert "cq08-missing-measure-numbers" in links(by_term)
    nothing = shipped.get("/en/questions?q=zzz").text
    assert links(nothing) == []
    assert "Show all" in nothing


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
def test_each_question_has_its_answer_and_is_the_kept_one(
    shipped: FlaskClient, query: queries.Query
) -> None:
    text = unescape(shipped.get(f"/en/questions/{query.name}").text)
    assert query.title["en"] in text
    assert "it is the same as the kept one" in text
    assert f"/questions/{query.name}.json" in text
    assert len(set(links(text)) - {query.name}) == 5


def test_what_is_chosen_is_asked_and_stays_chosen(shipped: FlaskClient) -> None:
    text = shipped.get(f"/ca/{TOUCHES}?district=district-10").text
    assert '<option value="district-10" selected>Sant Martí</option>' in text
    assert "Can Picó" in text
    assert "La resposta desada és d’una altra tria" in text
    assert f'href="/{TOUCHES}.csv?district=district-10"' in text
    assert f'href="/en/{TOUCHES}?district=district-10"' in text


def test_a_choice_without_results_leads_to_why(shipped: FlaskClient) -> None:
    text = shipped.get(f"/en/{TOUCHES}?district=district-01").text
    assert "Rows: 0" in text
    assert 'href="/en/why?query=' in text


def test_a_number_is_typed(shipped: FlaskClient) -> None:
    text = shipped.get("/en/questions/cq64-what-a-line-of-the-page-says?line=53").text
    assert 'type="number" min="0" max="999999" value="53"' in text
    assert "Reforçar i impulsar projectes" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [("questions/nothing", 404), (f"{TOUCHES}?district=x", 400)],
)
def test_what_there_is_not_is_told(shipped: FlaskClient, address: str, status: int) -> None:
    assert shipped.get(f"/en/{address}", headers={"Accept": "text/html"}).status_code == status


def test_another_graph_has_nothing_to_choose_and_other_answers(app: object) -> None:
    client = app.test_client()  # type: ignore[attr-defined]
    assert "has nothing to choose" in client.get(f"/en/{TOUCHES}").text
    other = client.get("/en/questions/cq01-measures-of-the-line").text
    assert "it is not the same as the kept one" in other
    assert "teixit:Measure" in other


def test_the_check_is_told_as_of_when_it_was_made(shipped: FlaskClient) -> None:
    address = "/en/questions/cq02-actions-per-measure"
    first, again = (shipped.get(address).text for _ in range(2))
    assert first == again
    assert re.search(r"asked it on \d{4}-\d\d-\d\d \d\d:\d\d UTC, of the data", first)
