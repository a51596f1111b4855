"""What an editor of queries completes from: the ontology, the shapes and the names of things."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from flask import Blueprint, Response, current_app
from pyoxigraph import NamedNode

from teixit import namespaces, paths, queries, store
from teixit.errors import LimitError, RequestError
from teixit.web.site import Row, site
from teixit.web.texts import foreign_names, reader_language

blueprint = Blueprint("schema", __name__)

#: So many things are named at most; who has more finds them by the search.
_MOST_THINGS: Final = 3000
#: So many characters of a definition are told.
_MOST_OF_A_NOTE: Final = 300
#: What may stand after a prefix without a backslash (SPARQL 1.1, production 169, PN_LOCAL).
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
#: The limits that a query passes whenever it is asked.
_OF_A_QUERY: Final = frozenset({"answer", "memory", "time"})
_VIOLATION: Final = f"{namespaces.PREFIXES['sh']}Violation"


@dataclass
class _Use:
    """How a class uses a property.

    Args:
        rank: 2 where a shape demands it, 1 where one only misses it, 0 otherwise.
        of: The classes that its values are of.
        values: The values that it may have.
    """

    rank: int = 0
    of: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)

    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = {"rank": self.rank} if self.rank else {}
        for name, held in (("of", self.of), ("values", self.values)):
            if held:
                found[name] = sorted(held)
        return found


@blueprint.get("/schema.json")
def schema() -> Response:
    """Tell the classes with their properties, all properties, and the things by their names.

    Names are written as a query may have them: with a prefix of ``prefixes``, or in brackets. What
    takes a worker too long to find is left out.
    """
    language = reader_language()
    told, things, had = (_rows(f"schema-{name}") for name in ("terms", "things", "uses"))
    found = _told(_terms(told or (), language), _uses(had or ()), things or (), language)
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    response = Response(written, mimetype="application/json")
    if None in (told, things, had):  # there is more as soon as a worker has time
        response.headers["Cache-Control"] = "no-store"
    return response


def _told(
    terms: Mapping[str, Mapping[str, str]],
    uses: Mapping[str, Mapping[str, _Use]],
    things: Iterable[Row],
    language: str,
) -> dict[str, Any]:
    classes = {name for name, told in terms.items() if told["kind"] == "class"} | uses.keys()
    properties = {name for name, told in terms.items() if told["kind"] == "property"}
    properties |= {name.removeprefix("^") for held in uses.values() for name in held}
    return {
        "language": language,
        "prefixes": dict(namespaces.PREFIXES),
        "classes": {
            name: {
                **_words(name, terms, language),
                "properties": {key: use.told() for key, use in sorted(uses.get(name, {}).items())},
            }
            for name in sorted(classes)
        },
        "properties": {name: _words(name, terms, language) for name in sorted(properties)},
        "things": _things(things, language),
    }


def written(iri: str) -> str:
    """Write *iri* as a query has it: the shortest prefixed name, or in brackets."""
    names = [
        f"{prefix}:{iri.removeprefix(namespace)}"
        for prefix, namespace in namespaces.PREFIXES.items()
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace))
    ]
    return min(names, key=len, default=f"<{iri}>")


def _rows(name: str) -> Sequence[Row] | None:
    """Ask for the rows of a query; what passes a limit does so again and is not asked again.

    Returns:
        Nothing where it cannot be said at the moment.
    """
    passed: set[tuple[str, str]] = current_app.extensions.setdefault("teixit.schema", set())
    key = name, site().version()
    if key in passed:
        return ()
    try:
        return site().rows(name)
    except LimitError as error:
        if error.reason not in _OF_A_QUERY:
            return None
        passed.add(key)
        return ()
    except RequestError:
        return None


def _terms(rows: Iterable[Row], language: str) -> dict[str, dict[str, str]]:
    """Give the kind, the label and the definition of each term, by its name."""
    terms: dict[str, dict[str, str]] = {}
    for row in rows:
        told = terms.setdefault(written(row["term"]), {"kind": row["kind"]})
        if row["language"] == language or row["told"] not in told:
            told[row["told"]] = row["text"]
    return terms


def _words(name: str, terms: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    """Give what is said of a term: by the graph, or else by us of what is not ours."""
    told = terms.get(name, {})
    label = told.get("label") or foreign_names().get(name, {}).get(language)
    found = {"label": label} if label else {}
    if "note" in told:
        found["note"] = told["note"][:_MOST_OF_A_NOTE]
    return found


def _uses(rows: Iterable[Row]) -> dict[str, dict[str, _Use]]:
    """Give the properties of each class: those that it has, and those that shapes speak of."""
    uses: dict[str, dict[str, _Use]] = {}
    for class_, property_, use in (*_demanded(), *_had(rows)):
        held = uses.setdefault(class_, {}).setdefault(property_, _Use())
        held.rank = max(held.rank, use.rank)
        held.of |= use.of
        held.values |= use.values
    return uses


def _had(rows: Iterable[Row]) -> Iterator[tuple[str, str, _Use]]:
    for row in rows:
        yield written(row["class"]), written(row["property"]), _Use()


@cache
def _demanded() -> tuple[tuple[str, str, _Use], ...]:
    """Read what the shapes that Teixit ships ask of the properties of each class."""
    asked = queries.named("schema-shapes", paths.QUERIES)
    shapes = store.load(sorted(paths.SHAPES.glob("*.ttl")))
    return tuple(_demand(row) for row in asked.rows(shapes))


def _demand(row: Mapping[str, Any]) -> tuple[str, str, _Use]:
    property_ = written(row["property"].value)
    name = f"^{property_}" if "inverse" in row else property_
    is_demand = "severity" not in row or row["severity"].value == _VIOLATION
    asks = "least" in row and int(row["least"].value) > 0
    use = _Use((2 if is_demand else 1) if asks else 0)
    if "of" in row:
        use.of.add(written(row["of"].value))
    if "one" in row:
        one = row["one"]
        use.values.add(written(one.value) if isinstance(one, NamedNode) else str(one))
    return written(row["class"].value), name, use


def _things(rows: Iterable[Row], language: str) -> list[dict[str, Any]]:
    """Give the things by their names in *language*, or else in any that they have one in."""
    labels: dict[str, tuple[bool, str]] = {}
    classes: dict[str, dict[str, None]] = {}
    for row in rows:
        thing, fits = row["thing"], row["language"] == language
        classes.setdefault(thing, {})[written(row["class"])] = None
        if thing not in labels or (fits and not labels[thing][0]):
            labels[thing] = fits, row["label"]
    named = sorted((label, thing) for thing, (_, label) in labels.items())
    return [
        {"name": written(thing), "label": label, "classes": [*classes[thing]]}
        for label, thing in named[:_MOST_THINGS]
    ]
