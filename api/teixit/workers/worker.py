"""The loop of a worker: one job after the other, each at its own risk.

The kernel ends the worker when its time is up or its stack is full; whoever called learns from
how the worker ended what the reason was.
"""

import os
import signal
import socket
import threading
import time
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, RdfFormat, parse

from teixit import citing, documents, protocol, sandbox, tabular
from teixit.errors import NotAcceptableError, QueryError, RequestError
from teixit.queries import Term
from teixit.tabular import parquet
from teixit.tabular.origin import Origin
from teixit.workers.jobs import Frames, Job, Outcome, read_job, write_answer, write_error
from teixit.workers.limits import Limits
from teixit.workers.sources import OpenSource, Queryable
from teixit.workers.spool import Spool

#: What nested queries need; the kernel gives the pages as they are touched.
_STACK: Final = 256 << 20
#: A worker that has grown by so many bytes, or has worked so many seconds, ends itself: what
#: it has taken from the machine goes back at once.
_GROWTH: Final = 32 << 20
_LONG: Final = 1.0
#: Growth is looked at after so many jobs, and after a job of so many seconds.
_EVERY: Final = 64
_NOTICEABLE: Final = 0.02
#: At least so many seconds are set, since none would mean no limit.
_LEAST: Final = 0.001
_PIECE: Final = 1 << 15

_HTML: Final = "text/html"
_PICTURE: Final = "image/svg+xml"
#: What is compressed already, and says where it is from.
_COMPRESSED: Final = frozenset({tabular.XLSX, tabular.PARQUET})
#: What a page is made from, by the form of the result, as :data:`Accept` has them.
_FOR_PAGES: Final = ("application/sparql-results+json",) * 2 + ("text/turtle",)


def serve(pipe: socket.socket, source: OpenSource, limits: Limits) -> None:
    """Answer what comes through *pipe* until it is closed, or this worker has had enough."""
    threading.stack_size(_STACK)
    # The engine seeds its random numbers for each thread: one begun before the fork would make
    # every worker draw the same.
    thread = threading.Thread(target=lambda: _Worker(pipe, source, limits).run())
    thread.start()
    thread.join()


