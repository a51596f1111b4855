import pytest
from pyoxigraph import RdfFormat, parse
from werkzeug.test import Client


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/graphs?graph=urn:g:one", 1),
        ("/graphs?graph=urn%3Ag%3Atwo", 1),
        ("/graphs?default", 4),
        ("/graphs?default=", 4),
    ],
)
def test_a_graph_is_given_whole(client: Client, address: str, count: int) -> None:
    response = client.get(address, headers={"Accept": "application/n-triples"})
    assert (response.status_code, response.content_type) == (200, "application/n-triples")
    assert len([*parse(response.data, RdfFormat.N_TRIPLES)]) == count


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/turtle; charset=utf-8"),
    ],
)
def test_a_graph_comes_in_the_format_that_is_liked(
    client: Client, accept: str, content_type: str
) -> None:
    response = client.get("/graphs?graph=urn:g:one", headers={"Accept": accept})
    assert response.content_type == content_type


def test_a_graph_is_known_by_its_etag(client: Client) -> None:
    first = client.get("/graphs?graph=urn:g:one")
    again = client.get("/graphs?graph=urn:g:one", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head("/graphs?graph=urn:g:one")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == first.headers["Content-Length"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/graphs?graph=urn:g:none", 404, "urn:g:none"),
        ("/graphs?graph=urn:g:one&default", 400, "only one"),
        ("/graphs?graph=urn:g:one&graph=urn:g:two", 400, "only one"),
        ("/graphs?default=urn:g:one", 400, "only one"),
        ("/graphs?graph=", 400, "absolute IRI"),
        ("/graphs?graph=one", 400, "absolute IRI"),
        ("/graphs?graph=%FF", 400, "UTF-8"),
    ],
)
def test_what_is_no_graph_is_a_problem(
    client: Client, address: str, status: int, words: str
) -> None:
    response = client.get(address)
    assert (response.status_code, response.json["status"]) == (status, status)
    assert words in response.json["detail"]


def test_a_graph_as_a_picture_is_not_on_offer(client: Client) -> None:
    response = client.get("/graphs?default", headers={"Accept": "image/png"})
    assert response.status_code == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_no_graph_is_changed(client: Client, method: str) -> None:
    response = client.open("/graphs?graph=urn:g:one", method=method, data=b"<urn:a> a <urn:b> .")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_other_pages_may_ask_whether_they_may_ask(client: Client) -> None:
    response = client.options("/graphs")
    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_without_a_name_the_names_are_given(client: Client) -> None:
    rows = client.get("/graphs").json["results"]["bindings"]
    assert [row["graph"]["value"] for row in rows] == ["urn:g:one", "urn:g:two"]
    assert client.get("/graphs", headers={"Accept": "text/csv"}).text.split() == [
        "graph",
        "urn:g:one",
        "urn:g:two",
    ]
