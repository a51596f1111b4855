import gzip
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import RdfFormat, parse
from werkzeug.test import Client, TestResponse

from teixit import __version__, namespaces
from teixit.exporting import MANIFEST, Contents, ExportedFile, forms
from teixit.languages import LANGUAGES
from teixit.web.formats import DOCUMENTS

OLD = "0.0.9"
FILE = ExportedFile.of("teixit.nq", ("graph", "All", "application/n-quads"), b"0123456789")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
CURRENT = f"/releases/{__version__}/"


def put(folder: Path, version: str, day: str) -> None:
    """Put a release of one file on the shelf *folder*."""
    (folder / version).mkdir(parents=True)
    contents = Contents(version, day, day, "data", "hash", 1, 1, (FILE,))
    (folder / version / MANIFEST).write_bytes(contents.written())
    (folder / version / FILE.name).write_bytes(b"0123456789")


def when_ready(client: Client, address: str) -> TestResponse:
    """Ask until the release is exported."""
    end = time.monotonic() + 300
    while (answer := client.get(address)).status_code == 503 and time.monotonic() < end:
        assert answer.headers["Retry-After"] == "5"
        time.sleep(0.05)
    return answer


@pytest.fixture(scope="module")
def shelf(serve: Callable[..., Any], some: Path, tmp_path_factory: Any) -> Iterator[Client]:
    """A service with a release that is kept, and one of the graph that it serves."""
    kept = tmp_path_factory.mktemp("kept")
    put(kept, OLD, "2026-01-02")
    with serve(some, quiet=True, releases=str(kept)) as service:
        when_ready(service.client, CURRENT)
        yield service.client


def test_the_releases_are_listed(shelf: Client) -> None:
    old, new = shelf.get("/releases/").json
    assert (old["version"], new["version"]) == (OLD, __version__)
    assert old["files"][0]["address"].endswith(f"/releases/{OLD}/teixit.nq")
    assert shelf.get(f"/releases/{OLD}/").json == old


@pytest.mark.parametrize("address", ["/releases", f"/releases/{OLD}", CURRENT[:-1]])
def test_who_leaves_out_the_slash_is_sent_on(shelf: Client, address: str) -> None:
    answer = shelf.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{address}/")
    assert shelf.get(f"{address}.ttl/").status_code == 404


