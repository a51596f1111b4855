"""The items of the checklist, in our words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("ca", "es", "en")


@dataclass(frozen=True)
class Item:
    id: str
    level: str
    what: Mapping[str, str]

    @property
    def group(self) -> str:
        return self.id[0]


def read() -> dict[str, Item]:
    """All items, by id, in order."""
    tables = tomllib.loads((Path(__file__).parent / "items.toml").read_text("utf-8"))
    return {
        id_: Item(id_, level, dict(zip(LANGUAGES, words, strict=True)))
        for table in tables.values()
        for id_, (level, *words) in table.items()
    }
