"""Publishing a graph: made beside what is served, checked, and put in its place at once.

What is published is complete or it is not there: a process that is killed, a disk that is full
and a graph that does not hold leave the release before as it was, and served.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from teixit import releases, remote
from teixit.errors import ReleaseError
from teixit.publishing import building, folders
from teixit.publishing.building import CHECKED, KEPT, ON_DISK_FROM, Wanted
from teixit.releases import choosing, dumps, manifests

__all__ = [
    "CHECKED",
    "KEPT",
    "ON_DISK_FROM",
    "Wanted",
    "publish",
    "publish_to_server",
    "roll_back",
]


def publish(wanted: Wanted, folder: Path) -> releases.Release:
    """Publish to *folder*, and remove the releases that are too old.

    Raises:
        ReleaseError: It cannot be published; what was served still is.
        KnowledgeError: A file is missing or does not parse.
    """
    try:
        with folders.alone(folder) as place:
            built = building.build(wanted, place, before=folders.statements(folder))
            folders.put(folder, place, built)
            release = releases.current(folder)
            folders.remove_old(folder, wanted.keep)
    except OSError as error:
        raise ReleaseError(
            f"{folder}: {_reason(error)}; the release before is untouched"
        ) from error
    return release


def roll_back(folder: Path, to: str | None = None) -> releases.Release:
    """Make an older release of *folder* the current one. Nothing is removed.

    Args:
        folder: Where releases are published to.
        to: The name of a release, newer ones too; by default the newest whole one that is older
            than the one that is served.

    Raises:
        ReleaseError: There is no such release, or it is damaged; what was served still is.
    """
    served = releases.current(folder).name
    try:
        with folders.alone(folder):
            found = _whole(folder, to) if to else _older(folder, served)
            folders.point(folder, found.name)
    except OSError as error:
        raise ReleaseError(f"{folder}: {_reason(error)}; {served} is still served") from error
    return found


def _whole(folder: Path, name: str) -> releases.Release:
    """Read the release *name*, to its last byte."""
    if name not in (names := choosing.names(folder)):
        raise ReleaseError(f"{folder}: has no release {name!r}; there are: {', '.join(names)}")
    release = choosing.read(folder / choosing.RELEASES / name)
    releases.verify(release)
    return release


def _older(folder: Path, served: str) -> releases.Release:
    problems = []
    for name in choosing.names(folder):
        if name < served:
            try:
                return _whole(folder, name)
            except ReleaseError as error:
                problems.append(f"; {error}")
    said = "".join(problems)
    raise ReleaseError(f"{folder}: no whole release is older than {served}, which is served{said}")


def publish_to_server(
    wanted: Wanted, url: str, say: Callable[[str], None] = lambda _: None
) -> remote.Report:
    """Publish to the SPARQL 1.1 server whose queries go to *url*.

    Args:
        wanted: What is published.
        url: The address for queries.
        say: Is told of each step.

    Raises:
        ReleaseError: The graph does not hold, or there is no room to make it.
        KnowledgeError: A file is missing or does not parse.
        UpstreamError: The server failed.
    """
    never = replace(wanted, on_disk_from=1 << 62)
    try:
        with tempfile.TemporaryDirectory(prefix="teixit-") as place:
            version = building.build(never, Path(place)).dump.version
            graph = dumps.load(Path(place) / manifests.DATA)
    except OSError as error:
        raise ReleaseError(f"{tempfile.gettempdir()}: {_reason(error)}") from error
    return remote.publish(url, graph, version, remote.find(url), say=say)


def _reason(error: OSError) -> str:
    """Say in one line why something could not be written."""
    return " ".join((error.strerror or str(error)).split())
