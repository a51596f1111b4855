"""What is to be drawn, as it travels to whoever draws."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from teixit.pictures.rows import Table


@dataclass(frozen=True)
class Wanted:
    """A picture that is asked for.

    Args:
        view: One of :data:`teixit.pictures.choosing.VIEWS`, but the table.
        title: What it shows.
        query: What was asked.
        endpoint: The address of who was asked.
        columns: The names of the variables.
        rows: The first rows, as SPARQL 1.1 Query Results JSON has them.
        total: How many there are in all.
        labels: What things are called, by IRI.
        words: The texts of :class:`teixit.pictures.wording.Words`.
    """

    view: str
    title: str
    query: str
    endpoint: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    total: int
    labels: Mapping[str, str]
    words: Mapping[str, str]

    def written(self) -> str:
        """Write it as JSON of plain ASCII, which the pipe does not make much longer."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, written: str) -> Self:
        """Read what :meth:`written` gave."""
        return cls(**json.loads(written))

    @property
    def table(self) -> Table:
        """The table that is drawn."""
        return Table(self.columns, self.rows, self.total, self.labels)
