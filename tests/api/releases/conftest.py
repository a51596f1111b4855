"""Small graphs, published for real."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from teixit import publishing
from teixit.publishing import Wanted
from teixit.releases import Release

Publish = Callable[..., Release]


def graph_of(version: str, statements: int = 100) -> str:
    """A graph whose statements all say which version they are of."""
    return "".join(f'<urn:s{n}> <urn:version> "{version}" <urn:g> .\n' for n in range(statements))


def published(file: Path, folder: Path, version: str, *, on_disk: bool) -> Release:
    file.write_text(graph_of(version), "utf-8")
    beyond = 10 if on_disk else 1000
    return publishing.publish(Wanted((file,), unchecked=True, on_disk_from=beyond), folder)


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Publish a graph of a version to a folder; ``on_disk`` gives it a store."""

    def do(folder: Path, version: str, *, on_disk: bool = False) -> Release:
        return published(tmp_path / "graph.nq", folder, version, on_disk=on_disk)

    return do


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("releases")
    for version in ("one", "two"):
        published(place / "graph.nq", place / "out", version, on_disk=True)
    return place / "out"


@pytest.fixture
def folder(tmp_path: Path, made_once: Path) -> Path:
    """A folder with releases of ``one`` and then ``two``, with stores on disk, to be damaged."""
    return shutil.copytree(made_once, tmp_path / "out")
