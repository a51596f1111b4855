from pathlib import Path

import pytest

from teixit.errors import KnowledgeError
from teixit.releasing.changelog import Changelog

OLD = "\n## [0.1.0] – 2026-01-01\n\n- Old.\n"


def read(folder: Path, text: str) -> Changelog:
    (folder / "CHANGELOG.md").write_text(text, "utf-8")
    return Changelog.read(folder)


@pytest.mark.parametrize(
    "heading", ["[Unreleased]", "[0.2.0] – unreleased", "[0.2.0] - Unreleased"]
)
@pytest.mark.parametrize("after", ["", OLD])
def test_what_is_unreleased_gets_its_number_and_its_day(
    tmp_path: Path, heading: str, after: str
) -> None:
    found = read(tmp_path, f"# Changelog\n\n## {heading}\n\n### Data\n- New.\n{after}")
    assert found.says_something
    assert found.dated("0.2.0", "2026-02-01") == (
        "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] – 2026-02-01\n\n### Data\n- New.\n" + after
    )


def test_an_empty_section_says_nothing(tmp_path: Path) -> None:
    assert not read(tmp_path, f"# Changelog\n\n## [Unreleased]\n\n### Data\n{OLD}").says_something


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"# Changelog\n{OLD}", "0 sections"),
        ("## [Unreleased]\n\n## [0.1.0] – unreleased\n", "2 sections"),
    ],
)
def test_there_is_one_open_section(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KnowledgeError, match=said):
        read(tmp_path, text)


def test_a_changelog_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"CHANGELOG\.md: cannot be read"):
        Changelog.read(tmp_path)
