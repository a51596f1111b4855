"""The datasets that are served, as the catalogue describes them."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import Quad, Store

from teixit import paths, queries
from teixit.catalogue import dcat, profiles, publishers
from teixit.catalogue.model import Catalogue, Facts, Release
from teixit.discovery import records
from teixit.discovery.records import Record
from teixit.languages import LANGUAGES
from teixit.web.site import Ask

#: The addresses of pages that are made of the datasets, and so of the release.
TELLS_OF_RELEASE: Final = re.compile(
    rf"(?:/(?:{'|'.join(LANGUAGES)}))?/datasets/.*|/sitemap\.xml|/linkset\.json"
)


class Datasets:
    """Gives the datasets, by name: read once for each release, from what harvesters are given.

    Args:
        ask: Gives the rows of a query.
        version: Gives the version of the data.
        release: Gives the release of the graph that is served; None where it has no files.
    """

    def __init__(
        self, ask: Ask, version: Callable[[], str], release: Callable[[], Release | None]
    ) -> None:
        self._ask = ask
        self._version = version
        self._release = release
        self._kept: tuple[object, Mapping[str, Record]] | None = None

    def __call__(self) -> Mapping[str, Record]:
        """Give them; none where what is served does not describe itself, or has no files.

        Raises:
            RequestError: The release is still being made, or the workers cannot say.
        """
        release = self._release()
        key = self._version(), release
        if self._kept is None or self._kept[0] != key:
            rows, _ = self._ask(queries.named("facts", paths.QUERIES / "catalogue"))
            facts = Facts.of([*rows])
            if facts is None or release is None:
                return {}
            self._kept = key, _records(release, facts)
        return self._kept[1]


def _records(release: Release, facts: Facts) -> Mapping[str, Record]:
    publisher = publishers.chosen()
    store = Store()
    triples = dcat.describe(Catalogue(release, publisher, publisher, facts), profiles.AP)
    store.extend(Quad(*triple) for triple in triples)
    return records.read(store)
