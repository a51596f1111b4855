import sys

import pytest
from click.testing import CliRunner

from teixit.cli import main


def test_without_its_package_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "teixit.assistants", None)
    result = CliRunner().invoke(main, ["mcp"])
    assert result.exit_code == 1
    assert "pip install 'teixit[mcp]'" in result.output


def test_a_server_is_opened_alone() -> None:
    result = CliRunner().invoke(main, ["mcp", "http://example.org/sparql", "a.ttl"])
    assert result.exit_code == 1
    assert "http://example.org/sparql: opened alone, not with a.ttl" in result.output
