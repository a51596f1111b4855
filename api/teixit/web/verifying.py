"""Whether an answer is still the one that was cited, and what has changed."""

import asyncio
import json
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from teixit import __version__, protocol
from teixit.catalogue import editions
from teixit.citing import Cited
from teixit.citing.addresses import DIGITS
from teixit.citing.comparing import Difference, compare
from teixit.errors import ChoiceError, LimitError
from teixit.exporting import Exported
from teixit.web.asking import Asking, Found
from teixit.web.exchange import Incoming
from teixit.web.exported import Exports
from teixit.web.former import Former
from teixit.web.forms import language_of
from teixit.web.texts import messages
from teixit.workers import Job

#: What has become of an answer:
#:
#: * ``same``: the same release gives it
#: * ``unchanged``: another release gives the same
#: * ``changed``: its release gives it, and that which is served now another
#: * ``lost``: another release gives another, and its own is not here to be asked
#: * ``altered``: its own release gives another, so the address does not fit
Word: TypeAlias = Literal["same", "unchanged", "changed", "lost", "altered"]

#: Who cites waits for the release of a service that has just begun longer than who wants its
#: files, so many times: nothing else tells what is served.
_TURNS: Final = 3
#: Longer answers are not compared, in bytes of each.
_COMPARED: Final = 4 << 20
_TSV: Final = "text/tab-separated-values"
_BOOLEAN: Final = "application/sparql-results+json"
#: An answer in lines, by its form.
_LINES: Final = (_TSV, _BOOLEAN, "application/n-triples")


@dataclass(frozen=True)
class Served:
    """What is served now.

    Args:
        release: Its number.
        data: The first digits of the hash of its data; empty where they may change unseen.
        issued: The day of the release, as an ISO 8601 date; nothing where it is not known.
        ours: Whether it is our graph, and not just files that are served.
    """

    release: str
    data: str
    issued: str | None
    ours: bool


@dataclass(frozen=True)
class Verdict:
    """What has become of an answer.

    Args:
        word: In one word.
        found: The answer that was cited, if it can be given.
        served: What is served now.
        sha256: Of the answer that is given now.
        release: The release that gave :attr:`found`, if it is not the one that is served.
    """

    word: Word
    found: Found | None
    served: Served
    sha256: str
    release: Exported | None = None


class Verifying:
    """Asks again what was cited.

    Args:
        asking: Who answers.
        exports: The releases.
        former: Who asks those of before.
        endpoint: The address that relative IRIs of queries are relative to.
    """

    def __init__(self, asking: Asking, exports: Exports, former: Former, endpoint: str) -> None:
        self._asking = asking
        self._exports = exports
        self._former = former
        self._endpoint = endpoint

    async def served(self, incoming: Incoming) -> Served:
        """Say what is served now.

        Raises:
            LimitError: That is still being found out.
            GoneError: The client left.
        """
        for _ in range(_TURNS):
            await self._exports.settle(incoming)
        found = self._exports.release()
        if found is not None:
            contents = found.contents
            ours = editions.is_ours(found)
            return Served(contents.version, contents.rdfc10[:DIGITS], contents.modified, ours)
        data = "" if self._asking.changing else self._asking.pool.version[:DIGITS]
        return Served(__version__, data, None, ours=False)

    async def found(self, job: Job, incoming: Incoming) -> Found:
        """Give what is answered now, which must be the same each time.

        Raises:
            ChoiceError: It is another each time.
            RequestError: A worker says so, or the data are being replaced.
            GoneError: The client left.
        """
        found = await self._asking.found(job, incoming)
        if not found.cacheable:
            raise ChoiceError(messages(language_of(incoming))["cite.fleeting"])
        if found.version != self._asking.pool.version:
            raise LimitError("the data have just been replaced; ask again", "busy", 1)
        return found

    def job(self, asked: protocol.Operation, job: Job) -> Job:
        """Give the *job* of having *asked*, so that its answer has one form."""
        graphs = (asked.default_graphs, asked.named_graphs)
        default, named = (
            None if each is None else tuple(sorted({graph.value for graph in each}))
            for each in graphs
        )
        return replace(
            job,
            query=asked.query,
            default_graphs=default,
            named_graphs=named,
            base=self._endpoint,
            settled=True,
        )

    async def verdict(self, cited: Cited, job: Job, incoming: Incoming) -> Verdict:
        """Ask *job*, of what is served now and, if that gives another answer, of the old release.

        Raises:
            RequestError: What is asked cannot be given.
            GoneError: The client left.
        """
        served = await self.served(incoming)
        found = await self.found(job, incoming)
        now = str(found.sha256)
        is_same = bool(cited.data) and cited.data == served.data
        if now == cited.sha256:
            return Verdict("same" if is_same else "unchanged", found, served, now)
        release = None if is_same else self._release(cited)
        if release is None:
            return Verdict("altered" if is_same else "lost", None, served, now)
        (then,) = await self._former.found(release, [job], incoming)
        if then.sha256 != cited.sha256:
            return Verdict("altered", None, served, now)
        return Verdict("changed", then, served, now, release)

    async def difference(self, verdict: Verdict, job: Job, incoming: Incoming) -> Difference | None:
        """Compare what was cited with what is answered now.

        Returns:
            None where it has not changed, there is nothing to compare with, or it is too long.

        Raises:
            RequestError: What is asked cannot be given.
            GoneError: The client left.
        """
        if verdict.release is None:
            return None
        job = replace(job, accept=_LINES, gzip=False, table_rows=None)
        now = await self.found(job, incoming)
        (then,) = await self._former.found(verdict.release, [job], incoming)
        if max(now.length, then.length) > _COMPARED:
            return None
        tables = now.media_type == _TSV
        return await asyncio.to_thread(compare, _lines(then), _lines(now), tables=tables)

    def _release(self, cited: Cited) -> Exported | None:
        """Find the release that answered what was *cited*, if it is here."""
        release = self._exports.shelf.releases.get(cited.release)
        if release is None or not cited.data:
            return None
        return release if release.contents.rdfc10.startswith(cited.data) else None


def _lines(found: Found) -> bytes:
    """Give the one form of an answer that was asked for as :data:`_LINES`."""
    body = found.first(found.length)
    if found.media_type != _BOOLEAN:
        return body
    return b"true\n" if json.loads(body)["boolean"] else b"false\n"
