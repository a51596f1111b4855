"""The IRIs of what a page speaks of."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from rdflib import URIRef

from teixit import namespaces
from teixit.importing.pages.lexicon import fold
from teixit.importing.pages.lines import Span
from teixit.importing.pages.template import Page

_NOT_ASCII: Final = re.compile(r"[^\W\x00-\x7f]")
_LETTERS_AT_END: Final = re.compile(r"(?:-[a-z0-9])+\Z")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
#: Long enough for any title of the plan, short enough for any file system and address bar.
_MAX_SLUG: Final = 80
#: With keys of pages of so many characters all IRIs of their passages are shorter than 80.
_MAX_KEY: Final = 24


def slug(text: str) -> str:
    """Give *text* as lower-case ASCII letters, digits and hyphens.

    Letters of other scripts are given by their code points, so that they stay apart.
    """
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    ascii_ = _NOT_ASCII.sub(lambda letter: f"u{ord(letter[0]):x}", bare.lower())
    return _NOT_SLUG.sub("-", ascii_).strip("-")[:_MAX_SLUG].rstrip("-")


def first_words(found: str) -> str:
    """Shorten a slug to a key: cut between two words, and not after one of a single letter."""
    if len(found) <= _MAX_KEY:
        return found
    words = found[: _MAX_KEY + 1].rpartition("-")[0] or found[:_MAX_KEY]
    return _LETTERS_AT_END.sub("", words)


class Named(NamedTuple):
    """A thing that a page names: its IRI, and its name as the page first spells it."""

    iri: URIRef
    name: str


class _Register:
    """The things of one kind that a page names.

    A name that comes again in other letters or accents is the same thing; two names that
    differ otherwise are two things, even where their slugs are the same («C++», «C#»).
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._things: dict[str, Named] = {}
        self._keys: Counter[str] = Counter()

    def named(self, name: str) -> Named:
        """Give the thing called *name*."""
        if (known := self._things.get(fold(name))) is not None:
            return known
        key = slug(name) or self._kind
        self._keys[key] += 1
        again = f"-{self._keys[key]}" if self._keys[key] > 1 else ""
        iri = URIRef(namespaces.thing(self._kind, f"{key}{again}"))
        return self._things.setdefault(fold(name), Named(iri, name))


@dataclass(frozen=True)
class Identifiers:
    """Mints the IRIs of one page.

    Args:
        page: The outline of the page.
        plan: The local name of the plan that numbers its measures.
    """

    page: Page
    plan: str
    _target_groups: _Register = field(default_factory=lambda: _Register("audience"))
    _projects: _Register = field(default_factory=lambda: _Register("project"))

    @property
    def key(self) -> str:
        """The first words of the slug of the page's title.

        Two pages that share them would be one line with two names, which the shapes refuse.
        """
        return first_words(slug(self.page.title.text)) or "page"

    @property
    def plan_namespace(self) -> str:
        """The beginning of the IRIs that the plan numbers."""
        return f"{namespaces.THING}{self.plan}/"

    @property
    def source_namespace(self) -> str:
        """The beginning of the IRIs of the page's passages."""
        return f"{namespaces.thing('source', self.key)}/"

    @property
    def source(self) -> URIRef:
        """The page itself, as a document."""
        return URIRef(namespaces.thing("source", self.key))

    @property
    def line(self) -> URIRef:
        """The line of work that the page is about."""
        return self._of_plan("line", self.key)

    def objective(self, number: int) -> URIRef:
        """The objective that stands in the page at place *number*."""
        return self._of_plan("objective", f"{self.key}-{number}")

    def measure(self, number: int) -> URIRef:
        """The measure that the page numbers *number*."""
        return self._of_plan("measure", str(number))

    def action(self, measure: int, number: int) -> URIRef:
        """The action at place *number* of its measure."""
        return self._of_plan("action", f"{measure}-{number}")

    def projects(self, measure: int, number: int) -> URIRef:
        """The list of projects in the title of an action."""
        return self._of_plan("projects", f"{measure}-{number}")

    def gap(self, number: int) -> URIRef:
        """The absence of a measure with that number."""
        return self._of_plan("gap", str(number))

    def target_group(self, name: str) -> Named:
        """The target group called *name*."""
        return self._target_groups.named(name)

    def project(self, name: str) -> Named:
        """The project called *name*."""
        return self._projects.named(name)

    def passage(self, span: Span) -> URIRef:
        """The passage of the page from ``span.start`` to ``span.end``."""
        return self.of_source("passage", f"{span.start}-{span.end}")

    def of_source(self, kind: str, key: str) -> URIRef:
        """A thing that exists within the page only."""
        return URIRef(namespaces.thing(kind, key, within=f"source-{self.key}"))

    def _of_plan(self, kind: str, key: str) -> URIRef:
        return URIRef(namespaces.thing(kind, key, within=self.plan))


def year(number: int) -> URIRef:
    """The calendar year *number*."""
    return URIRef(namespaces.thing("year", str(number)))
