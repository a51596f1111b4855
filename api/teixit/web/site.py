"""What every page of the website draws from."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeAlias, cast

from flask import current_app
from pyoxigraph import Store

from teixit import paths, queries
from teixit.discovery.records import Record
from teixit.errors import LimitError, RequestError
from teixit.namespaces import BASE
from teixit.queries import Query, Remote
from teixit.searching import Index
from teixit.web.checked import Findings
from teixit.workers import Limits

#: The value of each variable of a row, as text.
Row: TypeAlias = Mapping[str, str]
#: Gives the rows of a query, and says of which version of the data they are.
Ask: TypeAlias = Callable[[Query], tuple[Iterable[Row], str]]
#: Gives the datasets as the catalogue describes them, by name; none where others are served.
Records: TypeAlias = Callable[[], Mapping[str, Record]]


@dataclass(frozen=True)
class Site:
    """How the graph is asked, where it is served, and what people may ask of it.

    Args:
        ask: Gives the rows of a query.
        version: Gives the version of the data.
        endpoint: The address of the SPARQL endpoint.
        limits: What one query may use.
        questions: Those that people ask.
        address: Where the world finds the site, without a slash at the end.
        records: Gives the datasets.
        contact: The address of electronic mail that questions go to, if there is one.
        graph: Answers queries with values, for views.
        index: Gives what searches are answered from.
        findings: Gives what the shapes find in the graph; None where it was not checked.
    """

    ask: Ask
    version: Callable[[], str]
    endpoint: str
    limits: Limits
    questions: tuple[Query, ...]
    address: str
    records: Records
    contact: str | None
    graph: Store | Remote
    index: Callable[[], Index]
    findings: Callable[[], Findings | None]
    #: By the name of a question: the version of the data that it was asked of, when that was, and
    #: whether the answer was the one that is kept.
    checks: dict[str, tuple[str, str, bool]] = field(default_factory=dict)
    _kept: dict[str, tuple[str, Sequence[Row]]] = field(default_factory=dict)

    @classmethod
    def around(  # noqa: PLR0913, PLR0917 - what pages draw from
        cls,
        ask: Ask,
        version: Callable[[], str],
        endpoint: str,
        limits: Limits,
        address: str | None = None,
        records: Records = dict,
        contact: str | None = None,
        graph: Store | Remote | None = None,
        index: Callable[[], Index] | None = None,
        findings: Callable[[], Findings | None] = lambda: None,
    ) -> Self:
        """Gather the site, with the questions that Teixit ships.

        Its address is by default the base of all IRIs, where the world is led from; its graph is
        empty, and nothing can be searched.

        Raises:
            KnowledgeError: A question is missing or wrong.
        """
        questions = tuple(queries.catalogue(paths.QUESTIONS))
        where = address or BASE[:-1]
        whole = Store() if graph is None else graph
        told = records, contact, whole, index or _not_searched, findings
        return cls(ask, version, endpoint, limits, questions, where, *told)

    def counts(self) -> Mapping[str, int]:
        """Count what is in the graph, once for each version of the data.

        Raises:
            RequestError: The workers cannot say.
        """
        (row,) = self.rows("overview")
        return {name: int(value) for name, value in row.items()}

    def rows(self, name: str) -> Sequence[Row]:
        """Give the rows of the package's own query *name*, asked once for each version of the data.

        Raises:
            RequestError: The workers cannot say.
        """
        version, found = self._kept.get(name, ("", ()))
        if version != self.version():
            rows, version = self.ask(queries.named(name, paths.QUERIES))
            found = [*rows]
            self._kept[name] = version, found
        return found

    def edition(self, *, ask: bool = True) -> Row | None:
        """Say of which edition the graph is, and what it is called in each language.

        Args:
            ask: Whether to wait for the workers, if it is not known yet.

        Returns:
            ``version``, ``modified``, ``publisher`` and the title by language; nothing where the
            graph does not say, or nobody can say at the moment.
        """
        if not ask:
            version, found = self._kept.get("edition", ("", ()))
            return next(iter(found), None) if version == self.version() else None
        with contextlib.suppress(RequestError):
            return next(iter(self.rows("edition")), None)
        return None

    def question(self, text: str) -> Query | None:
        """Find the question that *text* asks, whatever the form made of its line ends."""
        words = text.split()
        return next((query for query in self.questions if query.text.split() == words), None)


def _not_searched() -> Index:
    raise LimitError("nothing is searched here", "index")


def site() -> Site:
    """Give the site of the application that answers this request."""
    return cast(Site, current_app.extensions["teixit"])
