"""The IRIs of what pages speak of."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from teixit import namespaces
from teixit.importing.pages.lines import Span

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


@dataclass(frozen=True)
class PlanIdentifiers:
    """Mints the IRIs of what a plan numbers.

    Args:
        plan: The local name of the plan.
    """

    plan: str

    @property
    def namespace(self) -> str:
        """The beginning of these IRIs."""
        return f"{namespaces.THING}{self.plan}/"

    @property
    def prefix(self) -> str:
        """A prefix for these IRIs: the first word of the name, or ``plan`` where that is taken."""
        word = self.plan.partition("-")[0]
        return "plan" if word in namespaces.PREFIXES or not word.isalpha() else word

    @property
    def itself(self) -> URIRef:
        """The plan."""
        return URIRef(f"{namespaces.THING}{self.plan}")

    def part(self, kind: str, key: str) -> URIRef:
        """A thing that exists within the plan only."""
        return URIRef(namespaces.thing(kind, key, within=self.plan))

    def measure(self, identifier: str) -> URIRef:
        """The measure that the plan numbers so, such as ``29`` or ``8.4``."""
        return self.part("measure", slug(identifier))


@dataclass(frozen=True)
class PageIdentifiers:
    """Mints the IRIs of one page and its passages.

    Args:
        key: What tells the page from all others.
    """

    key: str

    @property
    def namespace(self) -> str:
        """The beginning of the IRIs of the passages."""
        return f"{self.source}/"

    @property
    def source(self) -> URIRef:
        """The page itself, as a document."""
        return URIRef(namespaces.thing("source", self.key))

    def passage(self, span: Span) -> URIRef:
        """The passage of the page from ``span.start`` to ``span.end``."""
        return self.part("passage", f"{span.start}-{span.end}")

    def part(self, kind: str, key: str) -> URIRef:
        """A thing that exists within the page only."""
        return URIRef(namespaces.thing(kind, key, within=f"source-{self.key}"))


def year(number: int) -> URIRef:
    """The calendar year *number*."""
    return URIRef(namespaces.thing("year", str(number)))
