"""Read what a stranger wrote in a process that has little memory, little time and no network.

A file can be small and take all of a machine to read: a workbook that unfolds to gigabytes, an
entity that names itself a billion times. So a reader of files runs in a child process, which
the kernel holds to its limits, and whose end harms nobody.

A reader is any function of a module, given text and numbers, that gives what JSON can hold: it
is called by :func:`run`. One that gives much is a generator, called by :func:`stream`: what
it yields comes out as it is ready, and the clock begins anew with each of it.
"""

import importlib
import json
import os
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import reduce
from types import MappingProxyType
from typing import Any, Final, cast

from teixit import errors, sandbox
from teixit.errors import FileRefusedError, TeixitError

#: Address space of the child in all, in bytes.
MEMORY: Final = 512 << 20
#: How long the child may compute until it says something, in seconds of its processor.
SECONDS: Final = 4
#: A child that waits, instead of computing, is given this many times as long.
_PATIENCE: Final = 5
#: How much a child may say in all, in bytes: the reader's memory is bounded as well.
ANSWER: Final = 256 << 20

_BLOCK: Final = 1 << 18
#: How long a child that has said its last word has to end, in seconds.
_MOMENT: Final = 2
_MODULE: Final = "teixit.importing.bounded"
#: How the kernel ends a process: out of memory in a library, out of time.
_ABORTED: Final = -6
_OUT_OF_TIME: Final = -24


def run(
    function: Callable[..., Any], *arguments: object, memory: int = MEMORY, seconds: int = SECONDS
) -> Any:
    """Call a function in a bounded process of its own, and give what it returns.

    Args:
        function: A function that can be imported by its name.
        arguments: What it is given: what JSON can hold; a path is given as text.
        memory: Address space of the process in all, in bytes.
        seconds: How long it may compute.

    Raises:
        FileRefusedError: It took more than it may, or failed in a way that was not foreseen.
            The ``reason`` is ``time``, ``memory``, ``answer`` or ``fault``.
        TeixitError: What the function raises of ours is raised here again.
    """
    return next(stream(function, *arguments, memory=memory, seconds=seconds))


def stream(
    function: Callable[..., Any], *arguments: object, memory: int = MEMORY, seconds: int = SECONDS
) -> Iterator[Any]:
    """Call a generator in a bounded process of its own, and give what it yields as it comes.

    Arguments and errors are those of :func:`run`; *seconds* is how long it may compute between
    one thing that it yields and the next. The process ends when the iterator is closed.
    """
    task = {
        "parent": os.getpid(),
        "module": function.__module__,
        "name": function.__qualname__,
        "arguments": arguments,
        "memory": memory,
        "seconds": seconds,
    }
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            yield from _things(child, json.dumps(task, default=str).encode(), seconds, memory)
        except TeixitError:
            _part(child)
            raise
        else:
            _part(child)
        finally:
            child.kill()


