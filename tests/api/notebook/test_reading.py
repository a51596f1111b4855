from pathlib import Path

import pytest

from teixit import paths
from teixit.errors import KnowledgeError
from teixit.notebook import reading


def test_a_notebook_is_read_with_what_it_showed(small: Path) -> None:
    found = reading.notebooks(small)["small"]
    assert (found.title["en"], found.summary["es"], found.was_run) == ("Small", "Poca cosa", True)
    assert [cell.kind for cell in found.cells] == ["markdown", *["code"] * 3, "markdown"]
    assert [[one.kind for one in cell.shown] for cell in found.cells] == [
        [],
        ["text"],
        ["table"],
        ["figure"],
        [],
    ]
    assert found.cells[-1].source == "Two parts."
    assert list(reading.figures(small)) == ["small-1.svg"]


def test_one_that_was_not_run_shows_nothing(unrun: Path) -> None:
    found = reading.notebooks(unrun)["small"]
    assert not found.was_run
    assert not any(cell.shown for cell in found.cells)
    assert reading.figures(unrun) == {}


def test_what_another_text_showed_is_not_shown(small: Path, tmp_path: Path) -> None:
    (tmp_path / "rendered").mkdir()
    record = (small / "rendered" / "small.json").read_text()
    (tmp_path / "rendered" / "small.json").write_text(record)
    changed = (small / "small.ipynb").read_text().replace("done", "gone")
    (tmp_path / "small.ipynb").write_text(changed)
    assert not reading.notebooks(tmp_path)["small"].was_run


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"metadata": {"teixit": {"title": {}}}}'])
def test_what_is_no_notebook_of_ours_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "other.ipynb").write_text(content)
    with pytest.raises(KnowledgeError, match=r"other\.ipynb: expected a notebook with a title"):
        reading.notebooks(tmp_path)


@pytest.mark.parametrize("name", reading.notebooks())
def test_the_questions_that_are_asked_are_there(name: str) -> None:
    asked = reading.notebooks()[name].questions
    assert asked
    assert all((paths.QUESTIONS / f"{question}.rq").is_file() for question in asked)
