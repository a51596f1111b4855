"""The texts of the pages in the three languages, and which of them the reader reads."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from flask import request

from teixit import __version__, namespaces
from teixit.languages import DEFAULT, LANGUAGES
from teixit.web import pages
from teixit.web.site import Row, site


@cache
def messages(language: str) -> Mapping[str, str]:
    """Read the texts in *language*, each under ``table.key``: the views have files of their own."""
    folder = resources.files(__package__) / "messages"
    of_views = (folder / "explorer").iterdir()
    files = [folder / f"{language}.toml", *_named(of_views, f".{language}.toml")]
    tables = [tomllib.loads(file.read_text("utf-8")) for file in files]
    return {
        f"{name}.{key}": text
        for table in tables
        for name, texts in table.items()
        for key, text in texts.items()
    }


def _named(files: Iterable[Traversable], ending: str) -> list[Traversable]:
    found = (file for file in files if file.name.endswith(ending))
    return sorted(found, key=lambda file: file.name)


@cache
def foreign_names() -> Mapping[str, Mapping[str, str]]:
    """Read what terms of others are called, by prefixed name and by language."""
    file = resources.files(__package__) / "foreign.toml"
    return tomllib.loads(file.read_text("utf-8"))


def reader_language() -> str:
    """Give the reader's language.

    It is that of the address, else that of a form that was sent, else the one the browser asks for
    (RFC 9110, section 12.5.4), else Catalan.
    """
    for tag in (request.path.split("/")[1], request.args.get("language"), pages.named_language()):
        if tag in LANGUAGES:
            return tag
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT


def citation(language: str, publisher: str, day: str, title: str, version: str, iri: str) -> str:  # noqa: PLR0913, PLR0917 - what a citation is made of
    """Say in *language* how what was published on a *day* is cited (DWBP, best practice 35)."""
    told = {"publisher": publisher, "year": day[:4], "title": title, "version": version}
    return messages(language)["site.citation"].format(**told, iri=iri)


def _citation_of(edition: Row, language: str) -> str:
    publisher, title = edition["publisher"], edition[language]
    iri = namespaces.thing("dataset", "graph")
    return citation(language, publisher, edition["modified"], title, edition["version"], iri)


def context() -> dict[str, Any]:
    """Give every template the language, its texts and its way of writing numbers."""
    language = reader_language()
    found = messages(language)

    def text(key: str, **values: object) -> str:
        return found[key].format_map(values)

    def number(value: int) -> str:
        return f"{value:,}".replace(",", found["site.thousands"])

    edition = site().edition(ask=not pages.is_given())
    return {
        "citation": edition and _citation_of(edition, language),
        "contact": site().contact,
        "edition": edition,
        "language": language,
        "languages": LANGUAGES,
        "name_of": lambda tag: messages(tag)["site.language"],
        "number": number,
        "origin": site().address,
        "text": text,
        "texts": found,
        "version": __version__,
    }
