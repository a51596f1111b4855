from pathlib import Path
from typing import Any

from click.testing import CliRunner

from teixit.cli import main

Server = Any  # of conftest.py


def test_the_command_says_what_was_published_and_what_is_not_sure(
    empty_oxigraph: Server, tmp_path: Path
) -> None:
    shared = "<urn:g> { _:b <urn:p> 1 } <urn:h> { _:b <urn:p> 2 }"
    (tmp_path / "shared.trig").write_text(shared, "utf-8")
    words = ["publish", str(tmp_path / "shared.trig"), "--to", empty_oxigraph.url, "--unchecked"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "2 statements in 2 graphs" in result.stdout
    assert "Not sure: 1 blank nodes are shared by graphs" in result.stdout
    assert result.stderr
