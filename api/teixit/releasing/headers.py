"""Where the number of a release stands: in ``pyproject.toml``, and in what repeats it."""

import re
from pathlib import Path
from types import MappingProxyType
from typing import Final

from teixit.errors import KnowledgeError

_VERSION: Final = r"\d+\.\d+\.\d+"
_DAY: Final = r"\d{4}-\d\d-\d\d"
_IRI: Final = rf"(?<=owl:versionIRI <)(?P<before>[^>]*/){_VERSION}(?=>)"

#: What stands before and after each number, by the file; and, of the ontology, its day.
_NUMBERS: Final = MappingProxyType(
    {
        "pyproject.toml": (rf'(?m)^(?P<before>version = "){_VERSION}(?="$)',),
        "codemeta.json": (
            rf'(?P<before>"version": "){_VERSION}(?=")',
            rf'(?P<before>"softwareVersion": "){_VERSION}(?=")',
        ),
        "shapes/shapes.ttl": (_IRI,),
        "ontology/teixit.ttl": (
            _IRI,
            rf'(?P<before>owl:versionInfo "){_VERSION}(?=")',
            rf"(?P<before>, version ){_VERSION}(?=\. )",
            rf'(?P<before>/def/){_VERSION}(?=" \.)',
        ),
    }
)
_DAYS: Final = MappingProxyType(
    {"ontology/teixit.ttl": rf'(?P<before>dct:modified "){_DAY}(?="\^\^xsd:date)'}
)

FILES: Final = tuple(_NUMBERS)


def write(root: Path, version: str, day: str) -> None:
    """Write *version* and *day* in each place where they stand, in the checkout *root*.

    Raises:
        KnowledgeError: One of them is not where it is looked for, once.
    """
    for name, numbers in _NUMBERS.items():
        file = root / name
        text = file.read_bytes().decode("utf-8")
        for pattern in numbers:
            text = _put(text, pattern, version, name)
        if name in _DAYS:
            text = _put(text, _DAYS[name], day, name)
        file.write_bytes(text.encode())


def _put(text: str, pattern: str, value: str, name: str) -> str:
    text, times = re.subn(pattern, lambda found: f"{found['before']}{value}", text)
    if times != 1:
        raise KnowledgeError(f"{name}: {times} places for {value!r}; expected one, for {pattern}")
    return text
