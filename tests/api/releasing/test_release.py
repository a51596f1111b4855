"""The command, in a real clone: a release, or an error and all as it was."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teixit.errors import ReleaseError
from teixit.releasing.making import Wanted, release

Checkout = Any

DATED = ("--day", "2031-02-03")
DAY = (*DATED, "--without-parquet")
ANSWER = "ontology/questions/cq01-measures-of-the-line.csv"
BROKEN = "id:project-two a <https://w3id.org/teixit/def#FlagshipProject> .\n\n    id:project-one"
CHANGED = ["CHANGELOG.md", "data/void.trig", "ontology/teixit.ttl"]
NUMBERED = [
    *CHANGED,
    "codemeta.json",
    "ontology/questions/cq02-version.csv",
    "pyproject.toml",
    "shapes/shapes.ttl",
]


def test_a_release_is_made_committed_and_tagged_and_the_next_follows(checkout: Checkout) -> None:
    done = checkout.run("release", "0.1.0", *DAY, "--commit")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == CHANGED
    assert done.stderr.endswith("Next: git push --follow-tags\n")
    assert (checkout.git("status", "--porcelain"), checkout.git("tag")) == ("", "v0.1.0\n")
    assert "## [Unreleased]\n\n## [0.1.0] – 2031-02-03\n" in (
        checkout.root / "CHANGELOG.md"
    ).read_text("utf-8")
    manifest = json.loads((checkout.root / "exported/0.1.0/manifest.json").read_text("utf-8"))
    assert (manifest["version"], manifest["modified"]) == ("0.1.0", "2031-02-03")

    checkout.change("id:project-one", "id:project-two a skos:Concept .\n\n    id:project-one")
    checkout.count()
    checkout.change("## [Unreleased]\n", "## [Unreleased]\n\n- A second project.\n", "CHANGELOG.md")
    checkout.commit()
    done = checkout.run("release", "0.2.0", *DAY)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == sorted(NUMBERED)
    assert done.stderr.splitlines()[-1].startswith('Next: git commit -am "Release 0.2.0"')
    assert checkout.git("tag") == "v0.1.0\n"
    assert checkout.run("--version").stdout == "teixit, version 0.2.0\n"
    void = (checkout.root / "data/void.trig").read_text("utf-8")
    assert 'dcat:version "0.2.0"' in void
    assert "/releases/0.2.0/" in void
    folders = [checkout.root / "exported" / number for number in ("0.1.0", "0.2.0")]
    said = checkout.run("diff", *map(str, folders), "--lang", "en").stdout
    assert "project-two>: new" in said


def dirty(checkout: Checkout) -> None:
    (checkout.root / "new.txt").touch()


def low(checkout: Checkout) -> None:
    checkout.change('version = "0.1.0"', 'version = "1.1.1"', "pyproject.toml")
    checkout.commit()


def breaking(checkout: Checkout) -> None:
    checkout.change('version = "0.1.0"', 'version = "1.0.0"', "pyproject.toml")
    checkout.commit()
    checkout.git("tag", "v1.0.0")
    checkout.change("id:project-one", "id:project-other")
    checkout.commit()


def tagged(checkout: Checkout) -> None:
    checkout.git("tag", "v1.1.0")


def exported(checkout: Checkout) -> None:
    (checkout.root / "exported" / "1.1.0").mkdir(parents=True)


def unlogged(checkout: Checkout) -> None:
    checkout.change("- A first project.\n", "", "CHANGELOG.md")
    checkout.commit()


def stale(checkout: Checkout) -> None:
    checkout.change("a skos:Concept ;", 'a skos:Concept ;\n        skos:altLabel "uno"@es ;')
    checkout.commit()


def violating(checkout: Checkout) -> None:
    checkout.change("id:project-one", BROKEN)
    checkout.count()
    checkout.commit()


def answered(checkout: Checkout) -> None:
    (checkout.root / ANSWER).write_text("other\n", "utf-8")
    checkout.commit()


def misplaced(checkout: Checkout) -> None:
    checkout.change('"softwareVersion"', '"software"', "codemeta.json")
    checkout.commit()


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (dirty, "new.txt: is not committed (1 in all); see teixit status"),
        (low, "1.1.0: expected at least 1.1.1; see teixit status"),
        (breaking, "1.1.0: expected at least 2.0.0: gone, https://w3id.org/teixit/id/project-one;"),
        (tagged, "v1.1.0: is released; take another number"),
        (exported, "exported/1.1.0: is there; a release stays as it is for ever"),
        (unlogged, "CHANGELOG.md: says nothing under Unreleased of what has changed"),
        (stale, "data/void.trig: is not what would be made now; make it anew with make data"),
        (violating, "violations of the shapes; see them with teixit check; all is as it was"),
        (answered, "cq01-measures-of-the-line: its answer is not the one that is kept (1 in all)"),
        (misplaced, "codemeta.json: 0 places for '1.1.0'; expected one"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_in_the_way_is_one_line_and_all_is_as_it_was(
    checkout: Checkout, prepare: Callable[[Checkout], None], said: str
) -> None:
    prepare(checkout)
    before = checkout.seen()
    done = checkout.run("release", "1.1.0", *DATED)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert checkout.seen() == before
    assert not (checkout.root / ".git" / "teixit-release").exists()


@pytest.mark.parametrize("version", ["1.0", "../../etc", "1.0.0-rc1"])
def test_a_number_that_is_none_is_refused(checkout: Checkout, version: str) -> None:
    done = checkout.run("release", version)
    assert done.stderr == f"Error: {version!r}: expected a number of three parts, such as 1.2.3\n"


def test_one_release_is_made_at_a_time(checkout: Checkout) -> None:
    wanted = Wanted("0.1.0", "2031-02-03", checkout.root / "exported")
    with (checkout.root / ".git" / "teixit-release.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReleaseError, match="another release is being made; try again"):
            release(checkout.root, wanted)


def begin(checkout: Checkout, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "teixit", "release", "0.1.0", *DAY, *words]
    return subprocess.Popen(
        command,
        cwd=checkout.root,
        env={**os.environ, "TEIXIT_ROOT": str(checkout.root)},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("step", ["made", "answered", "exported"])
def test_a_release_that_is_killed_leaves_all_as_it_was(checkout: Checkout, step: str) -> None:
    before = checkout.seen()
    with begin(checkout, "--commit") as process:
        assert process.stderr is not None
        assert any(line.startswith(f"{step}: ") for line in process.stderr)
        process.send_signal(signal.SIGKILL)
    if step != "exported":  # from where on it is a matter of luck
        assert checkout.seen() == before
    with (checkout.root / ".git" / "teixit-release.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # what it has begun goes on to its end
    checkout.run("release", "0.1.0", *DAY, "--commit")
    assert checkout.git("tag") == "v0.1.0\n"
    assert checkout.git("status", "--porcelain") == ""
    assert (checkout.root / "exported" / "0.1.0" / "manifest.json").is_file()


def test_a_release_that_was_broken_off_is_undone_before_all_else(checkout: Checkout) -> None:
    place = checkout.root / ".git" / "teixit-release"
    (place / "before").mkdir(parents=True)
    said = {"files": {}, "exported": str(checkout.root / "x"), "manifest": "-", "version": "0.0.9"}
    said["head"] = checkout.git("rev-parse", "HEAD").strip()
    (place / "journal.json").write_text(json.dumps(said), "utf-8")
    found = json.loads(checkout.run("status", "--format", "json").stdout)
    assert found["hindrances"] == ["broken_off"]
    done = checkout.run("release", "0.0.1", *DAY)
    assert done.stderr.splitlines() == [
        "mended: the release 0.0.9, which was broken off",
        "Error: 0.0.1: expected at least 0.1.0; see teixit status",
    ]
    assert not place.exists()


@pytest.mark.parametrize("room", [1000, 100_000])
def test_a_full_disk_leaves_all_as_it_was(checkout: Checkout, room: int) -> None:
    before = checkout.seen()
    # Nobody measures what the process runs: that is written to files too.
    alone = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    limited = f"ulimit -f {room // 1000}; exec {sys.executable} -m teixit release 0.1.0"
    done = subprocess.run(
        ["bash", "-c", f"{limited} {' '.join(DAY)}"],
        cwd=checkout.root,
        env={**alone, "TEIXIT_ROOT": str(checkout.root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert checkout.seen() == before


def test_a_place_that_cannot_be_written_leaves_all_as_it_was(
    checkout: Checkout, tmp_path: Path
) -> None:
    before = checkout.seen()
    (tmp_path / "file").touch()
    done = checkout.run("release", "0.1.0", *DAY, "--exported", str(tmp_path / "file" / "kept"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("; all is as it was")
    assert checkout.seen() == before
