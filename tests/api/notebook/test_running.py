import json
import subprocess
from collections.abc import Callable
from pathlib import Path


def test_what_a_notebook_shows_is_kept_in_its_order(small: Path) -> None:
    held = json.loads((small / "rendered" / "small.json").read_text())
    kinds = {at: [one["kind"] for one in shown] for at, shown in held["cells"].items()}
    assert kinds == {"1": ["text"], "2": ["table"], "3": ["figure"]}
    assert held["cells"]["1"][0]["text"] == "said & done\n"
    assert "<td>&lt;i&gt;</td>" in held["cells"]["2"][0]["text"]
    figure = held["cells"]["3"][0]
    assert (figure["text"], figure["file"]) == ('A "line".', "small-1.svg")
    assert 100 < figure["width"] < 300
    assert 50 < figure["height"] < 200


def test_figures_of_another_time_go(small: Path) -> None:
    assert [file.name for file in (small / "rendered").glob("*.svg")] == ["small-1.svg"]


def test_a_cell_that_fails_is_named(
    broken: Path, run: Callable[[Path], "subprocess.CompletedProcess[str]"]
) -> None:
    done = run(broken)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last == f"{broken}/broken.ipynb, cell 2: ZeroDivisionError division by zero"
