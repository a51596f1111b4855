"""Small graphs, published for real."""

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


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Publish a graph of a version to a folder; ``on_disk`` gives it a store."""

    def do(folder: Path, version: str, *, on_disk: bool = False) -> Release:
        file = tmp_path / "graph.nq"
        file.write_text(graph_of(version), "utf-8")
        beyond = 10 if on_disk else 1000
        return publishing.publish(Wanted((file,), unchecked=True, on_disk_from=beyond), folder)

    return do
