"""An older release in the place of the one that is served."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from teixit import publishing, releases
from teixit.cli import main
from teixit.errors import ReleaseError
from teixit.publishing import Wanted
from teixit.releases import Release

Graph = Callable[..., Path]
VersionOf = Callable[[Release], str]


@pytest.fixture
def folder(tmp_path: Path, graph: Graph) -> Path:
    """Three releases, the last of which is served."""
    for version in ("one", "two", "three"):
        publishing.publish(Wanted((graph(version),), unchecked=True), tmp_path / "out")
    return tmp_path / "out"


def test_each_step_leads_one_back_and_a_name_leads_anywhere(
    folder: Path, version_of: VersionOf
) -> None:
    newest = releases.current(folder).name
    for version in ("two", "one"):
        assert version_of(publishing.roll_back(folder)) == version
        assert version_of(releases.current(folder)) == version
    oldest = releases.current(folder).name
    with pytest.raises(ReleaseError, match=f"no whole release is older than {oldest}"):
        publishing.roll_back(folder)
    assert version_of(publishing.roll_back(folder, newest)) == "three"
    assert version_of(releases.current(folder)) == "three"


def test_what_is_published_next_is_served_and_the_bad_one_is_not(
    folder: Path, graph: Graph, version_of: VersionOf
) -> None:
    publishing.roll_back(folder)
    publishing.publish(Wanted((graph("four"),), unchecked=True), folder)
    assert version_of(releases.current(folder)) == "four"


def test_a_damaged_release_is_passed_over(folder: Path, version_of: VersionOf) -> None:
    names = releases.choosing.names(folder)
    damaged = folder / "releases" / names[1] / "data.nq.gz"
    os.truncate(damaged, 10)
    with pytest.raises(ReleaseError, match="is not what was published"):
        publishing.roll_back(folder, names[1])
    assert version_of(publishing.roll_back(folder)) == "one"


def test_without_a_whole_one_it_is_said_what_is_wrong(folder: Path, version_of: VersionOf) -> None:
    for name in releases.choosing.names(folder)[1:]:
        os.truncate(folder / "releases" / name / "data.nq.gz", 10)
    with pytest.raises(ReleaseError) as raised:
        publishing.roll_back(folder)
    assert str(raised.value).count("is not what was published") == 2
    assert version_of(releases.current(folder)) == "three"


def test_a_disk_that_takes_no_more_leaves_what_is_served(
    folder: Path, version_of: VersionOf
) -> None:
    (folder / ".current").mkdir()  # where the pointer is written
    with pytest.raises(ReleaseError, match=r"Is a directory; .* is still served"):
        publishing.roll_back(folder)
    assert version_of(releases.current(folder)) == "three"


def test_the_command_says_what_is_served_now(folder: Path) -> None:
    names = releases.choosing.names(folder)
    told = CliRunner().invoke(main, ["rollback", str(folder)])
    assert (told.exit_code, told.output) == (0, f"{folder}: {names[1]}, 100 statements\n")
    told = CliRunner().invoke(main, ["rollback", str(folder), "--to", "x"])
    said = f"Error: {folder}: has no release 'x'; there are: {', '.join(names)}\n"
    assert (told.exit_code, told.stderr) == (1, said)


def test_nothing_is_made_where_nothing_is_published(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["rollback", str(tmp_path / "no")])
    assert told.exit_code == 1
    assert "nothing is published here" in told.stderr
    assert not (tmp_path / "no").exists()


def test_a_server_of_others_is_told_what_can_be_done() -> None:
    told = CliRunner().invoke(main, ["rollback", "https://store.example.org/sparql"])
    assert told.exit_code == 1
    assert told.stderr.count("\n") == 1
    assert "keeps no release but the last" in told.stderr
    assert told.stderr.endswith("teixit publish --to https://store.example.org/sparql\n")
