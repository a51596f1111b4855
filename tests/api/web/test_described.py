import json
from collections.abc import Sequence

import pytest

from teixit.catalogue.manifest import Manifest
from teixit.discovery.records import NAMES
from teixit.errors import LimitError
from teixit.queries import Query
from teixit.web.described import Datasets

FACTS = [{"triples": "8000", "source": "https://w3id.org/teixit/id/source-a"}]


def manifest(version: str) -> Manifest:
    file = {"name": "teixit.nq", "dataset": "graph", "media_type": "application/n-quads"}
    files = [{**file, "compression": None, "bytes": 1, "sha1": "00"}]
    said = {"version": version, "issued": "2026-11-22", "modified": "2026-11-28", "files": files}
    return Manifest.read(json.dumps(said))


def test_datasets_are_read_once_for_each_release() -> None:
    asked: list[str] = []
    releases = iter([manifest("0.1.0"), manifest("0.1.0"), manifest("0.2.0")])

    def ask(query: Query) -> tuple[Sequence[dict[str, str]], str]:
        asked.append(query.name)
        return FACTS, "1"

    datasets = Datasets(ask, lambda: "1", lambda: next(releases))
    first, second, third = datasets(), datasets(), datasets()
    assert first is second
    assert tuple(first) == tuple(third) == NAMES
    assert (first["graph"].version, third["graph"].version) == ("0.1.0", "0.2.0")
    assert [file.name for file in first["graph"].files] == ["teixit.nq"]
    assert asked == ["facts", "facts"]


def test_while_the_release_is_made_one_is_told_to_come_again() -> None:
    datasets = Datasets(lambda _: (FACTS, "1"), lambda: "1", lambda: None)
    with pytest.raises(LimitError, match="is being made"):
        datasets()


def test_what_does_not_describe_itself_has_no_datasets() -> None:
    assert Datasets(lambda _: ([], "1"), lambda: "1", lambda: None)() == {}
