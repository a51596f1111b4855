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
from teixit.releases import dumps, manifests

__all__ = ["CHECKED", "KEPT", "ON_DISK_FROM", "Wanted", "publish", "publish_to_server"]


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
