"""Terms of the graph that are near one that it does not have: another prefix, case or language."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

#: So many are proposed.
_MOST: Final = 3
#: How alike two names have to be, from 0 to 1.
_ALIKE: Final = 0.78
#: The shortest word that is looked for, in characters.
_WORD: Final = 3


def nearest(iri: str, known: Iterable[str]) -> list[str]:
    """Choose of *known* IRIs those that *iri* may have been meant to be, the likeliest first."""
    others = sorted({other for other in known if other != iri})
    same = [other for other in others if _plain(other) == _plain(iri)]
    called = [other for other in others if local(other) == local(iri)]
    names: dict[str, list[str]] = {}
    for other in others:
        names.setdefault(local(other), []).append(other)
    alike = get_close_matches(local(iri), names, _MOST, _ALIKE) if local(iri) else []
    near = (other for name in alike for other in names[name])
    return [*dict.fromkeys((*same, *called, *near))][:_MOST]


def local(iri: str) -> str:
    """Give the last part of the name of *iri*, in small letters."""
    return _end(iri.rstrip("/#")).casefold()


def word(iri: str) -> str:
    """Give what things with a name like that of *iri* have in theirs: its first word."""
    name = local(iri)
    return next((part for part in re.split(r"[^a-z]+", name) if len(part) >= _WORD), name)


def short(iri: str, prefixes: Iterable[tuple[str, str]]) -> str:
    """Write *iri* by one of the *prefixes* of a query, given with their colons, or in full."""
    names = _names(iri, prefixes)
    return min(names, key=len, default=f"<{iri}>")


def _names(iri: str, prefixes: Iterable[tuple[str, str]]) -> Iterator[str]:
    for prefix, namespace in prefixes:
        name = iri.removeprefix(namespace)
        if namespace and iri.startswith(namespace) and name.replace("-", "").isalnum():
            yield f"{prefix}{name}"


def _plain(iri: str) -> str:
    """Give what is left of *iri* when its scheme, its case and its end do not count."""
    return (iri.partition("://")[2] or iri).rstrip("/#").replace("#", "/").casefold()


def _end(iri: str) -> str:
    return iri[max(iri.rfind(sign) for sign in "/#:") + 1 :]
