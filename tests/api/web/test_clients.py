import pytest

from teixit.errors import ServeError
from teixit.web.clients import Clients

PROXIES = ("192.0.2.1", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("behind", "peer", "forwarded", "client"),
    [
        ((), "198.51.100.7", "", "198.51.100.7"),
        ((), "198.51.100.7", "203.0.113.9", "198.51.100.7"),  # anybody can write that
        (PROXIES, "198.51.100.7", "203.0.113.9", "198.51.100.7"),
        (PROXIES, "192.0.2.1", "203.0.113.9", "203.0.113.9"),
        (PROXIES, "192.0.2.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (PROXIES, "192.0.2.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        (PROXIES, "192.0.2.1", "10.1.2.3", "10.1.2.3"),
        (PROXIES, "192.0.2.1", "", "192.0.2.1"),
        (PROXIES, "192.0.2.1", "203.0.113.9,", "192.0.2.1"),
        (PROXIES, "192.0.2.1", "unknown", "unknown"),
        (PROXIES, "192.0.2.1", "203.0.113.9, unknown", "unknown"),
        ((), "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ((), "::ffff:198.51.100.7", "", "198.51.100.7"),
    ],
)
def test_a_client_is_who_asks_and_not_who_it_says_it_is(
    behind: tuple[str, ...], peer: str, forwarded: str, client: str
) -> None:
    assert Clients(behind).name(peer, forwarded) == client


def test_a_name_is_never_long() -> None:
    assert len(Clients(PROXIES).name("10.0.0.1", "x" * 5000)) == 64


def test_a_proxy_has_an_address() -> None:
    with pytest.raises(ServeError, match=r"behind: expected an address or a network: .*'proxy'"):
        Clients(["proxy"])
