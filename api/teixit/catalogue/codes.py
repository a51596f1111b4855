"""Values of others that the catalogue uses, and what must be said of each beside them.

Harvesters check the types of outside values in the file itself, and fetch nothing.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from teixit.catalogue.stating import Stating, expand

MEDIA_TYPES: Final = "http://www.iana.org/assignments/media-types/"


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "codes.toml").read_text("utf-8"))


def code(name: str) -> str:
    """Give the IRI of a code such as ``at:licence/CC_BY_4_0``.

    Raises:
        KeyError: The catalogue does not use it.
    """
    tables = _tables()
    if name not in tables["concepts"] and name not in tables["schemes"]:
        raise KeyError(name)
    return _expand(name)


def formats() -> Mapping[str, tuple[str, str]]:
    """Give the code and the name of each format of files, by media types."""
    return {
        type_: (f"at:file-type/{code}", name)
        for type_, (code, name) in _tables()["formats"].items()
    }


def publisher_kinds() -> list[str]:
    """Give the kinds of publishers that ADMS has."""
    prefix = "adms-publisher:"
    return [name.removeprefix(prefix) for name in _tables()["concepts"] if name.startswith(prefix)]


def describe(used: Iterable[str]) -> Stating:
    """Say of each IRI of *used* that is not ours what it is, as far as it is known here."""
    said, found = Stating(), set(used)
    for name in _tables()["concepts"]:
        if _expand(name) in found:
            _concept(said, name)
            found.add(_scheme(name))
    for name, title in _tables()["schemes"].items():
        if _expand(name) in found:
            said.add(_expand(name), "rdf:type", expand("skos:ConceptScheme"))
            said.texts(_expand(name), "dct:title", {_language(name): title})
    types = dict(_tables()["types"])
    types |= {iri: "dct:MediaType" for iri in found if iri.startswith(MEDIA_TYPES)}
    for iri in sorted(found & types.keys()):
        said.add(iri, "rdf:type", expand(types[iri]))
    return said


def _concept(said: Stating, name: str) -> None:
    label, *types = _tables()["concepts"][name]
    for type_ in ("skos:Concept", *types):
        said.add(_expand(name), "rdf:type", expand(type_))
    said.texts(_expand(name), "skos:prefLabel", {_language(name): label})
    said.add(_expand(name), "skos:inScheme", _scheme(name))


def _language(name: str) -> str:
    """Give the language of the names of a table: the sectors are Spain's."""
    return "es" if name.startswith("nti:") else "en"


def _expand(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{_tables()['prefixes'][prefix]}{rest}"


def _scheme(name: str) -> str:
    table, slash, _ = name.rpartition("/")
    if slash:
        return _expand(table)
    return _expand(f"{name.partition(':')[0]}:1.0")
