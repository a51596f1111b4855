"""How the site fared when the checklist of harvesters was last walked (``make harvest-check``)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from teixit import paths
from teixit.errors import KnowledgeError

#: The result that ships with the data.
FILE: Final = paths.DATA / "quality" / "harvest.json"


@dataclass(frozen=True)
class Finding:
    """How one item fared.

    Args:
        id: Its name, of which the first letter is the group.
        level: ``MUST``, ``SHOULD`` or ``NICE``.
        what: What is to hold, by language.
        outcome: ``passed``, ``failed`` or ``not applicable``.
        reason: What was seen, in English, as the program says it.
    """

    id: str
    level: str
    what: Mapping[str, str]
    outcome: str
    reason: str


@dataclass(frozen=True)
class Result:
    """The last run.

    Args:
        version: Of Teixit.
        date: The day, as ISO 8601 has it.
        totals: How many items had each outcome, by level.
        groups: The findings, by the letter of their group.
    """

    version: str
    date: str
    totals: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, tuple[Finding, ...]]


@cache
def last(file: Path = FILE) -> Result:
    """Read the last run.

    Raises:
        KnowledgeError: It is missing or damaged; the installation is not complete.
    """
    try:
        told = json.loads(file.read_text("utf-8"))
        findings = [Finding(**item) for item in told["items"]]
        totals = told["totals"]
        groups = {
            letter: tuple(found for found in findings if found.id[0] == letter)
            for letter in sorted({found.id[0] for found in findings})
        }
        return Result(told["version"], told["date"], totals, groups)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{file}: run `make harvest-check` to make it: {error}") from error
