"""What every page of the website draws from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, cast

from flask import current_app
from pyoxigraph import Literal, Store

from teixit import paths, queries
from teixit.queries import Query


@dataclass(frozen=True)
class Site:
    """The graph, where it is served, and what is known of it when the server starts."""

    store: Store
    endpoint: str
    questions: tuple[Query, ...]
    counts: Mapping[str, int]

    @classmethod
    def around(cls, store: Store, address: str) -> Self:
        """Gather the site of *store* at *address*.

        Raises:
            KnowledgeError: A question or a query of the package is missing or wrong.
        """
        (overview,) = queries.named("overview", paths.QUERIES).rows(store)
        counts = {name: int(cast(Literal, count).value) for name, count in overview.items()}
        return cls(store, f"{address}sparql", tuple(queries.catalogue(paths.QUESTIONS)), counts)

    def question(self, text: str) -> Query | None:
        """Find the question that *text* asks, whatever the form made of its line ends."""
        words = text.split()
        return next((query for query in self.questions if query.text.split() == words), None)


def site() -> Site:
    """Give the site of the application that answers this request."""
    return cast(Site, current_app.extensions["teixit"])
