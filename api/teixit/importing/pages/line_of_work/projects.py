"""The lists of projects inside the titles of actions."""

import re
from dataclasses import dataclass
from typing import Final

from teixit.importing.pages.lexicon import RELATION_TO_ROLE, Mention

#: After «projectes emblemàtics …»: a colon, or «com» and the names.
_INTRODUCTION: Final = re.compile(r":\s+|\scom(?:\s+ara)?:?\s+")
_ARTICLE: Final = re.compile(r"^(?:el|la|els|les|en|na)\s+|^(?:l|n)['’]")
_OPEN: Final = re.compile(r"\s*(?:…|\.{3}|,?\s*etc\.?)\s*$")
#: A comma that is not inside brackets: «Xarxa (Sants, Hostafrancs), Ateneu» are two.
_COMMA: Final = re.compile(r",(?![^()]*\))")
_LAST_TWO: Final = re.compile(r"^(?P<one>.+?)\s+i\s+(?P<other>.+)$")


@dataclass(frozen=True)
class NamedProjects:
    """The projects that a title names.

    Attributes:
        names: Without their articles, in the order of the title.
        role: The IRI of the role in which the title names them.
        is_open: Whether the list ends in «…», so that more could follow.
    """

    names: tuple[str, ...]
    role: str
    is_open: bool


def find(title: str, mentions: list[Mention]) -> NamedProjects | None:
    """Find the list of projects in the *title* of an action.

    A list follows a role (such as «projectes emblemàtics») and an introduction (a colon, or
    «com»), runs to the end of the title, and each of its names begins with a capital letter.
    """
    for mention in mentions:
        if mention.relation == RELATION_TO_ROLE:
            # «com a referents» introduces no names, and the colon after it does.
            for introduction in _INTRODUCTION.finditer(title, mention.end):
                names, is_open = _names(title[introduction.end() :])
                if names:
                    return NamedProjects(names, mention.thing, is_open)
    return None


def _names(text: str) -> tuple[tuple[str, ...], bool]:
    """Split the end of a title into names; none where one of them is no name."""
    closed = _OPEN.sub("", text)
    is_open = closed != text
    parts = [part.strip() for part in _COMMA.split(closed.rstrip(". "))]
    if not is_open and (last := _LAST_TWO.match(parts[-1])) and _is_name(last["other"]):
        parts[-1:] = [last["one"], last["other"]]
    names = tuple(_ARTICLE.sub("", part) for part in parts)
    return (names, is_open) if all(map(_is_name, names)) else ((), is_open)


def _is_name(text: str) -> bool:
    bare = _ARTICLE.sub("", text)
    is_whole = bare.count("(") == bare.count(")")
    return is_whole and (bare[:1].isupper() or bare[:1].isdecimal())
