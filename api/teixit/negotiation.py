"""Choosing a media type and an encoding by what the client accepts (RFC 9110, section 12.5)."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from teixit.errors import NotAcceptableError

_ANYTHING: Final = "*/*"
_NAME: Final = re.compile(r"\*/\*|[a-z0-9!#$&^_.+-]+/(?:\*|[a-z0-9!#$&^_.+-]+)")
#: As in section 12.4.2, and as the clients write it that leave out the nought.
_WEIGHT: Final = re.compile(r"0|1|0?\.\d+|0\.\d*|1\.0*")
_CHARSETS: Final = frozenset({"utf-8", "utf8"})
#: How closely a range names the type that it spells out.
_NAMED: Final = 2
#: Nobody needs more ranges; so many are read at most.
_RANGES: Final = 100
#: Longer headers are read each time: what is kept must stay small.
_KEPT: Final = 1000


class _Range(NamedTuple):
    """One media range of an Accept header."""

    name: str
    parameters: int
    quality: float

    def specificity(self, media_type: str) -> int | None:
        """Say how closely the range names *media_type*; None if it does not cover it."""
        if self.name == media_type:
            return _NAMED + self.parameters
        if self.name == f"{media_type.partition('/')[0]}/*":
            return 1
        return 0 if self.name == _ANYTHING else None


class Wishes(NamedTuple):
    """What an answer is to be written as, by the form that it turns out to have.

    None stands for a form of which no format is accepted.
    """

    table: str | None
    boolean: str | None
    graph: str | None


def wishes(
    accept: str | None,
    offers: tuple[Sequence[str], Sequence[str], Sequence[str]],
    by_name: Collection[str] = (),
) -> Wishes:
    """Choose for each form of an answer, before it is known which form it will have.

    Args:
        accept: The Accept header.
        offers: The media types on offer for tables, for yes or no and for graphs.
        by_name: Those of them that no wildcard covers.

    Raises:
        NotAcceptableError: The client accepts nothing of any form; the message lists all.
    """
    chosen = Wishes(*(_chosen(accept, form, by_name) for form in offers))
    if chosen == (None, None, None):
        every = dict.fromkeys(name for form in offers for name in form)
        raise NotAcceptableError(_refusal(tuple(every)))
    return chosen


def gzip(accept_encoding: str | None) -> bool:
    """Say whether the client would have gzip as soon as the plain bytes (section 12.5.3)."""
    if accept_encoding is None:
        return False
    if len(accept_encoding) > _KEPT:
        return _likes_gzip.__wrapped__(accept_encoding)
    return _likes_gzip(accept_encoding)


@lru_cache(maxsize=256)
def _likes_gzip(accept_encoding: str) -> bool:
    """Read the weights; what is not well formed is left out of account."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(",", _RANGES)[:_RANGES]:
        name, _, weight = part.replace(" ", "").replace("\t", "").partition(";q=")
        if _WEIGHT.fullmatch(weight or "1"):
            weights[name] = float(weight or "1")
    liked = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return liked > 0 and liked >= weights.get("identity", 0.0)


def _chosen(accept: str | None, offers: Sequence[str], by_name: Collection[str]) -> str | None:
    try:
        return choose(accept, offers, by_name)
    except NotAcceptableError:
        return None


def choose(accept: str | None, offers: Sequence[str], by_name: Collection[str] = ()) -> str:
    """Choose the offer that the client likes best.

    Of two that it likes equally, the one that it names more closely wins, and then the one
    that is offered first. The most specific range decides the quality of an offer, and a
    quality of 0 excludes it. Ranges that are not well formed are left out of account.

    Args:
        accept: The Accept header; without one, the client accepts anything.
        offers: Media types without parameters, the best first.
        by_name: Those of them that no wildcard covers.

    Raises:
        NotAcceptableError: The client accepts none of them; the message lists them.
    """
    if len(accept or "") > _KEPT:
        found = _choose.__wrapped__(accept, tuple(offers), frozenset(by_name))
    else:
        found = _choose(accept, tuple(offers), frozenset(by_name))
    if found is None:
        raise NotAcceptableError(_refusal(offers))
    return found


@lru_cache(maxsize=1024)
def _choose(accept: str | None, offers: tuple[str, ...], by_name: frozenset[str]) -> str | None:
    parts = (accept or "").split(",", _RANGES)[:_RANGES]
    ranges = [found for part in parts if (found := _range(part))] or [_Range(_ANYTHING, 0, 1)]
    liked = [_wish(offer, ranges, _NAMED if offer in by_name else 0) for offer in offers]
    best = max(liked)
    return offers[liked.index(best)] if best[0] else None


def _refusal(offers: Sequence[str]) -> str:
    return f"no format on offer is accepted; offered: {', '.join(offers)}"


def _wish(offer: str, ranges: Sequence[_Range], least: int) -> tuple[float, int]:
    """Give the quality of *offer* and how closely it was named; 0 if it was not.

    Ranges that name it less closely than *least* are left out of account.
    """
    matches = [
        (specificity, found.quality)
        for found in ranges
        if (specificity := found.specificity(offer)) is not None and specificity >= least
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