def _part(child: subprocess.Popen[bytes]) -> None:
    """Let a child that has said its last word end by itself, for a moment."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(_MOMENT)


def _things(
    child: subprocess.Popen[bytes], task: bytes, seconds: int, memory: int
) -> Iterator[Any]:
    """Give the child its task, and read what it says until its last word."""
    assert child.stdin is not None  # noqa: S101 - it is a pipe
    with child.stdin as pipe:
        pipe.write(task)
    for line in _lines(child, seconds, memory):
        kind, thing = json.loads(line)
        match kind:
            case "thing":
                yield thing
            case "end":
                return
            case "error":
                raise _ours(thing)
            case _:
                raise refused(kind, seconds=seconds, memory=memory, said=thing)
    ended = {_ABORTED: "memory", _OUT_OF_TIME: "time"}.get(child.wait(), "fault")
    raise refused(ended, seconds=seconds, memory=memory, said="")


def _lines(child: subprocess.Popen[bytes], seconds: int, memory: int) -> Iterator[bytes]:
    """Read the lines of the child, as long as it says something in time."""
    assert child.stdout is not None  # noqa: S101 - it is a pipe
    left, rest = ANSWER, [b""]
    while select.select([child.stdout], [], [], seconds * _PATIENCE)[0]:
        block = os.read(child.stdout.fileno(), _BLOCK)
        left -= len(block)
        if left < 0:
            raise refused("answer", seconds=seconds, memory=memory, said="")
        if not block:
            return
        first, *more = block.split(b"\n")
        rest.append(first)
        if more:
            yield b"".join(rest)
            *whole, last = more
            yield from whole
            rest = [last]
    raise refused("time", seconds=seconds, memory=memory, said="")


def refused(reason: str, *, seconds: int, memory: int, said: str) -> FileRefusedError:
    """Say, in three languages, that reading has passed a limit.

    Args:
        reason: Which one, as :func:`run` names them.
        seconds: The limit of time.
        memory: The limit of memory, in bytes.
        said: What the reader said when it failed.
    """
    values = {"seconds": seconds, "memory": memory >> 20, "said": f": {said}" if said else ""}
    texts = {language: text.format(**values) for language, text in _TEXTS[reason].items()}
    return FileRefusedError(texts, reason)


def _ours(said: dict[str, Any]) -> TeixitError:
    """Make again an error that the child has raised."""
    kind = getattr(errors, said["kind"])
    error: TeixitError = kind.__new__(kind)
    error.args = (said["message"],)
    vars(error).update(said["more"])
    return error


def _serve() -> None:
    """Be the child: give up what is not needed, do the task, and say what comes of it."""
    task = json.loads(sys.stdin.buffer.read())
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    sandbox.end_with_parent(task["parent"])
    sandbox.close_network()
    sandbox.bound_memory(max(0, task["memory"] - sandbox.memory()[0]))
    _wind(task["seconds"])
    for kind, thing in _said(task):
        out.write(json.dumps([kind, thing], default=str).encode() + b"\n")
        out.flush()
        _wind(task["seconds"])


def _said(task: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Do the task, and give what is to be said of it: a kind of message and what it holds."""
    try:
        function = _find(task["module"], task["name"])
        result = function(*task["arguments"])
        things = result if isinstance(result, Iterator) else [result]
        for thing in things:
            yield "thing", thing
        yield "end", None
    except MemoryError:
        yield "memory", None
    except TeixitError as error:
        yield "error", {"kind": type(error).__name__, "message": str(error), "more": vars(error)}
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file made it do
        yield "fault", f"{type(error).__name__}: {error}"[:200]


def _find(module: str, name: str) -> Any:
    return reduce(getattr, name.split("."), cast("Any", importlib.import_module(module)))


def _wind(seconds: int) -> None:
    """Set the clock of the processor: the kernel ends this process when it has run down."""
    limit = int(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


_TEXTS: Final = MappingProxyType(
    {
        "time": {
            "ca": "llegir el fitxer demana més de {seconds} s: potser és fet per no acabar mai; "
            "deseu-ne una còpia que només tingui les dades",
            "es": "leer el fichero exige más de {seconds} s: quizá está hecho para no acabar; "
            "guarde una copia que solo tenga los datos",
            "en": "reading the file takes more than {seconds} s: perhaps it is made never to end; "
            "save a copy that has the data only",
        },
        "memory": {
            "ca": "llegir el fitxer demana més de {memory} MB de memòria; deseu-ne una còpia que "
            "només tingui les dades, o partiu-lo",
            "es": "leer el fichero exige más de {memory} MB de memoria; guarde una copia que solo "
            "tenga los datos, o divídalo",
            "en": "reading the file takes more than {memory} MB of memory; save a copy that has "
            "the data only, or divide it",
        },
        "answer": {
            "ca": "el fitxer té més text del que es llegeix d’un cop; partiu-lo",
            "es": "el fichero tiene más texto del que se lee de una vez; divídalo",
            "en": "the file has more text than is read at once; divide it",
        },
        "fault": {
            "ca": "el fitxer no es pot llegir: està malmès o no és el que el nom diu{said}",
            "es": "el fichero no se puede leer: está dañado o no es lo que su nombre dice{said}",
            "en": "the file cannot be read: it is damaged or is not what its name says{said}",
        },
    }
)

if __name__ == "__main__":
    _serve()
