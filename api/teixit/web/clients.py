"""Whom the work of a request is counted for."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from teixit.errors import ServeError

#: As much of an address of version 6 as one household or machine has to itself.
_HOUSEHOLD: Final = 64
#: No address is longer, in characters.
_LONGEST: Final = 64


class Clients:
    """The clients of the service, told apart by their addresses.

    Args:
        behind: The addresses or networks of our own proxies, whose X-Forwarded-For is believed.

    Raises:
        ServeError: One of them is no address.
    """

    def __init__(self, behind: Iterable[str] = ()) -> None:
        try:
            self._behind = tuple(ip_network(address) for address in behind)
        except ValueError as error:
            raise ServeError(f"behind: expected an address or a network: {error}") from error

    def name(self, peer: str, forwarded: str | None) -> str:
        """Name the client.

        Args:
            peer: The address at the other end of the connection.
            forwarded: The X-Forwarded-For header. Each proxy adds at its end whom it saw, so
                that it is read from there, for as long as proxies of ours wrote it.
        """
        seen = peer
        hops = (forwarded or "").split(",") if self._behind else []
        while hops and self._is_ours(seen):
            hop = hops.pop().strip()
            if not hop:
                break
            seen = hop[:_LONGEST]
        return _household(seen)

    def _is_ours(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._behind)


@lru_cache(maxsize=4096)
def _household(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Network((found, _HOUSEHOLD), strict=False))
    return str(found)