class _Worker:
    def __init__(self, pipe: socket.socket, source: OpenSource, limits: Limits) -> None:
        self._pipe = pipe
        self._source = source
        self._limits = limits
        self._jobs = 0

    @cached_property
    def _store(self) -> Queryable:
        return self._source.connect()

    def run(self) -> None:
        """Work until there is nothing more to do."""
        with suppress(Exception):
            self._store  # noqa: B018 - what is wrong is told to whoever asks for it again
        sandbox.bound_memory(self._limits.memory)
        self._size = sandbox.memory()[1]
        frames, goes_on = Frames(), True
        while goes_on and (piece := self._pipe.recv(_PIECE)):
            found = frames.feed(piece)
            goes_on = found is None or self._work(*read_job(found[0]))

    def _work(self, job: Job, deadline: float) -> bool:
        """Answer one job; say whether this worker is good for another."""
        begin, detail = time.monotonic(), ""
        signal.setitimer(signal.ITIMER_REAL, max(deadline - begin, _LEAST))
        try:
            result: Outcome | RequestError = self._outcome(job)
        except BaseException as error:  # noqa: BLE001 - the engine's panics are no Exception
            result, detail = self._reason(error)
        signal.setitimer(signal.ITIMER_REAL, 0)
        spent = bool(detail) or self._has_had_enough(time.monotonic() - begin)
        if isinstance(result, RequestError):
            self._pipe.sendall(write_error(result, detail, retire=spent))
        elif result.file is None:
            self._pipe.sendall(write_answer(result, retire=spent))
        else:
            socket.send_fds(self._pipe, [write_answer(result, retire=spent)], [result.file])
            os.close(result.file)
        return not spent

    def _outcome(self, job: Job) -> Outcome:
        if job.kind == "picture":
            return self._picture(job)
        if job.accept[0] == tabular.PARQUET:
            sandbox.without_bound(parquet.load)
        answer = _answer(self._store, job, self._limits)
        sha256 = None
        if job.settled:
            settled = citing.settled(answer, job.query)
            answer, sha256 = replace(settled, origin=answer.origin), settled.sha256
        wanted, total = _media_type(answer, job), None
        with Spool(self._limits.answer, gzip=job.gzip and wanted not in _COMPRESSED) as spool:
            if job.table_rows is not None and isinstance(answer.results, QuerySolutions):
                table, total = answer.table(job.table_rows)
                spool.write(table)
            else:
                answer.write(wanted, spool)
            held = spool.finish()
        cacheable = answer.deterministic
        return Outcome(
            wanted, held.encoding, held.body, held.file, held.length, cacheable, total, "", sha256
        )

    def _picture(self, job: Job) -> Outcome:
        from teixit.pictures import making, wanted  # noqa: PLC0415 - other jobs do without

        with Spool(self._limits.answer, gzip=job.gzip) as spool:
            spool.write(making.made(self._store, wanted.Wanted.read(job.query)))
            held = spool.finish()
        told = held.body, held.file, held.length
        return Outcome(_PICTURE, held.encoding, *told, cacheable=True, table_total=None, version="")

    def _has_had_enough(self, seconds: float) -> bool:
        self._jobs += 1
        if seconds < _NOTICEABLE and self._jobs % _EVERY:
            return False
        return seconds > _LONG or sandbox.memory()[1] - self._size > _GROWTH

    def _reason(self, error: BaseException) -> tuple[RequestError, str]:
        """Say what went wrong; with a detail for the log where this worker must not go on."""
        if isinstance(error, RequestError):
            return error, ""
        reason = "memory" if isinstance(error, MemoryError) else "fault"
        return self._limits.passed(reason), f"{type(error).__name__}: {error}"


def _answer(store: Queryable, job: Job, limits: Limits) -> protocol.Answer:
    base = job.base or protocol.ENDPOINT
    match job.kind:
        case "graph":
            return protocol.graph(store, job.query or None, base)
        case "description":
            bounds = {"seconds": limits.seconds, "memory": limits.memory, "answer": limits.answer}
            return protocol.describe(store, base, bounds)
        case "document":
            return protocol.Answer(documents.triples(store, job.query))
        case "syntax":
            return protocol.check(job.query, base, limits.services)
    default, named = (_graphs(names) for names in (job.default_graphs, job.named_graphs))
    values = {name: _term(written) for name, written in job.values}
    asked = protocol.Operation(job.query, default, named)
    answer = protocol.evaluate(store, asked, base, values, limits.services)
    if job.accept[0] in _COMPRESSED:
        return replace(answer, origin=Origin.of(store, job.query, base))
    return answer


def _media_type(answer: protocol.Answer, job: Job) -> str:
    """Choose by the form that the result has."""
    if isinstance(answer.results, QuerySolutions):
        form = 0
    else:
        form = 1 if isinstance(answer.results, QueryBoolean) else 2
    wanted = job.accept[form]
    if wanted is None:
        offered = ", ".join(answer.offers)
        raise NotAcceptableError(f"no format on offer is accepted; offered: {offered}")
    return _FOR_PAGES[form] if wanted == _HTML else wanted


def _graphs(names: tuple[str, ...] | None) -> protocol.Graphs | None:
    try:
        return None if names is None else tuple(map(NamedNode, names))
    except ValueError as error:
        raise QueryError(f"expected an absolute IRI of a graph: {error}") from error


def _term(written: str) -> Term:
    """Read a term written as N-Triples has it."""
    found = next(parse(f"<x:x> <x:x> {written} .", RdfFormat.N_TRIPLES)).object
    assert isinstance(found, Term)  # noqa: S101 - the pages write no triple terms
    return found
