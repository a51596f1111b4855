"""What a file says of itself: what was asked, where, and of which release the answer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from pyoxigraph import Store

from teixit import paths, queries
from teixit.queries import Remote


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of a file come from.

    Args:
        query: The text of the query.
        endpoint: The address of who was asked.
        version: Of the release that was asked; empty where the graph does not say.
        modified: The day of that release, as ISO 8601 has it; empty likewise.
        publisher: Who published it; empty likewise.
    """

    query: str = ""
    endpoint: str = ""
    version: str = ""
    modified: str = ""
    publisher: str = ""

    @classmethod
    def of(cls, store: Store | Remote, query: str, endpoint: str) -> Self:
        """Ask a *store* of which release it is.

        Raises:
            UpstreamError: It is another server, which does not answer.
        """
        row = next(iter(queries.named("edition", paths.QUERIES).rows(store)), {})
        version, modified, publisher = (
            getattr(row.get(name), "value", "") for name in ("version", "modified", "publisher")
        )
        return cls(query, endpoint, version, modified, publisher)

    @property
    def told(self) -> Mapping[str, str]:
        """All that is known, by the names that files give it."""
        return {
            "source": self.endpoint,
            "publisher": self.publisher,
            "release": self.version,
            "date": self.modified,
            "query": self.query,
        }
