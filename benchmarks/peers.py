"""The other servers, each optional."""

import http.client
import subprocess
import time
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import urlsplit

from benchmarks import processes
from benchmarks.servers import HOST, Loaded, NotRunError, Server, free_port, program, said, timed

_VIRTUOSO_GRAPH: Final = "https://economy.example/graph"
_VIRTUOSO_INI: Final = Path(__file__).parent / "virtuoso.ini"


class Oxigraph(Server):
    """The Oxigraph server in memory, filled over HTTP."""

    name = "oxigraph"
    storage = "memory"
    endpoint = "/query"

    def program(self) -> str:
        """Find it."""
        return program("oxigraph", "pip install oxigraph")

    def version(self) -> str:
        """Ask the program."""
        return said([self.program(), "--version"]).split()[-1]

    def command(self, data: Path, port: int) -> list[str]:  # noqa: ARG002
        """Start it empty."""
        return [self.program(), "serve", "--bind", f"{HOST}:{port}"]

    def fill(self, address: str, data: Path) -> None:
        """Send the file, in the way that is fastest there."""
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=self.patience)
        kind = "application/n-quads" if data.suffix == ".nq" else "application/n-triples"
        target = "/store?no_transaction&lenient" + ("" if data.suffix == ".nq" else "&default")
        with data.open("rb") as body:
            connection.request("POST", target, body, {"Content-Type": kind})
            answer = connection.getresponse()
            answer.read()
        connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise NotRunError(f"it refused the data: {answer.status}")


class OxigraphDisk(Oxigraph):
    """The Oxigraph server on a read-only store on disk."""

    name = "oxigraph-disk"
    storage = "disk"

    def load(self, data: Path) -> Loaded:
        """Use its own loader."""
        store = self.folder / "store"
        command = [self.program(), "load", "--location", str(store), "--file", str(data)]
        return timed(command, self.folder / "load.log", self.patience, store)

    def command(self, data: Path, port: int) -> list[str]:  # noqa: ARG002
        """Serve the store that was loaded."""
        location = str(self.folder / "store")
        return [
            self.program(),
            "serve-read-only",
            "--location",
            location,
            "--bind",
            f"{HOST}:{port}",
        ]

    def fill(self, address: str, data: Path) -> None:
        """Do nothing: it has its data."""


class RdflibEndpoint(Server):
    """The usual Python endpoint. It needs minutes for what reads the graph: look-ups only."""

    name = "rdflib-endpoint"
    storage = "memory"
    endpoint = "/"
    only = frozenset({"lookup", "describe"})
    most = 1_500_000

    def version(self) -> str:
        """Ask the interpreter that its program runs on."""
        tool = program(self.name, "pip install 'rdflib-endpoint[cli]'")
        interpreter = Path(tool).read_text("utf-8").splitlines()[0].removeprefix("#!")
        ask = "import importlib.metadata as m; print(m.version('rdflib-endpoint'))"
        version = said([interpreter, "-c", ask + "; import uvicorn"])
        if "Error" in version:
            raise NotRunError("its server is missing: pip install 'rdflib-endpoint[cli]'")
        return version

    def command(self, data: Path, port: int) -> list[str]:
        """Serve the file with its own command."""
        tool = program(self.name, "pip install 'rdflib-endpoint[cli]'")
        return [tool, "serve", str(data), "--host", HOST, "--port", str(port)]


class Virtuoso(Server):
    """Virtuoso on its own configuration, with 2 GB of buffers."""

    name = "virtuoso"
    storage = "disk"
    extra: ClassVar[dict[str, str]] = {"default-graph-uri": _VIRTUOSO_GRAPH}

    def program(self) -> str:
        """Find it."""
        return program("virtuoso-t", "install the Debian package virtuoso-opensource")

    def version(self) -> str:
        """Ask the program."""
        _, _, rest = said([self.program(), "-?"]).partition("Version ")
        return rest.split("-")[0]

    def load(self, data: Path) -> Loaded:
        """Start it, have it load the file in bulk, and write everything to disk."""
        port, log, begin = free_port(), self.folder / "load.log", time.perf_counter()
        command = self.command(data, port)
        with (
            processes.running(command, log, folder=self.folder) as process,
            processes.peak(process.pid) as highest,
        ):
            self._await_sql(process)
            self._sql(f"ld_dir('{data.parent}', '{data.name}', '{_VIRTUOSO_GRAPH}');")
            self._sql("rdf_loader_run();")
            self._sql("checkpoint;")
            took = time.perf_counter() - begin
        return Loaded(took, highest[0], processes.size(self.folder))

    def command(self, data: Path, port: int) -> list[str]:
        """Write its configuration, and start it in the foreground."""
        ini = self.folder / "virtuoso.ini"
        self._sql_port = free_port()
        text = _VIRTUOSO_INI.read_text("utf-8")
        ini.write_text(
            text.format(http=port, sql=self._sql_port, data=data.parent, folder=self.folder),
            "utf-8",
        )
        return [self.program(), "+foreground", "+configfile", str(ini)]

    def _await_sql(self, process: "subprocess.Popen[bytes]") -> None:
        for _ in range(600):
            if process.poll() is not None:
                break
            try:
                return self._sql("status();")
            except NotRunError:
                time.sleep(0.1)
        raise NotRunError("it did not start: see its load.log")

    def _sql(self, statement: str) -> None:
        tool = program("isql-vt", "install the Debian package virtuoso-opensource")
        command = [tool, f"{HOST}:{self._sql_port}", "dba", "dba", f"exec={statement}"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=self.patience
            )
        except subprocess.TimeoutExpired:
            raise NotRunError(f"loading was given up after {self.patience:.0f} s") from None
        if done.returncode or "Error" in done.stderr + done.stdout:
            raise NotRunError(f"{statement} failed: {(done.stderr + done.stdout).strip()[-200:]}")


class Jena(Server):
    """Apache Jena. Debian ships its library, and no server for it."""

    name = "jena"
    storage = "memory"

    def version(self) -> str:
        """Say that it is left out."""
        raise NotRunError("Debian’s libapache-jena-java has no server; Fuseki is not packaged")

    def command(self, data: Path, port: int) -> list[str]:
        """Nothing can be started."""
        raise NotImplementedError
