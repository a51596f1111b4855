"""What views are declared with, and call things by, in the three languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from teixit.explorer.wording import TURNS
from teixit.languages import in_language


@cache
def words(name: str) -> Mapping[str, Any]:
    """Read the file ``words/NAME.toml``.

    Raises:
        FileNotFoundError: There is none.
    """
    file = resources.files(__package__) / "words" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def say(texts: Mapping[str, str], language: str, **gaps: object) -> str:
    """Choose the text of *texts* for a reader of *language*, and fill its *gaps*.

    What fills them cannot turn the direction of the text.
    """
    filled = {name: TURNS.sub("", str(value)) for name, value in gaps.items()}
    return in_language(texts, language).format_map(filled)
