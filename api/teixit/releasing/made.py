"""The files of ``data/`` that are made from all others, and whether they are what they were."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

from teixit import conclusions, namespaces, parameters, paths, queries, store
from teixit.catalogue import questions, void
from teixit.errors import SettingError

#: In the order in which they are made: the last one counts what the others say.
MAKERS: Final = MappingProxyType(
    {
        conclusions.FILE: conclusions.conclude,
        questions.FILE: questions.describe,
        void.FILE: void.describe,
    }
)


def require_our_base() -> None:
    """See that IRIs are made as our files have them.

    Raises:
        SettingError: Another base is set.
    """
    if namespaces.BASE != namespaces.CANONICAL:
        raise SettingError(
            f"{namespaces.SETTING}={namespaces.BASE!r}: our files have {namespaces.CANONICAL};"
            f" unset {namespaces.SETTING}"
        )


def stale() -> list[str]:
    """Name the files that are not what would be made now.

    Raises:
        KnowledgeError: A file does not parse.
    """
    return [shown(file) for file, make in MAKERS.items() if not _is_fresh(file, make)]


def make() -> None:
    """Make them anew.

    Raises:
        KnowledgeError: A file does not parse.
    """
    for file, making in MAKERS.items():
        file.write_bytes(making().encode())


def answer() -> None:
    """Keep the answers that the questions have now.

    Raises:
        KnowledgeError: A file does not parse.
    """
    for kept, answer in _answers():
        kept.write_bytes(answer)


def wrong_answers() -> Iterator[str]:
    """Name the questions that have another answer now than the one that is kept, or none kept."""
    for kept, answer in _answers():
        if not kept.is_file() or kept.read_bytes() != answer:
            yield kept.stem


def shown(file: Path) -> str:
    """Call a file of ours as readers know it."""
    return file.relative_to(paths.ROOT).as_posix()


def _answers() -> Iterator[tuple[Path, bytes]]:
    """Answer each question; give the file that keeps it."""
    graph = store.load()
    for question in queries.catalogue(paths.QUESTIONS):
        found = question.results(graph, **parameters.examples(question, graph))
        answer = queries.serialise(found, "csv").encode()
        yield paths.QUESTIONS / f"{question.name}.csv", answer


def _is_fresh(file: Path, making: Callable[[], str]) -> bool:
    return file.is_file() and file.read_bytes() == making().encode()
