"""A release of the shipped graph, exported once."""

import pytest

from teixit import exporting
from teixit.exporting import Exported


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """What ``teixit export`` writes. Tests only read it."""
    folder = tmp_path_factory.mktemp("exported") / "release"
    exporting.export(folder)
    return Exported.read(folder, kept=False)
