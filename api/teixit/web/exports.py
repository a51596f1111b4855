"""The release of the graph that is served: exported once the service starts, beside it.

A process of its own does it, which takes some seconds; the loop and the workers do not wait.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from teixit.catalogue.manifest import Manifest
from teixit.exporting import MANIFEST
from teixit.workers import Source

_COMMAND: Final = (sys.executable, "-m", "teixit", "export", "--without-parquet")


class Export:
    """Gives the release, once it is there.

    Args:
        folder: Where it is exported to, all of it or nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._manifest = folder / MANIFEST
        self._found: Manifest | None = None

    def __call__(self) -> Manifest | None:
        """Give what the release says of its files; None while it is being made."""
        if self._found is None and self._manifest.exists():
            self._found = Manifest.read(self._manifest.read_bytes())
        return self._found


@contextlib.contextmanager
def started(source: Source) -> Iterator[Export]:
    """Have the release of *source* exported, if it is what Teixit ships; other data have none."""
    with TemporaryDirectory(prefix="teixit-release-") as place, contextlib.ExitStack() as held:
        folder = Path(place) / "release"
        if source.kind == "shipped":
            making = held.enter_context(
                subprocess.Popen(  # noqa: S603 - our own command
                    [*_COMMAND, str(folder)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
            )
            held.callback(making.terminate)
        yield Export(folder)
