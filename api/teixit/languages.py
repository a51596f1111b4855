"""The three languages of Teixit, Catalan first, and whose turn it is."""

from collections.abc import Mapping
from typing import Final

#: In the order in which they are offered and fallen back to.
LANGUAGES: Final = ("ca", "es", "en")
DEFAULT: Final = LANGUAGES[0]


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Choose the text of *texts* for a reader of *language*.

    Args:
        texts: Texts by language tag; not empty.
        language: The tag that the reader asked for.

    Returns:
        The text in that language, or in the first of ours that there is, or any.
    """
    for tag in (language, *LANGUAGES):
        if tag in texts:
            return texts[tag]
    return next(iter(texts.values()))
