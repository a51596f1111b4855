"""Bulk loading on disk: the engine in this language, its command-line loader, and ours."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import economy, rounds
from benchmarks.ours import TeixitDisk
from benchmarks.peers import OxigraphDisk
from benchmarks.servers import Loaded, NotRunError, timed


def measure(
    size: int, scratch: Path, patience: float, say: Callable[[str], None]
) -> dict[str, Loaded | str]:
    """Load *size* triples by each loader in turn; one that fails is told by its reason."""
    data, _ = economy.kept(size, scratch / "data")
    loaders: dict[str, Callable[[Path], Loaded]] = {
        "oxigraph load": lambda folder: OxigraphDisk(folder, patience).load(data),
        "Store.bulk_load": lambda folder: _engine(data, folder, patience),
        "Store.bulk_load, optimize": lambda folder: _engine(data, folder, patience, "optimize"),
        "teixit publish": lambda folder: TeixitDisk(folder, patience).load(data),
    }
    found: dict[str, Loaded | str] = {}
    for name, load in loaders.items():
        folder = scratch / "loading"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            found[name] = loaded = load(folder)
            say(f"{name}: {loaded.seconds:.1f} s, {loaded.peak:.0f} MB, on disk {loaded.disk:.0f}")
        except NotRunError as error:
            found[name] = str(error)
            say(f"{name}: {error}")
        shutil.rmtree(folder, ignore_errors=True)
    return found


def _engine(data: Path, folder: Path, patience: float, *optimize: str) -> Loaded:
    store = folder / "store"
    command = [sys.executable, "-m", "benchmarks.engine", "load", str(data), str(store), *optimize]
    return timed(command, folder / "load.log", patience, store, rounds.ROOT)
