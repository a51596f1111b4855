"""Which district a plan is of, by the name of the plan or the address of a page."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from rdflib import URIRef

from teixit import paths, queries, store
from teixit.importing.pages.identifiers import slug

#: What the names of these plans begin with: «pla de desenvolupament econòmic».
_PLAN: Final = "pde-"
_ADDRESS: Final = re.compile(r"https?://[^/]+/([\w-]+)/pla-desenvolupament-economic\b")


class District(NamedTuple):
    """A district: its IRI, and its name in Catalan."""

    iri: URIRef
    name: str

    @property
    def plan(self) -> str:
        """The local name of its plan."""
        return f"{_PLAN}{slug(self.name)}"


def of_plan(plan: str) -> District | None:
    """Give the district that a plan is of, by its local name, such as ``pde-sant-marti``."""
    return _known().get(_bare(plan.removeprefix(_PLAN))) if plan.startswith(_PLAN) else None


def of_address(address: str | None) -> District | None:
    """Give the district whose site has a page at *address*: it writes ``santmarti``."""
    match = _ADDRESS.match(address or "")
    return _known().get(_bare(match[1])) if match else None


def plans() -> list[str]:
    """List the local names of the plans of all districts."""
    return sorted(district.plan for district in _known().values())


@cache
def _known() -> Mapping[str, District]:
    rows = queries.named("districts", paths.QUERIES).rows(
        store.load([paths.DATA / "territory.trig"])
    )
    found = (District(URIRef(row["district"].value), row["name"].value) for row in rows)
    return {_bare(slug(district.name)): district for district in found}


def _bare(key: str) -> str:
    return key.replace("-", "")
