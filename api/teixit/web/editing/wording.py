"""The texts of the form in the three languages, and which of them the reader reads."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from flask import request

from teixit import __version__
from teixit.languages import DEFAULT, LANGUAGES, in_language
from teixit.web import texts
from teixit.web.editing import guarding


@cache
def messages(language: str) -> Mapping[str, str]:
    """Read the texts of the site and of the form in *language*."""
    file = resources.files(__package__) / "messages" / f"{language}.toml"
    own = tomllib.loads(file.read_text("utf-8"))
    return {**texts.messages(language), **own}


def reader_language() -> str:
    """Give the language of the address, else the one that the browser asks for, else Catalan."""
    tag = request.path.split("/")[1]
    if tag in LANGUAGES:
        return tag
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT


def text(key: str, **values: object) -> str:
    """Give a text in the reader's language."""
    return messages(reader_language())[key].format_map(values)


def context() -> dict[str, Any]:
    """Give every template the language and its texts."""
    language = reader_language()
    _, tag, *rest = request.path.split("/", 2)
    place = "".join(rest) if tag == language else "edit/"
    return {
        "addresses": {tag: f"/{tag}/{place}" for tag in LANGUAGES},
        "language": language,
        "languages": LANGUAGES,
        "name_of": lambda tag: messages(tag)["site.language"],
        "origin": "",
        "said": lambda told: in_language(told, language) if told else "",
        "text": text,
        "token": guarding.token(),
        "version": __version__,
    }
