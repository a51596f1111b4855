"""The tokens of a query: one scan in linear time, shared by all that look at its text.

The names of rules are those of SPARQL 1.1 Query Language, section 19.8, with what SPARQL 1.2
adds. Any text has tokens, right or wrong: what is no token of SPARQL is one of a character.
"""

import re
from functools import cached_property
from typing import Final
from urllib.parse import urljoin

#: What stands in names; all beyond ASCII is taken, since the engine refuses what is wrong.
_NAME: Final = r"A-Za-z0-9_\x80-\U0010ffff"
_LOW: Final = r"(?:[0-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2})"
#: UCHAR, without the surrogates, which no text can hold.
_CODE: Final = (
    rf"\\u{_LOW} | \\U(?:0000{_LOW} | 000[1-9A-Fa-f][0-9A-Fa-f]{{4}} | 0010[0-9A-Fa-f]{{4}})"
)
_ESCAPE: Final = rf"""\\[tbnrf"'\\] | {_CODE}"""
_STRINGS: Final = rf"""
      \"{{3}} (?: [^"\\] | {_ESCAPE} | "(?!"") )*+ \"{{3}}
    | '{{3}} (?: [^'\\] | {_ESCAPE} | '(?!'') )*+ '{{3}}
    | (?!\"{{3}}) " (?: [^"\\\r\n] | {_ESCAPE} )*+ "
    | (?!'{{3}}) ' (?: [^'\\\r\n] | {_ESCAPE} )*+ '
"""
#: Every alternative takes all that it has looked at, so that no text is read twice; a string
#: without end takes the rest for the same reason, and a prefix is looked for as far as 60
#: characters (one that is longer falls into several tokens, which does no harm).
_TOKEN: Final = re.compile(
    rf"""
    (?: [ \t\r\n]++ | \#[^\r\n]*+ )*+
    (   [?$][{_NAME}]++
      | (?i:true|false)(?=-)
      | _:[{_NAME}](?: [{_NAME}-] | \.++(?=[{_NAME}-]) )*+
      | (?: [A-Za-z\x80-\U0010ffff](?: [{_NAME}-] | \.++(?=[{_NAME}-]) ){{0,60}}+ )?+ :
        (?: (?: [{_NAME}:%] | \\. )
            (?: [{_NAME}:%-] | \\. | \.++(?=[{_NAME}:%\\-]) )*+ )?+
      | [A-Za-z_\x80-\U0010ffff][{_NAME}]*+
      | < (?: [^\x00-\x20<>"{{}}|^`\\] | {_CODE} )*+ >
      | {_STRINGS}
      | ["'].*+
      | @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+
      | (?: [0-9]++(?:\.[0-9]++|\.(?=[eE][+-]?[0-9]))?+ | \.[0-9]++ )(?:[eE][+-]?[0-9]++)?+
      | << | >> | <= | >= | != | \|\| | && | \^\^
      | [^ \t\r\n]
      | \Z
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING: Final = re.compile(_STRINGS, re.VERBOSE | re.DOTALL)
_CODES: Final = re.compile(_CODE, re.VERBOSE)
_CLOSING: Final = {"(": ")", "{": "}", "[": "]", "<<": ">>"}
_OPERATORS: Final = frozenset({"<<", "<=", ">=", "!=", "||", "&&", "^^"})
_OPERAND_WORDS: Final = frozenset({"TRUE", "FALSE"})


class Tokens:
    """A query and its tokens, read when they are first asked for.

    Args:
        text: The query, or any text.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lowered(self) -> str:
        """The text in small letters: a quick look whether a keyword can be there at all."""
        return self.text.lower()

    @cached_property
    def words(self) -> list[str]:
        """The tokens, without the white space and the comments."""
        found: list[str] = _TOKEN.findall(self.text)
        while found and not found[-1]:
            found.pop()
        return found

    @cached_property
    def starts(self) -> list[int]:
        """Where each of :attr:`words` begins in the text."""
        return [match.start(1) for match in _TOKEN.finditer(self.text) if match[1]]

    @cached_property
    def partners(self) -> list[int]:
        """For each bracket, the place among :attr:`words` of the one that it opens or closes.

        It is -1 for all else, and for a bracket without a partner.
        """
        found = [-1] * len(self.words)
        opened: list[int] = []
        for index, word in enumerate(self.words):
            if word in _CLOSING:
                opened.append(index)
            elif opened and word == _CLOSING[self.words[opened[-1]]]:
                found[index] = opened.pop()
                found[found[index]] = index
        return found

    @cached_property
    def prologue(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """The prefixes (with their colon) and the bases that the query declares (rule 4)."""
        prefixes: dict[str, str] = {}
        bases: list[str] = []
        index, words = 0, self.words
        while index + 1 < len(words):
            match words[index].upper():
                case "PREFIX" if index + 2 < len(words) and is_iri(words[index + 2]):
                    prefixes[words[index + 1]] = _joined(bases, words[index + 2])
                    index += 3
                case "BASE" if is_iri(words[index + 1]):
                    bases.append(_unescaped(words[index + 1]))
                    index += 2
                case "VERSION":
                    index += 2
                case _:
                    break
        return prefixes, tuple(bases)

    def iri(self, word: str, base: str) -> str:
        """Give the IRI that *word* stands for, an IRIREF or a prefixed name.

        A name whose prefix is not declared gives its local part alone.
        """
        prefixes, bases = self.prologue
        if is_iri(word):
            return _joined([base, *bases], word)
        prefix, _, local = word.partition(":")
        iri = prefixes.get(f"{prefix}:", "") + local.replace("\\", "")
        return _joined([base, *bases], f"<{iri}>")

    def place(self, index: int) -> tuple[int, int]:
        """Give line and column, counted from 1, of a token."""
        before = self.text[: self.starts[index]]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def end(self, index: int) -> int:
        """Give where in the text the token at *index* ends."""
        return self.starts[index] + len(self.words[index])


def scan(text: str) -> Tokens:
    """Read *text*, whatever it is, in a time that grows with its length and no faster."""
    return Tokens(text)


def is_iri(word: str) -> bool:
    """Tell whether the token *word* is an IRIREF, such as ``<http://one.example/>``."""
    return word[0] == "<" and word[-1] == ">" and len(word) > 1


def is_variable(word: str) -> bool:
    """Tell whether the token *word* is a variable."""
    return word[0] in "?$" and len(word) > 1


def is_name(word: str) -> bool:
    """Tell whether the token *word* is a prefixed name; the label of a blank node is none."""
    return ":" in word and word[0] not in "_<\"'"


def is_string(word: str) -> bool:
    """Tell whether the token *word* is a string with both its ends."""
    return word[0] in "\"'" and _STRING.fullmatch(word) is not None


def is_operand(word: str) -> bool:
    """Tell whether an expression can end with *word*, so that ``<`` after it may compare."""
    if word[0].isalpha():
        return ":" in word or word.upper() in _OPERAND_WORDS
    if len(word) > 1:
        return word not in _OPERATORS
    return word in ")}:" or word.isdecimal()


def _unescaped(iri: str) -> str:
    return _CODES.sub(lambda code: chr(int(f"0x{code[0][2:]}", 0)), iri[1:-1])


def _joined(bases: list[str], iri: str) -> str:
    """Resolve *iri* against the last of *bases*, and that against those before."""
    found = ""
    for reference in (*bases, _unescaped(iri)):
        try:
            found = urljoin(found, reference)
        except ValueError:  # the engine says what is wrong with it
            found = reference
    return found
