"""What an address chooses of a list, read strictly: a mistake in it is told to the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from teixit.errors import ChoiceError
from teixit.explorer.declarations import say
from teixit.explorer.lists import declared
from teixit.explorer.lists.declared import NAME, Column, Listing

#: Chooses what has no value.
NOTHING: Final = "-"
_DOWN: Final = "-"
#: How much of what is wrong is repeated, and how many digits a page may have.
_REPEATED: Final = 60
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen.

    Args:
        listing: The list.
        facets: The token of the value that each facet is chosen by.
        sort: The column that the list is sorted by; None for the names.
        down: Whether the last comes first.
        page: From 1 on.
    """

    listing: Listing
    facets: Mapping[str, str]
    sort: Column | None = None
    down: bool = False
    page: int = 1


def read(name: str, asked: Mapping[str, Sequence[str]], language: str) -> Choice:
    """Read what is *asked* of the list called *name*, for a reader of *language*.

    Args:
        name: In the address.
        asked: The values of each parameter of the address.
        language: In which mistakes are told.

    Raises:
        ChoiceError: There is no such list, nothing that it could be chosen or sorted by, or no
            such page.
    """
    listing = declared.lists().get(name)
    if listing is None:
        names = ", ".join(declared.lists())
        raise wrong("unknown_list", language, HTTPStatus.NOT_FOUND, asked=name, known=names)
    known = [*listing.facets, "sort", "page"]
    for key, values in asked.items():
        if key not in known or len(values) != 1:
            raise wrong("unknown_choice", language, asked=key, known=", ".join(known))
    facets = {key: asked[key][0] for key in listing.facets if key in asked}
    (sort,), (page,) = asked.get("sort", [listing.sort]), asked.get("page", ["1"])
    return Choice(listing, facets, *_sorted(listing, sort, language), _page(page, language))


def wrong(
    text: str, language: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST, **gaps: object
) -> ChoiceError:
    """Make the error that says *text* in the reader's language."""
    asked = {"asked": str(gaps.get("asked", ""))[:_REPEATED]}
    return ChoiceError(say(declared.texts()[text], language, **{**gaps, **asked}), status)


def _sorted(listing: Listing, asked: str, language: str) -> tuple[Column | None, bool]:
    by, down = asked.removeprefix(_DOWN), asked.startswith(_DOWN)
    columns = {column.key: column for column in listing.columns}
    if by != NAME and by not in columns:
        raise wrong("unknown_sort", language, asked=by, known=", ".join([NAME, *columns]))
    return columns.get(by), down


def _page(asked: str, language: str) -> int:
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS
    if not is_number or not int(asked):
        raise wrong("unknown_page", language, asked=asked)
    return int(asked)
