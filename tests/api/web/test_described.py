from collections.abc import Sequence

from teixit.catalogue.model import Release
from teixit.discovery.records import NAMES
from teixit.exporting import Contents, ExportedFile
from teixit.queries import Query
from teixit.web.described import Datasets

FACTS = [{"triples": "8000", "source": "https://w3id.org/teixit/id/source-a"}]


def release(version: str) -> Release:
    file = ExportedFile.of("teixit.nq", ("graph", "All", "application/n-quads"), b"")
    return Release(Contents(version, "2026-11-22", "2026-11-28", "", "", 1, 1, (file,)))


def test_datasets_are_read_once_for_each_release() -> None:
    asked: list[str] = []
    releases = iter([release("0.1.0"), release("0.1.0"), release("0.2.0")])

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


def test_what_has_no_files_or_does_not_describe_itself_has_no_datasets() -> None:
    assert Datasets(lambda _: (FACTS, "1"), lambda: "1", lambda: None)() == {}
    assert Datasets(lambda _: ([], "1"), lambda: "1", lambda: release("0.1.0"))() == {}
