"""Our own server, in its kinds of storage."""

import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from benchmarks.servers import Loaded, Server, said, timed

_TEIXIT: Final = [sys.executable, "-u", "-m", "teixit"]


class Teixit(Server):
    """Ours: a file, read into memory at the start."""

    name = "teixit"
    storage = "memory"

    def version(self) -> str:
        """Give the version of the command."""
        return said([*_TEIXIT, "--version"]).split()[-1]

    def command(self, data: Path, port: int) -> list[str]:  # noqa: ARG002
        """Serve the file; the server chooses its port itself."""
        return [*_TEIXIT, "serve", "--data", str(data), "--port", "0"]

    def address(self, log: Path, port: int) -> str:  # noqa: ARG002
        """Read the line that says where the endpoint is."""
        for line in log.read_text("utf-8", "replace").splitlines():
            match line.split():
                case ["SPARQL", url, *_]:
                    parts = urlsplit(url)
                    return f"{parts.scheme}://{parts.netloc}"
        return ""


class TeixitShipped(Teixit):
    """Ours, on the graph that it ships."""

    name = "teixit-shipped"
    first = "ASK { ?action a <https://w3id.org/teixit/def#Action> }"

    def command(self, data: Path, port: int) -> list[str]:  # noqa: ARG002
        """Serve what is shipped."""
        return [*_TEIXIT, "serve", "--port", "0"]


class TeixitDisk(Teixit):
    """Ours: a release, built by `teixit publish` and served from the disk."""

    name = "teixit-disk"
    storage = "disk"

    def load(self, data: Path) -> Loaded:
        """Publish the file, which the shapes of our graph say nothing of."""
        releases = self.folder / "releases"
        command = [*_TEIXIT, "publish", str(data), "--to", str(releases), "--unchecked"]
        return timed(command, self.folder / "load.log", self.patience, releases)

    def command(self, data: Path, port: int) -> list[str]:  # noqa: ARG002
        """Serve the newest release."""
        return [*_TEIXIT, "serve", "--store", str(self.folder / "releases"), "--port", "0"]
