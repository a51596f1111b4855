"""The graphs, whole: SPARQL 1.1 Graph Store HTTP Protocol, read-only."""

from typing import Final

from teixit import negotiation, paths, protocol, queries
from teixit.errors import QueryError
from teixit.web import headers
from teixit.web.exchange import Incoming, Reply
from teixit.web.sparql import Endpoint
from teixit.workers import Job

PATH: Final = "/graphs"


class GraphStore:
    """Answers at :data:`PATH`.

    Args:
        endpoint: Who answers.
        address: Of the SPARQL endpoint, to which relative IRIs in graphs are relative.
    """

    def __init__(self, endpoint: Endpoint, address: str) -> None:
        self._endpoint = endpoint
        self._address = address

    async def answer(self, incoming: Incoming) -> Reply:
        """Give the graph that the address names (section 5.2), or the names of all.

        The protocol leaves open what the store itself gives; a list of its graphs is what lets
        a program find them.

        Raises:
            RequestError: There is no such graph, or it is not told which.
            HTTPException: The method would change something.
            GoneError: The client left.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        return await self._endpoint.reply(incoming, self._job(incoming))

    def _job(self, incoming: Incoming) -> Job:
        accept = incoming.headers.get("accept")
        gzip = negotiation.gzip(incoming.headers.get("accept-encoding"))
        pairs = protocol.parameters(incoming.query)
        names = [value for name, value in pairs if name == "graph"]
        defaults = [value for name, value in pairs if name == "default"]
        if not names and not defaults:
            text = queries.named("graphs", paths.QUERIES).text
            chosen = negotiation.choose(accept, tuple(protocol.TABLES))
            return Job("query", text, (chosen, None, None), base=self._address, gzip=gzip)
        if len(names) + len(defaults) > 1 or any(defaults):
            raise QueryError("expected graph=IRI or default, and only one of them")
        if names and not names[0]:
            raise QueryError("graph: expected an absolute IRI, found nothing")
        chosen = negotiation.choose(accept, tuple(protocol.GRAPHS))
        name = names[0] if names else ""
        return Job("graph", name, (None, None, chosen), base=self._address, gzip=gzip)
