import pytest
from werkzeug.test import Client

from teixit import __version__


def test_it_says_how_the_service_is(client: Client) -> None:
    response = client.get("/health")
    assert response.content_type == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    told = response.json
    assert told["version"] == __version__
    assert len(told["data"]) == 64
    assert told["uptime_seconds"] >= 0
    assert told["workers"]["idle"] >= 1
    assert told["waiting"] == 0
    assert told["cache"].keys() == {"answers", "replies", "bytes"}


def test_it_says_so_each_time_anew(client: Client) -> None:
    first, second = (client.get("/health").json["uptime_seconds"] for _ in range(2))
    assert second >= first
    assert client.head("/health").status_code == 200


@pytest.mark.parametrize(("method", "status"), [("POST", 405), ("PUT", 405), ("OPTIONS", 204)])
def test_it_is_only_read(client: Client, method: str, status: int) -> None:
    response = client.open("/health", method=method)
    assert (response.status_code, response.headers["Allow"]) == (status, "GET, HEAD, OPTIONS")
