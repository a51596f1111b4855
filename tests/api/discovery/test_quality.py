import json
from pathlib import Path

import pytest

from teixit.discovery import quality
from teixit.errors import KnowledgeError


def test_the_result_that_ships_is_read_by_its_groups() -> None:
    found = quality.last()
    assert "".join(found.groups) == "ABCDEFGHIJKL"
    assert set(found.totals) == {"MUST", "SHOULD", "NICE"}
    assert found.groups["A"][0].id == "A01"


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"items": [{"id": "A01"}]})])
def test_a_damaged_result_says_how_it_is_made(tmp_path: Path, text: str) -> None:
    (tmp_path / "harvest.json").write_text(text)
    with pytest.raises(KnowledgeError, match="run `make harvest-check`"):
        quality.last(tmp_path / "harvest.json")


def test_a_missing_result_says_so_too(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="harvest-check"):
        quality.last(tmp_path / "none.json")
