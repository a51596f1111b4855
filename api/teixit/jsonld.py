"""JSON-LD with a context in it (JSON-LD 1.1, section 3.1): short names, and nothing to fetch."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

#: What of a node is no property of it.
_ID: Final = "@id"
_TYPE: Final = "@type"


def with_context(expanded: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Write an *expanded* document anew, with those of the *prefixes* as its context that it uses.

    A prefix that is also the scheme of an IRI in it, as ``geo`` may be, is left out.

    Args:
        expanded: A list of nodes, as the engine writes them.
        prefixes: Namespaces that end in ``#`` or ``/``, by their prefixes.
    """
    used = {
        prefix: namespace
        for prefix, namespace in sorted(prefixes.items())
        if f'"{namespace}'.encode() in expanded and f'"{prefix}:'.encode() not in expanded
    }
    names = sorted(used.items(), key=lambda pair: -len(pair[1]))
    document = {"@context": used, "@graph": [_node(node, names) for node in json.loads(expanded)]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _node(node: Mapping[str, Any], names: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {_short(key, names): _values(key, said, names) for key, said in node.items()}


def _values(key: str, said: Any, names: Iterable[tuple[str, str]]) -> Any:
    if key == _ID:
        return _short(said, names)
    return [_value(value, names) for value in said]


def _value(value: Any, names: Iterable[tuple[str, str]]) -> Any:
    """Write a type, a reference or a literal."""
    if isinstance(value, str):
        return _short(value, names)
    return {
        key: _short(text, names) if key in {_ID, _TYPE} else text for key, text in value.items()
    }


def _short(iri: str, names: Iterable[tuple[str, str]]) -> str:
    """Write *iri* with a prefix; as it is where what follows could be taken for an authority."""
    for prefix, namespace in names:
        rest = iri.removeprefix(namespace)
        if rest != iri and rest and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return iri
