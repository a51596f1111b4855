import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from werkzeug.test import Client, TestResponse

from teixit import __version__, exporting
from teixit.exporting import MANIFEST, events, forms

OLD = "0.0.9"
STREAM = "https://w3id.org/ldes#EventStream"
TYPES = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
}


def when_ready(client: Client, address: str) -> TestResponse:
    """Ask until the release is exported."""
    end = time.monotonic() + 300
    while (answer := client.get(address)).status_code == 503 and time.monotonic() < end:
        assert answer.headers["Retry-After"] == "5"
        time.sleep(0.05)
    return answer


@pytest.fixture(scope="module")
def stream(
    serve: Callable[..., Any], some: Path, named: Path, tmp_path_factory: Any
) -> Iterator[Client]:
    """A service with a release that is kept, and a newer one of the graph that it serves."""
    kept = tmp_path_factory.mktemp("kept")
    contents = exporting.export(kept / OLD, [named], parquet=False)
    old = replace(contents, version=OLD, modified="2026-01-02")
    (kept / OLD / MANIFEST).write_bytes(old.written())
    with serve(some, quiet=True, releases=str(kept)) as service:
        assert when_ready(service.client, "/ldes").status_code == 200
        yield service.client


def test_replayed_it_gives_the_current_dump(stream: Client) -> None:
    said = parse(stream.get("/ldes.nq").data, format=RdfFormat.N_QUADS)
    nodes = [q.object.value for q in said if q.predicate.value == "https://w3id.org/tree#node"]
    assert nodes == [f"{events.STREAM}/1", f"{events.STREAM}/2"]
    paths = [node.removeprefix(events.STREAM) for node in nodes]
    pages = [[*parse(stream.get(f"/ldes{path}").data, format=RdfFormat.TRIG)] for path in paths]
    current = stream.get(f"/releases/{__version__}/manifest.json").json
    assert forms.rdfc10(events.replayed(pages)) == current["rdfc10"]


@pytest.mark.parametrize("ending", TYPES)
def test_the_first_page_in_each_format(stream: Client, ending: str) -> None:
    by_name = stream.get(f"/ldes.{ending}")
    by_wish = stream.get("/ldes", headers={"Accept": TYPES[ending]})
    assert by_name.data == by_wish.data
    assert by_wish.headers["Content-Location"] == f"/ldes.{ending}"
    assert by_wish.mimetype == TYPES[ending]
    said = {quad.object for quad in parse(by_name.data, format=forms.FORMATS[ending])}
    assert STREAM in {getattr(term, "value", "") for term in said}


@pytest.mark.parametrize("ending", ["trig", "jsonld", "nq"])
def test_the_members_in_each_format_with_graphs(stream: Client, ending: str) -> None:
    first = forms.rdfc10(parse(stream.get("/ldes/1").data, format=RdfFormat.TRIG))
    other = stream.get(f"/ldes/1.{ending}")
    assert forms.rdfc10(parse(other.data, format=forms.FORMATS[ending])) == first


def test_what_is_kept_never_changes(stream: Client) -> None:
    lasting = [stream.get(f"/ldes{page}").headers["Cache-Control"] for page in ("", "/1", "/2")]
    assert lasting == ["no-cache", "public, max-age=31536000, immutable", "no-cache"]
    page = stream.get("/ldes/1")
    again = stream.get("/ldes/1", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_pages_are_compressed_for_those_who_like_it(stream: Client) -> None:
    zipped = stream.get("/ldes/1", headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    plain = stream.get("/ldes/1")
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/ldes/3", 404), ("/ldes/0", 404), ("/ldes/1.ttl", 404), ("/ldes/one", 404)],
)
def test_what_is_not_there(stream: Client, address: str, status: int) -> None:
    assert stream.get(address).status_code == status


def test_what_is_not_accepted_or_allowed(stream: Client) -> None:
    assert stream.get("/ldes/1", headers={"Accept": "text/turtle"}).status_code == 406
    assert stream.post("/ldes").status_code == 405
    assert stream.options("/ldes").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert stream.head("/ldes").data == b""
