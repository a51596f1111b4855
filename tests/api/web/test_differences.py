import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from werkzeug.test import Client

from teixit import __version__, exporting
from teixit.exporting import MANIFEST

OLD = "0.0.9"
ADDRESS = f"/diff/{OLD}/{__version__}"


@pytest.fixture(scope="module")
def compared(
    serve: Callable[..., Any], some: Path, named: Path, tmp_path_factory: Any
) -> Iterator[Client]:
    """A service with a release that is kept, and a newer one of the graph that it serves."""
    kept = tmp_path_factory.mktemp("kept")
    many = tmp_path_factory.mktemp("data") / "many.nt"
    lines = [f'<urn:z{number}> <urn:p> "1" .' for number in range(200)]
    lines += [f'<urn:n> <urn:p> "{number}" .' for number in range(60)]
    many.write_text("\n".join(lines))
    contents = exporting.export(kept / OLD, [named, many], parquet=False)
    (kept / OLD / MANIFEST).write_bytes(replace(contents, version=OLD).written())
    with serve(some, quiet=True, releases=str(kept)) as service:
        end = time.monotonic() + 300
        while service.client.get(ADDRESS).status_code == 503 and time.monotonic() < end:
            time.sleep(0.05)
        yield service.client


@pytest.mark.parametrize(
    ("language", "kind"), [("ca", "retirat"), ("es", "retirado"), ("en", "withdrawn")]
)
def test_the_page_speaks_the_language_of_the_reader(
    compared: Client, language: str, kind: str
) -> None:
    page = compared.get(ADDRESS, headers={"Accept": "text/html", "Accept-Language": language})
    assert page.headers["Content-Type"].startswith("text/html")
    assert f'<html lang="{language}">' in page.text
    assert f"urn:s: {kind}" in page.text
    assert "− urn:p" in page.text
    assert "+ rdfs:label" in page.text
    assert "<b>" not in page.text


def test_a_page_is_cut_and_says_so(compared: Client) -> None:
    page = compared.get(f"{ADDRESS}.html", headers={"Accept-Language": "en"}).text
    assert page.count("<h2>") == 200
    assert "200 things of the 203 that changed are shown" in page
    assert f'<a href="{ADDRESS}.trig">' in page
    assert page.count("50 statements of the 60 that changed of this thing are shown.") == 1
    assert compared.get(f"{ADDRESS}.nq").text.count("<urn:n>") == 60


def test_machines_get_two_graphs(compared: Client) -> None:
    trig = {*parse(compared.get(ADDRESS).data, format=RdfFormat.TRIG)}
    assert {*parse(compared.get(f"{ADDRESS}.nq").data, format=RdfFormat.N_QUADS)} == trig
    graphs = {quad.graph_name.value.rpartition("#")[2] for quad in trig}
    assert graphs == {"added", "removed"}


def test_what_is_not_there_or_not_allowed(compared: Client) -> None:
    for address in ("/diff/9.9.9/0.1.0", f"/diff/{OLD}", "/diff/one/two"):
        assert compared.get(address).status_code == 404
    assert compared.post(ADDRESS).status_code == 405
    assert compared.options(ADDRESS).headers["Allow"] == "GET, HEAD, OPTIONS"
