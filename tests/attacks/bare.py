"""What each attack does to an engine that nothing guards: the proof that it is one.

    python tests/attacks/bare.py [PART OF A NAME]

Each query runs in a process of its own, with a limit of memory and of time, that may die of it. A
corpus is only worth what it can do: the outcome is written in each file, and this compares. No
line of the product is involved, and the address that SERVICE calls is our own.
"""

import http.server
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from attacks import corpus, data

SECONDS = 6.0
MEMORY = 1 << 30
#: Of these, the machine decides which comes first.
GREEDY = {"no end", "memory", "slow"}


def engine(file: str) -> None:
    """Answer the query on standard input as any small server would. May die."""
    from pyoxigraph import (  # noqa: PLC0415 - in the child alone
        QueryResultsFormat,
        QuerySolutions,
        QueryTriples,
        RdfFormat,
        Store,
        serialize,
    )

    query = sys.stdin.buffer.read().decode()
    store = Store()
    store.load(path=file, format=RdfFormat.N_TRIPLES)
    size = next(
        int(line.split()[1]) * 1024
        for line in Path("/proc/self/status").read_text("utf-8").splitlines()
        if line.startswith("VmSize")
    )
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    began = time.monotonic()
    try:
        results = store.query(query)
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            if isinstance(results, QuerySolutions):
                results.serialize(nowhere, QueryResultsFormat.JSON)
            elif isinstance(results, QueryTriples):
                serialize(results, nowhere, RdfFormat.TURTLE)
    except MemoryError:
        sys.stdout.write("memory")
    except (SyntaxError, ValueError):
        sys.stdout.write(f"refused {time.monotonic() - began}")
    except Exception as error:  # noqa: BLE001 - whatever the engine raises
        sys.stdout.write(f"fails {type(error).__name__} {error}")
    else:
        sys.stdout.write(f"answered {time.monotonic() - began}")


class _Canary(http.server.BaseHTTPRequestHandler):
    called = 0

    def parse_request(self) -> bool:
        super().parse_request()
        type(self).called += 1
        self.send_error(418)
        return False

    def log_message(self, *_: object) -> None:
        pass


def outcome(attack: corpus.Attack, file: str, url: str) -> tuple[str, str]:
    """What the bare engine does, in a word of `corpus.OUTCOMES`, and in detail."""
    before = _Canary.called
    query, _ = attack.aimed_at(url)
    command = [sys.executable, __file__, "--engine", file]
    try:
        done = subprocess.run(
            command, input=query.encode(), capture_output=True, timeout=SECONDS + 1, check=False
        )
    except subprocess.TimeoutExpired:
        return ("calls" if _Canary.called > before else "no end"), ""
    said, complaint = done.stdout.decode().strip(), done.stderr.decode("utf-8", "replace").strip()
    detail = " ".join(f"{said} {done.returncode} {complaint[-160:]}".split())
    if _Canary.called > before:
        return "calls", detail
    if done.returncode:
        return ("memory" if "memory allocation" in complaint else "dies"), detail
    if said.startswith(("memory", "fails")):
        return said.split()[0], detail
    seconds = float(said.split()[1])
    return ("slow" if seconds > 1 else "harmless"), detail


def main() -> None:
    """Print a line for each attack, and fail if one does not do what its file says."""
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    canary = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Canary)
    threading.Thread(target=canary.serve_forever, daemon=True).start()
    wrong = 0
    with tempfile.NamedTemporaryFile("w", suffix=".nt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in data.lines())
        file.flush()
        for attack in corpus.attacks():
            if part in attack.name:
                url = f"http://127.0.0.1:{canary.server_port}/sparql"
                done, detail = outcome(attack, file.name, url)
                wrong += done != attack.bare and not {done, attack.bare} <= GREEDY
                sys.stdout.write(f"{attack.name}\t{done}\t{attack.bare}\t{detail}\n")
                sys.stdout.flush()
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--engine"]:
        engine(sys.argv[2])
    else:
        main()
