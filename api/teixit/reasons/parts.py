"""The parts of a group: each can be asked alone, or be left out, and all together are the group."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from teixit.reasons.patterns import Pattern, UnreadError, patterns, variable
from teixit.rewriting import groups
from teixit.rewriting.edits import applied
from teixit.rewriting.groups import Element
from teixit.tokens import Tokens

#: What only adds to solutions, and can take none away.
HARMLESS: Final = frozenset({"OPTIONAL", "BIND"})
#: What means nothing without the rest of its group.
DEPENDENT: Final = frozenset({"FILTER", "MINUS", *HARMLESS})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a group.

    Args:
        kind: As :class:`teixit.rewriting.groups.Element` has it; UNION is one with its branches.
        text: In SPARQL, so that it can stand beside others.
        first: Its first token,
        last: and that after its last one.
        pattern: What it is, where it is a single triple pattern.
        graph: The name of the graph that the pattern is looked for in, as the query writes it.
        inner: The places of the braces of its groups.
    """

    kind: str
    text: str
    first: int
    last: int
    pattern: Pattern | None = None
    graph: str | None = None
    inner: tuple[int, ...] = ()


def split(query: Tokens, brace: int) -> list[Part]:
    """Take the group that *brace* opens apart.

    Put together by :func:`joined`, the parts match what the group matches.
    """
    found: list[Part] = []
    for element in groups.elements(query, brace):
        if element.kind == groups.GROUP and found and _is_open(found[-1]):
            found[-1] = _longer(query, found[-1], element)
        elif element.kind == "UNION" and found:
            found[-1] = _begun(found[-1])
        else:
            found += _parts(query, element)
    return found


def joined(parts: Iterable[Part]) -> str:
    """Put *parts* together, as they stand within the braces of a group."""
    return "\n".join(part.text for part in parts)


def ordered(parts: Sequence[Part]) -> list[Part]:
    """Put filters last: they see the whole group wherever they stand (SPARQL 1.1 Query, 5.2.2)."""
    return sorted(parts, key=lambda part: part.kind == "FILTER")


def _is_open(part: Part) -> bool:
    return part.kind == "UNION" and part.text.endswith("UNION")


def _begun(part: Part) -> Part:
    return Part("UNION", f"{part.text} UNION", part.first, part.last, inner=part.inner)


def _longer(query: Tokens, part: Part, element: Element) -> Part:
    text = f"{part.text} {_text(query, element.first, element.last)}"
    return Part("UNION", text, part.first, element.last, inner=(*part.inner, element.first))


def _parts(query: Tokens, element: Element) -> Iterator[Part]:
    if element.kind == groups.TRIPLES:
        yield from _triples(query, element)
    elif element.kind == "GRAPH" and element.inner is not None and _is_plain(query, element.inner):
        name = query.words[element.inner - 1]
        for part in split(query, element.inner):
            yield _in_graph(part, name)
    else:
        text = _text(query, element.first, element.last)
        inner = () if element.inner is None else (element.inner,)
        if element.kind == groups.SUBSELECT:
            text = f"{{ {text} }}"
        yield Part(element.kind, text, element.first, element.last, inner=inner)


def _triples(query: Tokens, element: Element) -> Iterator[Part]:
    try:
        found = patterns(query, element.first, element.last)
    except UnreadError:
        text = _unlabelled(query, element)
        yield Part(element.kind, f"{text} .", element.first, element.last)
        return
    for pattern in found:
        first, last = _place(pattern, element)
        yield Part(element.kind, f"{pattern.text} .", first, last, pattern)


def _place(pattern: Pattern, element: Element) -> tuple[int, int]:
    """Say which tokens tell of a *pattern* alone: its property and its object, at least."""
    object_ = pattern.object
    path = pattern.path.place if pattern.path.place >= 0 else element.first
    return path, object_.last if object_.last > path else path + 1


def _is_plain(query: Tokens, brace: int) -> bool:
    """Tell whether a group has triples alone, which can be looked for one by one in a graph."""
    found = [*groups.elements(query, brace)]
    return bool(found) and all(
        element.kind == groups.TRIPLES and all(part.pattern for part in _triples(query, element))
        for element in found
    )


def _in_graph(part: Part, name: str) -> Part:
    text = f"GRAPH {name} {{ {part.text} }}"
    return Part("GRAPH", text, part.first, part.last, part.pattern, name)


def _text(query: Tokens, first: int, last: int) -> str:
    return query.text[query.starts[first] : query.end(last - 1)]


def _unlabelled(query: Tokens, element: Element) -> str:
    """Give triples as they are, but for the labels of blank nodes, which others may share."""
    start = query.starts[element.first]
    text = _text(query, element.first, element.last)
    labels = (
        (query.starts[index] - start, query.end(index) - start, variable(query.words[index]))
        for index in range(element.first, element.last)
        if query.words[index].startswith("_:")
    )
    return applied(text, labels) or text
