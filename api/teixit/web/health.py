"""How the service is, for whoever watches it."""

import json
import time
from typing import Final

from teixit import __version__
from teixit.web import headers
from teixit.web.asking import Asking
from teixit.web.exchange import Incoming, Reply

PATH: Final = "/health"


class Health:
    """Answers at :data:`PATH`: version, hash of the data, store, workers; nothing of any client.

    Args:
        asking: Whose workers they are.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._started = time.monotonic()

    async def answer(self, incoming: Incoming) -> Reply:
        """Say how the service is.

        Raises:
            HTTPException: The method is not one that only reads.
        """
        if incoming.method == "OPTIONS":
            return headers.options(headers.READ_ONLY)
        await headers.only_read(incoming)
        pool, cache = self._asking.pool, self._asking.cache
        known = {
            "version": __version__,
            "uptime_seconds": round(time.monotonic() - self._started, 1),
            "data": pool.version,
            **{name: value for name, value in pool.health().items() if name != "version"},
            "cache": {
                "answers": len(cache.answers),
                "replies": len(cache.replies),
                "bytes": cache.answers.size + cache.replies.size,
            },
        }
        told = {"content-type": "application/json", "cache-control": "no-store"}
        return Reply(200, told, json.dumps(known, indent=1).encode())