@pytest.mark.parametrize("address", ["/releases", f"/releases/{OLD}", CURRENT[:-1]])
def test_a_release_and_the_list_are_given_in_every_form(shelf: Client, address: str) -> None:
    hashes = set()
    for ending, type_ in DOCUMENTS.items():
        chosen = shelf.get(f"{address}/", headers={"Accept": type_})
        named = shelf.get(f"{address}.{ending}")
        assert chosen.mimetype == named.mimetype == type_
        assert chosen.data == named.data
        assert chosen.headers["Content-Location"] == f"{address}.{ending}"
        hashes.add(forms.rdfc10(parse(chosen.data, format=RdfFormat.from_media_type(type_))))
    assert len(hashes) == 1
    assert shelf.get(f"{address}.json").json == shelf.get(f"{address}/").json
    assert shelf.get(f"{address}/", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/releases", f"/releases/{OLD}", CURRENT[:-1]])
def test_a_release_and_the_list_are_shown_in_every_language(
    shelf: Client, address: str, language: str
) -> None:
    page = shelf.get(f"{address}.{language}.html")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert f'<html lang="{language}">' in page.text
    assert f'hreflang="es" href="{namespaces.BASE[:-1]}{address}.es.html"' in page.text
    wish = {"Accept": "text/html", "Accept-Language": language}
    assert shelf.get(f"{address}/", headers=wish).data == page.data


def test_the_pages_say_what_there_is(shelf: Client) -> None:
    page = shelf.get("/releases.en.html").text
    assert f'href="/releases/{OLD}.en.html"' in page
    assert f'<a href="/diff/{OLD}/{__version__}">Changes since {OLD}</a>' in page
    old, new = (shelf.get(f"/releases/{each}.en.html").text for each in (OLD, __version__))
    assert FILE.sha256 in old
    assert "will never change" in old
    assert "It is the first" in old
    assert "How to cite" not in old  # what is not ours is not said to be
    assert f'href="/diff/{OLD}/{__version__}"' in new
    assert "ontology.ttl" in new
    assert f'href="{CURRENT}questions/' in new


def test_a_release_says_of_when_it_is(shelf: Client) -> None:
    told = shelf.get(f"/releases/{OLD}/").headers
    assert told["Memento-Datetime"] == "Fri, 02 Jan 2026 00:00:00 GMT"
    assert 'rel="timegate"' in told["Link"]


def test_every_file_is_what_its_manifest_says(shelf: Client) -> None:
    files = shelf.get(CURRENT).json["files"]
    assert len(files) > 100
    for file in files:
        answer = shelf.get(CURRENT + file["name"])
        assert (answer.status_code, len(answer.data)) == (200, file["bytes"]), file
        assert hashlib.sha256(answer.data).hexdigest() == file["sha256"]
        expected = "application/gzip" if file["compression"] else file["media_type"]
        assert answer.mimetype == expected
        assert f'</datasets/{file["dataset"]}>; rel="collection"' in answer.headers["Link"]


def test_the_dump_is_the_graph_that_is_served(shelf: Client) -> None:
    packed = shelf.get(f"{CURRENT}questions.jsonld.gz").data
    assert json.loads(gzip.decompress(packed))
    dump = shelf.get(f"{CURRENT}teixit.nq").data
    quads = list(parse(dump, format=RdfFormat.N_QUADS))
    assert len(quads) == 4
    assert forms.rdfc10(quads) == shelf.get(f"{CURRENT}{MANIFEST}").json["rdfc10"]


def test_what_is_kept_may_be_kept_for_ever(shelf: Client) -> None:
    kept = shelf.get(f"/releases/{OLD}/teixit.nq").headers
    assert "immutable" in kept["Cache-Control"]
    assert kept["Last-Modified"] == kept["Memento-Datetime"] == "Fri, 02 Jan 2026 00:00:00 GMT"
    assert shelf.get(f"{CURRENT}teixit.nq").headers["Cache-Control"] == "no-cache"


def test_head_says_what_get_says(shelf: Client) -> None:
    for address in ("/releases/", f"/releases/{OLD}/teixit.nq", "/feed.atom"):
        got, head = shelf.get(address), shelf.head(address)
        assert head.data == b""
        for name in ("Content-Type", "Content-Length", "ETag", "Link"):
            assert got.headers.get(name) == head.headers.get(name), name


@pytest.mark.parametrize(
    ("asked", "body", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=8-", b"89", "bytes 8-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=5-99", b"56789", "bytes 5-9/10"),
    ],
)
def test_a_part_can_be_had(shelf: Client, asked: str, body: bytes, told: str) -> None:
    answer = shelf.get(f"/releases/{OLD}/teixit.nq", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, body)
    assert answer.headers["Content-Range"] == told


@pytest.mark.parametrize(
    "more", [{}, {"Range": "bytes=0-1,4-5"}, {"Range": "lines=1-2"}, {"Range": "bytes=x"}]
)
def test_all_is_given_where_no_single_part_is_asked_for(
    shelf: Client, more: dict[str, str]
) -> None:
    answer = shelf.get(f"/releases/{OLD}/teixit.nq", headers=more)
    assert (answer.status_code, answer.data) == (200, b"0123456789")


def test_a_part_is_only_given_of_what_the_client_has(shelf: Client) -> None:
    address = f"/releases/{OLD}/teixit.nq"
    etag = shelf.get(address).headers["ETag"]
    for condition, status in ((etag, 206), ('"other"', 200)):
        more = {"Range": "bytes=0-3", "If-Range": condition}
        assert shelf.get(address, headers=more).status_code == status


def test_a_part_beyond_the_end_is_refused(shelf: Client) -> None:
    answer = shelf.get(f"/releases/{OLD}/teixit.nq", headers={"Range": "bytes=10-"})
    assert answer.status_code == 416


def test_who_has_it_is_not_given_it_again(shelf: Client) -> None:
    address = f"/releases/{OLD}/teixit.nq"
    known = shelf.get(address).headers
    for more in (
        {"If-None-Match": known["ETag"]},
        {"If-None-Match": known["ETag"], "Range": "bytes=0-3"},
        {"If-Modified-Since": known["Last-Modified"]},
    ):
        answer = shelf.get(address, headers=more)
        assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "version"),
    [
        (None, __version__),
        ("Wed, 01 Jan 2020 00:00:00 GMT", OLD),
        ("Sat, 03 Jan 2026 00:00:00 GMT", OLD),
        ("Sat, 03 Jan 2026 00:00:00 -0000", OLD),
        ("Fri, 01 Jan 2100 00:00:00 GMT", __version__),
    ],
)
def test_the_release_of_a_time_is_found(shelf: Client, asked: str | None, version: str) -> None:
    more = {"Accept-Datetime": asked} if asked else {}
    answer = shelf.get("/releases/latest", headers=more)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/releases/{version}/")
    assert "accept-datetime" in answer.headers["Vary"].lower()
    assert 'rel="timemap"' in answer.headers["Link"]


