"""What a thing without a name is called: by the way to it from a thing that has one."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from teixit import namespaces

_RDF_TYPE: Final = namespaces.expand("rdf:type")

#: What a file says: of each subject, properties and values in the order in which it says them.
Said = Mapping[str, Sequence[tuple[str, str]]]


def ways(said: Said, blank: type[str]) -> dict[str, str]:
    """Call each blank node of a file by the way to it, which is the same at each reading.

    That is the IRI of a subject and the properties that lead on from it, such as
    ``<urn:a>/dct:temporal``; the second value without a name ends in ``[2]``. A node to which
    nothing leads is called by its class, as ``[a teixit:Measure]``.

    Args:
        said: What the file says.
        blank: What a blank node is an instance of.
    """
    found: dict[str, str] = {}
    for subject in sorted(subject for subject in said if not isinstance(subject, blank)):
        _lead_on(subject, f"<{subject}>", said, blank, found)
    led_to = {value for facts in said.values() for _, value in facts if isinstance(value, blank)}
    counts: Counter[str] = Counter()
    # Those to which nothing leads come first; what is left then goes round in circles.
    for subject in sorted(_nameless(said, blank), key=led_to.__contains__):
        if subject not in found:
            found[subject] = _numbered(_class_of(said[subject]), counts)
            _lead_on(subject, found[subject], said, blank, found)
    return found


def _nameless(said: Iterable[str], blank: type[str]) -> Iterator[str]:
    return (subject for subject in said if isinstance(subject, blank))


def _lead_on(start: str, way: str, said: Said, blank: type[str], found: dict[str, str]) -> None:
    """Call what *start* leads to, and what that leads to, by the way to it."""
    waiting = deque([(start, way)])
    while waiting:
        subject, way = waiting.popleft()
        counts: Counter[str] = Counter()
        for predicate, value in said.get(subject, ()):
            if isinstance(value, blank) and value not in found:
                found[value] = _numbered(f"{way}/{namespaces.short_name(predicate)}", counts)
                waiting.append((value, found[value]))


def _class_of(facts: Iterable[tuple[str, str]]) -> str:
    classes = [value for predicate, value in facts if predicate == _RDF_TYPE]
    return f"[a {min(map(namespaces.short_name, classes))}]" if classes else "[]"


def _numbered(name: str, counts: Counter[str]) -> str:
    counts[name] += 1
    return name if counts[name] == 1 else f"{name}[{counts[name]}]"
