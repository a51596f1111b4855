"""Choosing a media type by what the client accepts (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from teixit.errors import NotAcceptableError

_ANYTHING: Final = "*/*"
_NAME: Final = re.compile(r"\*/\*|[a-z0-9!#$&^_.+-]+/(?:\*|[a-z0-9!#$&^_.+-]+)")
#: As in section 12.4.2, and as the clients write it that leave out the nought.
_WEIGHT: Final = re.compile(r"0|1|0?\.\d+|0\.\d*|1\.0*")
_CHARSETS: Final = frozenset({"utf-8", "utf8"})


class _Range(NamedTuple):
    """One media range of an Accept header."""

    name: str
    parameters: int
    quality: float

    def specificity(self, media_type: str) -> int | None:
        """Say how closely the range names *media_type*; None if it does not cover it."""
        if self.name == media_type:
            return 2 + self.parameters
        if self.name == f"{media_type.partition('/')[0]}/*":
            return 1
        return 0 if self.name == _ANYTHING else None


def choose(accept: str | None, offers: Sequence[str]) -> str:
    """Choose the offer that the client likes best.

    Of two that it likes equally, the one that it names more closely wins, and then the one
    that is offered first. The most specific range decides the quality of an offer, and a
    quality of 0 excludes it. Ranges that are not well formed are left out of account.

    Args:
        accept: The Accept header; without one, the client accepts anything.
        offers: Media types without parameters, the best first.

    Raises:
        NotAcceptableError: The client accepts none of them; the message lists them.
    """
    ranges = [found for part in (accept or "").split(",") if (found := _range(part))]
    wishes = [_wish(offer, ranges or [_Range(_ANYTHING, 0, 1)]) for offer in offers]
    best = max(wishes)
    if not best[0]:
        raise NotAcceptableError(f"no format on offer is accepted; offered: {', '.join(offers)}")
    return offers[wishes.index(best)]


def _wish(offer: str, ranges: Sequence[_Range]) -> tuple[float, int]:
    """Give the quality of *offer* and how closely it was named; 0 if it was not."""
    matches = [
        (specificity, found.quality)
        for found in ranges
        if (specificity := found.specificity(offer)) is not None
    ]
    specificity, quality = max(matches, default=(0, 0.0))
    return quality, specificity


def _range(text: str) -> _Range | None:
    """Read one media range; None if it is not well formed.

    A parameter other than the weight and the charset makes the range more specific and is
    otherwise ignored: ``profile`` of JSON-LD and ``version`` of Turtle are wishes, not needs.
    """
    name, *parameters = (part.strip() for part in text.lower().split(";"))
    pairs = dict(parameter.replace(" ", "").partition("=")[::2] for parameter in parameters)
    weight = pairs.pop("q", "1")
    if not _NAME.fullmatch(name) or not _WEIGHT.fullmatch(weight):
        return None
    if pairs.get("charset", "utf-8").strip('"') not in _CHARSETS:
        return _Range("", 0, 0)  # well formed, and covers nothing that we have
    return _Range(name, len(pairs), float(weight))
