"""What a row can be traced to: the triples that its query looks for, with a variable for each end.

Within a pattern, ``a/b`` looks for two triples with something between them, and ``^a`` for one the
other way round; told so, each triple of a solution is known. What is between ``a*`` or ``a|b`` is
found afterwards, by :mod:`teixit.reasons.walking`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from teixit import tokens
from teixit.namespaces import expand
from teixit.reasons.patterns import Path, Pattern, UnreadError, patterns
from teixit.rewriting import groups
from teixit.rewriting.edits import Edit, applied
from teixit.rewriting.groups import Element
from teixit.tokens import Tokens

#: How the variables begin that stand between two steps, and for constants.
_BETWEEN: Final = "?teixit_between_"
_CONSTANT: Final = "?teixit_constant_"
_TYPE: Final = f"<{expand('rdf:type')}>"
_WITH_GROUPS: Final = frozenset({"OPTIONAL", "GRAPH", groups.GROUP, "LATERAL"})


@dataclass(frozen=True, slots=True)
class Sought:
    """A triple that is looked for: the names of the variables that have its parts.

    Args:
        whole: The pattern that it belongs to, as the query writes it.
        place: Where that is, among the tokens.
        subject: The variable with the subject,
        property: that with the property; nothing where *path* has to be walked,
        object: and that with the object.
        graph: The variable with the graph in which it is looked for, if one is named.
        path: What leads from the subject to the object.
    """

    whole: str
    place: int
    subject: str
    property: str | None
    object: str
    graph: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Within:
    """A group of its own: a sub-select, or what may exist.

    Args:
        kind: As :class:`teixit.rewriting.groups.Element` has it, or EXISTS.
        brace: The place of the brace that opens it.
        first: Where the filter that asks for it begins, and
        last: where it ends; or the group itself.
    """

    kind: str
    brace: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Untraced:
    """What no passage can stand behind: the reason as a word, and where it is."""

    reason: str
    first: int
    last: int


@dataclass(slots=True)
class Steps:
    """All that a group looks for.

    Args:
        query: The tokens of the query.
        sought: The triples,
        within: groups of their own, and
        untraced: the rest.
        certain: The variables that each solution has: they stand in triples of the group itself.
        assigned: The variables that BIND gives a value.
        constants: The variables of constants, by the texts of these.
    """

    query: Tokens
    sought: list[Sought] = field(default_factory=list)
    within: list[Within] = field(default_factory=list)
    untraced: list[Untraced] = field(default_factory=list)
    certain: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    constants: dict[str, str] = field(default_factory=dict)
    _edits: list[Edit] = field(default_factory=list)
    _between: int = 0

    def read(self, brace: int) -> str:
        """Read the group that *brace* opens, and give it with a triple for each step."""
        self._group(brace, None, is_top=True)
        start, end = self.query.starts[brace], self.query.end(self.query.partners[brace])
        edits = [(first - start, last - start, new) for first, last, new in self._edits]
        text = self.query.text[start:end]
        return applied(text, edits) or text

    def _group(self, brace: int, graph: str | None, *, is_top: bool = False) -> None:
        for element in groups.elements(self.query, brace):
            if element.kind == groups.TRIPLES:
                self._triples(element, graph, is_top=is_top)
            elif element.kind == groups.SUBSELECT:
                self.within.append(Within(element.kind, brace, element.first, element.last))
            elif element.kind in _WITH_GROUPS and element.inner is not None:
                self._inner(element, element.inner, graph)
            else:
                self._other(element)

    def _inner(self, element: Element, inner: int, graph: str | None) -> None:
        if element.kind == "GRAPH":
            graph = self._named(self.query.words[inner - 1])
        self._group(inner, graph)

    def _other(self, element: Element) -> None:
        words = self.query.words
        if element.kind == "MINUS":
            self.untraced.append(Untraced("absence", element.first, element.last))
        elif element.kind == "BIND":
            self.assigned.add(words[element.last - 2][1:])
        elif element.kind not in {"UNION", "VALUES", "FILTER"}:
            self.untraced.append(Untraced("unread", element.first, element.last))
        if element.kind in {"FILTER", "BIND"}:
            self._condition(element)

    def _condition(self, element: Element) -> None:
        """Look for what must be there, or must not; what stands within that is its own."""
        index = element.first
        while index < element.last:
            if self.query.words[index].upper() == "EXISTS":
                self._existing(element, index)
                index = max(index, self.query.partners[index + 1])
            index += 1

    def _existing(self, element: Element, place: int) -> None:
        """Note what may exist; what must not has no passages."""
        if self.query.words[place - 1].upper() == "NOT":
            self.untraced.append(Untraced("absence", element.first, element.last))
        else:
            self.within.append(Within("EXISTS", place + 1, element.first, element.last))

    def _triples(self, element: Element, graph: str | None, *, is_top: bool) -> None:
        try:
            found = patterns(self.query, element.first, element.last)
        except UnreadError:
            self.untraced.append(Untraced("unread", element.first, element.last))
            return
        before = len(self.sought)
        written = [step for pattern in found for step in self._steps(pattern, element, graph)]
        start, end = self.query.starts[element.first], self.query.end(element.last - 1)
        self._edits.append((start, end, " . ".join(written)))
        if is_top:
            known = {name[1:] for name in self.constants.values()}
            for one in self.sought[before:]:
                self.certain |= {one.subject, one.property or one.subject, one.object} - known

    def _steps(self, pattern: Pattern, element: Element, graph: str | None) -> Iterator[str]:
        """Yield the triples that a *pattern* looks for, in SPARQL, and note them."""
        place = pattern.path.place if pattern.path.place >= 0 else element.first
        ends = pattern.subject.text, pattern.object.text
        for subject, path, object_ in self._expanded(ends[0], pattern.path, ends[1]):
            self.sought.append(
                Sought(
                    pattern.text,
                    place,
                    self._named(subject),
                    self._property(path),
                    self._named(object_),
                    graph,
                    path,
                )
            )
            yield f"{subject} {path.text} {object_}"

    def _expanded(self, subject: str, path: Path, object_: str) -> Iterator[tuple[str, Path, str]]:
        if path.kind == "^":
            yield from self._expanded(object_, path.parts[0], subject)
        elif path.kind == "/":
            for part in path.parts[:-1]:
                self._between += 1
                between = f"{_BETWEEN}{self._between}"
                yield from self._expanded(subject, part, between)
                subject = between
            yield from self._expanded(subject, path.parts[-1], object_)
        else:
            yield subject, path, object_

    def _property(self, path: Path) -> str | None:
        if path.kind != "step":
            return None
        return self._named(_TYPE if path.text == "a" else path.text)

    def _named(self, text: str) -> str:
        """Give the name of the variable that *text* is, or of one that has its value."""
        if tokens.is_variable(text):
            return text[1:]
        made = f"{_CONSTANT}{len(self.constants)}"
        return self.constants.setdefault(text, made)[1:]
