"""The names that we give are short and plain, so that they survive being copied."""

import re

from pyoxigraph import NamedNode

from teixit import namespaces, store

#: Letters, digits and hyphens between slashes; a term may have capitals.
PLAIN = re.compile(r"(?:id(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+|def(?:#[A-Za-z]+)?|def/\d+\.\d+\.\d+)")


def test_every_thing_of_ours_has_a_short_and_plain_name() -> None:
    found = {term.value for quad in store.load() for term in quad if isinstance(term, NamedNode)}
    things = sorted(name for name in found if name.startswith(namespaces.THING))
    assert things
    assert [name for name in things if len(name) >= 80] == []
    local = [name.removeprefix(namespaces.BASE) for name in things]
    assert [name for name in local if not PLAIN.fullmatch(name)] == []
