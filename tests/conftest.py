"""What all tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit import store as teixit_store

#: Beside the project there may be a folder with the official suites; tests run without it.
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def store() -> Store:
    """The whole graph that Teixit ships. Tests only read it."""
    return teixit_store.load()


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Find a file of the folder beside the project, or skip the test and say so."""

    def find(name: str) -> Path:
        file = SHARED / name
        if not file.exists():
            pytest.skip(f"../shared/{name} is not here")
        return file

    return find
