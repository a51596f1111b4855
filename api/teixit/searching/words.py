"""A text as words that are found however they are spelled."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

#: A question is read up to so many characters, and so many words of it count.
LONGEST: Final = 200
MOST: Final = 8
#: So much of a word counts, in characters.
_WORD_LENGTH: Final = 40
#: Letters and digits of any script. The dot of Catalan’s l·l, however it is typed, is part of the
#: word, and that in 31.2 of the number; an apostrophe ends a word: l’economia are two.
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f]|(?<=[lL])[·.•‧∙](?=[lL])|(?<=\d)[.,](?=\d))+")
_DOTS: Final = re.compile(r"(?<=l)[·.•‧∙](?=l)")
#: What is left out of a question that has other words too: articles and what is elided or
#: contracted with them in Catalan, Spanish and English, and the “of” between nouns.
_ARTICLES: Final = frozenset((
    "el", "la", "els", "les", "l", "en", "na", "lo", "los", "las", "un", "una", "uns", "unes",
    "unos", "unas", "de", "d", "del", "dels", "al", "als", "pel", "pels", "s", "n", "m", "t",
    "the", "a", "an", "of",
))  # fmt: skip
#: From so many letters on a word has an ending: that of the plural, or n of -ción in Spanish.
_LONG: Final = 6
_ENDING: Final = re.compile(r"(?<=io)n(?:e?s)?$|e?s$")


class Word(NamedTuple):
    """A word of a text: where it stands, in characters, and what it is found by."""

    start: int
    end: int
    folded: str


def words(text: str) -> Iterator[Word]:
    """Give the words of *text* in order."""
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        if folded:
            yield Word(match.start(), match.end(), folded)


@lru_cache(1 << 16)
def fold(word: str) -> str:
    """Give what a *word* is found by: without accents and case, ``Coòpolis`` as ``coopolis``."""
    if word.isascii():
        plain = word.lower()
    else:
        split = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(letter for letter in split if letter.isalnum() or letter in ".,·•‧∙")
    return _DOTS.sub("", plain).translate(_SIGNS)[:_WORD_LENGTH].strip(".")


#: Numbers are written with a dot; what is left of other signs says nothing.
_SIGNS: Final = str.maketrans(",", ".", "·•‧∙")


def significant(folded: Iterable[str]) -> Sequence[str]:
    """Leave out articles and repetitions, unless there is nothing but articles."""
    found = list(dict.fromkeys(folded))
    return [word for word in found if word not in _ARTICLES] or found


def key(text: str) -> str:
    """Give what two spellings of the same name have in common."""
    return " ".join(significant(word.folded for word in words(text)))


def asked(question: str) -> Sequence[str]:
    """Give the words that a *question* asks for."""
    return significant(word.folded for word in words(question[:LONGEST]))[:MOST]


def longest(question: str) -> str:
    """Give the longest word of a *question* as it is spelled there, in small letters."""
    found = (question[word.start : word.end].lower() for word in words(question))
    return max(found, key=len, default="")


def clean(question: str) -> str:
    """Give a *question* as it can be shown: in one line, without what cannot be seen.

    Characters that control the direction of writing (Unicode, category C) would reorder the page.
    """
    shown = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in question)
    return " ".join("".join(shown).split())[:LONGEST].strip()


def begins(word: str, asked_for: str) -> bool:
    """Say whether a *word* of a text is, or begins as, one that is asked for."""
    return word.startswith(stem(asked_for)) if is_beginning(asked_for) else word == asked_for


def is_beginning(asked_for: str) -> bool:
    """Say whether a word that is asked for may go on: neither a letter alone nor an article."""
    return len(asked_for) > 1 and asked_for not in _ARTICLES


@lru_cache(1 << 10)
def stem(asked_for: str) -> str:
    """Leave out the end of a word that is asked for, if it is one of the plural.

    So *cooperatives* finds *cooperativa*, and *acciones* finds *acció*. Short words stay as they
    are: Sants is not Sant.
    """
    if len(asked_for) < _LONG:
        return asked_for
    return _ENDING.sub("", asked_for)
