"""The page of the plan over HTTP."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit import protocol, web
from teixit.explorer import plan as explorer_plan
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES
from teixit.web.explorer import plan
from teixit.web.site import Site
from teixit.workers import Limits

SMALL = """
id:l a teixit:StrategicLine ; rdfs:label "<script>alert(1)</script>"@ca .
id:m a teixit:Measure ; teixit:belongsToLine id:l ; rdfs:label "bare"@en .
id:o a teixit:Objective ; rdfs:label "loose"@en .
"""


def client(graph: Store) -> FlaskClient:
    site = Site.around(lambda _: ([], "1"), lambda: "1", protocol.ENDPOINT, Limits(), graph=graph)
    return web.create_app(site).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_one_first_heading_and_leads_on(store: Store, language: str) -> None:
    page = client(store).get(f"/{language}/plan").text
    assert page.count("<h1") == 1
    assert f'href="/{language}/about/piess-2016-2019/action-29-1"' in page
    assert f'href="/{language}/text/source-territorialitzacio#passage-1963-2126"' in page
    assert f'href="/{language}/about/piess-2016-2019/gap-30"' in page
    assert 'style="' not in page


def test_it_can_be_had_as_files(store: Store) -> None:
    for name in ("csv", "xlsx", "json"):
        assert client(store).get(f"/ca/plan?download={name}").status_code == 200


def test_what_is_bare_loose_or_hostile_is_shown_as_such() -> None:
    graph = Store()
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    graph.load((prefixes + SMALL).encode(), RdfFormat.TURTLE)
    page = client(graph).get("/en/plan").text
    assert "<script" not in page
    assert "by which actions it is carried out" in page
    assert 'id="loose"' in page


def test_without_a_plan_the_page_says_so() -> None:
    answer = client(Store()).get("/es/plan")
    assert answer.status_code == 200
    assert "no habla" not in answer.text
    assert "ningún plan" in answer.text


def test_what_does_not_fit_leads_to_the_lists(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer_plan, "MOST_STATEMENTS", 5)
    page = client(store).get("/ca/plan").text
    assert 'href="/ca/list/measures"' in page


def test_it_is_in_the_sitemap(store: Store) -> None:
    with client(store).application.test_request_context():
        (page,) = plan.pages()
    assert page.addresses == {tag: f"/{tag}/plan" for tag in LANGUAGES}
