"""What things are called and what they are, as the graph says it, for a reader of one language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from teixit.explorer import addresses
from teixit.explorer.reading import Row, number
from teixit.explorer.views import Cell, Evidence
from teixit.explorer.wording import Wording
from teixit.languages import LANGUAGES
from teixit.namespaces import term
from teixit.queries import Term

#: What the plan numbers is told with its number.
_NUMBERED: Final = frozenset({term("Action"), term("Measure")})


class Names:
    """Names by language, kinds and numbers of things, gathered from rows.

    Args:
        wording: In the reader's language.
    """

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, str] = {}

    def read(self, rows: Iterable[Row], named: str) -> None:
        """Take in ``?label``, ``?kind`` and ``?identifier`` of what the variable *named* has."""
        for row in rows:
            iri = row[named].value
            label, kind, identifier = map(row.get, ("label", "kind", "identifier"))
            if isinstance(label, Literal):
                self._labels[iri].setdefault(label.language or "", label.value)
            if kind is not None:
                self._kinds[iri].add(kind.value)
            if identifier is not None:
                self._numbers.setdefault(iri, identifier.value)

    def kinds(self, iri: str) -> frozenset[str]:
        """Give the classes of the thing with this *iri*."""
        return frozenset(self._kinds.get(iri, ()))

    def number(self, iri: str) -> str:
        """Give the number that the plan cites the thing by; "" for other things."""
        return self._numbers.get(iri, "") if self.kinds(iri) & _NUMBERED else ""

    def label(self, iri: str) -> tuple[str, str | None]:
        """Give what is called *iri* its name, and its language where that is not the reader's."""
        labels = self._labels.get(iri)
        if not labels:
            return self.wording.term(iri), None
        own = self.wording.language
        tag = next((tag for tag in (own, *LANGUAGES) if tag in labels), min(labels))
        return labels[tag], None if tag in {own, ""} else tag

    def name(self, iri: str) -> str:
        """Name the thing with this *iri*, with the number that the plan gives it."""
        return " ".join(filter(None, (self.number(iri), self.label(iri)[0])))

    def cell(self, said: Term, evidence: Sequence[Evidence] = ()) -> Cell:
        """Show a term: a thing by its name, as a link, a text as it is."""
        if isinstance(said, NamedNode):
            address = addresses.about(said.value, self.wording.language)
            _, language = self.label(said.value)
            return Cell(self.name(said.value), address, language, evidence=evidence)
        tag = said.language if isinstance(said, Literal) else None
        language = tag if tag != self.wording.language else None
        return Cell(said.value, None, language, number(said), evidence)
