"""The pages of releases: the list of all, and each with its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template

from teixit.catalogue import editions, publishers, wording
from teixit.catalogue.model import Release
from teixit.exporting import ExportedFile
from teixit.languages import LANGUAGES, in_language
from teixit.web.forms import WITH_JSON
from teixit.web.site import site
from teixit.web.texts import citation, messages, reader_language


@dataclass(frozen=True)
class Part:
    """The files of a dataset, as the page of a release shows them.

    Args:
        name: Of the dataset; the fragment of the release that names it.
        title: In the reader's language.
        files: Those of the whole dataset.
        details: The many others: the tables of classes, or the questions.
    """

    name: str
    title: str
    files: Sequence[ExportedFile]
    details: Sequence[ExportedFile]


def all_of(releases: Sequence[Release]) -> str:
    """List the *releases*, the newest first."""
    language = reader_language()
    return render_template(
        "releases/list.html",
        addresses={tag: f"/releases.{tag}.html" for tag in LANGUAGES},
        canonical=f"{site().address}/releases.{language}.html",
        forms={f"/releases.{ending}": type_ for ending, type_ in WITH_JSON.items()},
        releases=[*reversed(releases)],
        size=_size,
    )


def one(release: Release, *, kept: bool) -> str:
    """Show a *release* with its files, and say whether it is *kept* for ever."""
    language, address = reader_language(), f"/releases/{release.contents.version}"
    is_ours = editions.is_ours(release)
    return render_template(
        "releases/release.html",
        addresses={tag: f"{address}.{tag}.html" for tag in LANGUAGES},
        canonical=f"{site().address}{address}.{language}.html",
        cited=_citation(release, language) if is_ours else None,
        folder=f"{address}/",
        forms={f"{address}.{ending}": type_ for ending, type_ in WITH_JSON.items()},
        is_ours=is_ours,
        kept=kept,
        original=wording.datasets()["graph"].iri,
        parts=[*_parts(release, language, is_ours=is_ours)],
        release=release,
        size=_size,
    )


def _size(release: Release) -> int:
    """Add the lengths of all files, in bytes."""
    return sum(file.bytes for file in release.contents.files)


def _citation(release: Release, language: str) -> str:
    publisher = in_language(publishers.chosen().name, language)
    title = wording.datasets()["graph"].title[language]
    day, version = release.contents.modified, release.contents.version
    return citation(language, publisher, day, title, version, release.iri)


def _parts(release: Release, language: str, *, is_ours: bool) -> Iterable[Part]:
    for name, dataset in wording.datasets().items():
        files = [file for file in release.contents.files if file.dataset == name]
        title = dataset.title[language]
        if name == "graph" and not is_ours:
            title = messages(language)["releases.graph"]
        if files:
            whole = [file for file in files if "/" not in file.name]
            yield Part(name, title, whole, [file for file in files if "/" in file.name])
