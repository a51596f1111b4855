"""New data in the place of old, while the service goes on."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from teixit.errors import TeixitError
from teixit.web.asking import Asking
from teixit.web.log import Log
from teixit.workers import Source

#: How often it is looked whether there is a newer source, in seconds.
_PACE: Final = 1.0


class Renewal:
    """Serves the newest source there is.

    Args:
        asking: Whose workers have the data.
        source: What is served now.
        newest: Says what ought to be served; None where that is always the same.
        log: Where it is told how it went.
        renewed: Told of the source that is served from now on.
    """

    def __init__(
        self,
        asking: Asking,
        source: Source,
        newest: Callable[[], Source] | None,
        log: Log,
        renewed: Callable[[Source], None],
    ) -> None:
        self._asking = asking
        self._source = source
        self._newest = newest
        self._log = log
        self._renewed = renewed
        self._wanted = asyncio.Event()

    def reload(self) -> None:
        """Load the data anew, even if they come from where they came from before."""
        self._wanted.set()

    async def go_on(self) -> None:
        """Look for new data, and load them, for ever. What cannot be loaded is not served."""
        known = ""
        while True:
            is_told = await self._is_told()
            error = await self._renew(is_told=is_told)
            if error and (is_told or repr(error) != known):  # and not the same every second
                self._say(error)
            known = repr(error)

    async def _renew(self, *, is_told: bool) -> Exception | None:
        """Load what there is, if it is new or that was told; give what hinders."""
        try:
            found = await asyncio.to_thread(self._newest) if self._newest else self._source
            if is_told or found != self._source:
                self._source = found  # even if it cannot be loaded: not every second anew
                await self._asking.pool.replace(found)
                self._asking.cache.clear()
                self._renewed(found)
                self._log.event("data", version=self._asking.pool.version)
        except Exception as error:  # noqa: BLE001 - what is served stays, whatever it is
            return error
        return None

    def _say(self, error: Exception) -> None:
        if isinstance(error, TeixitError):
            self._log.event("data", error=str(error))
        else:
            self._log.fault(error)

    async def _is_told(self) -> bool:
        """Wait for a while, or until told to reload; say whether that was it."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), _PACE if self._newest else None)
        was_told = self._wanted.is_set()
        self._wanted.clear()
        return was_told