def test_a_time_that_is_none_is_refused(shelf: Client) -> None:
    answer = shelf.get("/releases/latest", headers={"Accept-Datetime": "yesterday"})
    assert answer.status_code == 400
    assert "Accept-Datetime" in answer.json["detail"]


def test_the_times_are_listed(shelf: Client) -> None:
    answer = shelf.get("/releases/timemap")
    assert answer.mimetype == "application/link-format"
    assert answer.text.count('rel="memento"') == 2
    assert 'rel="self"' in answer.text


def test_the_feed_has_an_entry_for_each_release(shelf: Client) -> None:
    feed = ET.fromstring(shelf.get("/feed.atom").data)
    titles = [node.text for node in feed.findall("a:entry/a:title", ATOM)]
    assert titles == [f"Teixit {__version__}", f"Teixit {OLD}"]
    for entry in (feed, *feed.findall("a:entry", ATOM)):
        assert all(entry.find(f"a:{name}", ATOM) is not None for name in ("id", "updated", "title"))


@pytest.mark.parametrize(
    "address",
    [
        "/releases/9.9.9/",
        "/releases.csv",
        "/releases/.ttl",
        f"/releases/{OLD}/none.ttl",
        "/releases/../pyproject.toml",
    ],
)
def test_what_is_not_there_is_said(shelf: Client, address: str) -> None:
    assert shelf.get(address).status_code == 404


def test_nothing_can_be_changed(shelf: Client) -> None:
    answer = shelf.put("/releases/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert shelf.options("/releases/").status_code == 204


def test_what_is_too_long_is_not_exported(
    serve: Callable[..., Any], tmp_path: Path, some: Path
) -> None:
    long = tmp_path / "long.nt"
    long.write_bytes(b"<urn:a> <urn:b> <urn:c> .\n" * 700_000)
    with serve(some, long, quiet=True) as service:
        assert service.client.get("/releases/").json == []
        assert service.client.get("/releases/latest").status_code == 404
        assert b"1970-01-01" in service.client.get("/feed.atom").data


def test_what_cannot_be_exported_is_told(serve: Callable[..., Any], tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.touch()
    with serve(empty) as service:
        end = time.monotonic() + 300
        while not any("statement to export" in str(line) for line in service.lines):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert when_ready(service.client, CURRENT).status_code == 404


def test_new_data_are_exported_in_the_place_of_old(
    serve: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "data.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n")
    with serve(file, quiet=True) as service:
        assert when_ready(service.client, CURRENT).json["statements"] == 1
        file.write_text(
            "<urn:a> <urn:b> <urn:c> , <urn:d> .\n".replace(" , ", " .\n<urn:a> <urn:b> ")
        )
        service.process.send_signal(1)
        end = time.monotonic() + 300
        while when_ready(service.client, CURRENT).json["statements"] != 2:
            assert time.monotonic() < end
            time.sleep(0.05)
        service.process.send_signal(1)  # and it may be told to end while it exports
