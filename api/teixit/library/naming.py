"""From what people call a thing to its IRI, and from IRIs to what things are called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from teixit import namespaces
from teixit.errors import NotFoundError
from teixit.languages import in_language
from teixit.library.values import Value
from teixit.queries import Term

_SCHEMES: Final = ("http://", "https://", "urn:")


def iri_of(name: str) -> str:
    """Give the IRI that *name* stands for.

    It may be an IRI, a prefixed name, or the name of a term or a thing of ours alone.

    >>> iri_of("district-03") == iri_of("id:district-03")
    True
    >>> iri_of("Action")
    'https://w3id.org/teixit/def#Action'

    Raises:
        NotFoundError: It is none of these.
    """
    try:
        return NamedNode(_expanded(name)).value
    except (KeyError, ValueError) as error:
        raise NotFoundError(
            f"{name!r}: expected an IRI, a name with a prefix such as id:district-03 or"
            " teixit:Action, or the part after the prefix"
        ) from error


def _expanded(name: str) -> str:
    if name.startswith(_SCHEMES):
        return name
    if ":" in name:
        return namespaces.expand(name)
    if not name:
        raise ValueError(name)
    return namespaces.term(name) if name in namespaces.TERMS else namespaces.THING + name


def spelled(value: Value) -> str:
    """Give the *value* of a parameter as it is looked up: a name with a prefix as its IRI.

    >>> spelled("id:district-03") == namespaces.THING + "district-03"
    True
    >>> spelled(2017)
    '2017'
    """
    text = str(value)
    try:
        return namespaces.expand(text) if ":" in text else text
    except KeyError:
        return text


def last_part(iri: str) -> str:
    """Give what an *iri* ends with: better than nothing where a thing has no name."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri


class Names:
    """What things are called, for a reader of a *language*.

    Args:
        rows: With what is called so in ``?named``, and its name in ``?label``.
        language: One of :data:`teixit.languages.LANGUAGES`.
    """

    def __init__(self, rows: Iterable[Mapping[str, Term]], language: str) -> None:
        self._language = language
        self._labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            label = row["label"]
            if isinstance(label, Literal):
                self._labels[row["named"].value].setdefault(label.language or "", label.value)

    def get(self, iri: str) -> str | None:
        """Give what a thing is called; None where nobody says."""
        labels = self._labels.get(iri)
        return in_language(labels, self._language) if labels else None
