import pytest

from teixit.explorer.declarations import words
from teixit.explorer.lists import asking, declared
from teixit.explorer.lists.declared import Listing
from teixit.languages import LANGUAGES

LISTS = declared.lists()


def test_the_lists_are_those_of_the_addresses() -> None:
    assert set(LISTS) == {
        *("projects", "measures", "actions", "objectives", "audiences", "themes"),
        *("progress", "organisations", "districts", "neighbourhoods", "sources"),
    }
    assert [name for name, listing in LISTS.items() if listing.places] == [
        "districts",
        "neighbourhoods",
    ]


@pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)
def test_all_that_is_chosen_has_a_place_in_the_queries(listing: Listing) -> None:
    keys = [column.key for column in listing.columns]
    assert len(set(keys)) == len(keys)
    assert 1 <= len(listing.facets) <= asking.SLOTS
    # These are names of other things in an address.
    assert not {*keys} & {"language", "name", "page", "sort", "download"}


def test_every_column_is_used() -> None:
    said = words("lists")
    used = {key for listing in said["list"].values() for key in listing["columns"]}
    assert used == {*said["column"]}


def test_all_is_said_in_three_languages() -> None:
    said = words("lists")
    told = [
        *(one[part] for one in said["list"].values() for part in ("title", "summary")),
        *(one["title"] for one in said["column"].values()),
        *declared.texts().values(),
        *declared.names().values(),
    ]
    assert all({*texts} == {*LANGUAGES} and all(texts.values()) for texts in told)
