"""How far what stands in a checkout is from being a release."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from teixit import __version__, validation
from teixit.exporting.changes import Changes
from teixit.findings import Severity
from teixit.releasing import last as releases
from teixit.releasing import made, numbering, placing, wording
from teixit.releasing.changelog import Changelog
from teixit.releasing.git import Repository, Uncommitted
from teixit.releasing.last import Last
from teixit.releasing.numbering import Reason

#: Where a release is made, in the folder of Git.
PLACE: Final = "teixit-release"


@dataclass(frozen=True)
class Status:
    """What differs from the last release, and what is in the way of the next.

    Args:
        last: The last release, if there is one.
        changes: What the files say that it does not.
        reasons: Why the next one may need more than a patch.
        uncommitted: Files that are not as they were committed.
        stale: Made files that are not what would be made now.
        wrong: Questions that have another answer than the one that is kept.
        findings: How many findings of each severity there are.
        logged: Whether CHANGELOG.md says anything of what has changed.
        broken_off: Whether a release was broken off while it was put in place.
    """

    last: Last | None
    changes: Changes
    reasons: list[Reason]
    uncommitted: list[Uncommitted]
    stale: list[str]
    wrong: list[str]
    findings: Mapping[Severity, int]
    logged: bool
    broken_off: bool

    @property
    def differs(self) -> bool:
        """Whether there is anything to release."""
        return bool(self.last is None or self.changes.added or self.changes.removed)

    @property
    def least(self) -> str:
        """The least number that the next release may have."""
        return least(self.last, self.reasons)

    @property
    def hindrances(self) -> list[str]:
        """What has to be done before a release, by the names that :mod:`wording` has for it."""
        found = {
            "broken_off": self.broken_off,
            "uncommitted": self.uncommitted,
            "stale": self.stale,
            "wrong": self.wrong,
            "violations": self.findings[Severity.VIOLATION],
            "unlogged": self.differs and not self.logged,
        }
        return [name for name, is_so in found.items() if is_so]

    def words(self, language: str) -> str:
        """Say all of it in *language*."""
        return "\n".join(self._lines(wording.IN[language], language)) + "\n"

    def _lines(self, say: Mapping[str, str], language: str) -> Iterator[str]:
        place = self.last
        yield say["last"].format(place.version, place.place) if place else say["none"]
        yield from self._changed(say, language)
        for file in self.uncommitted:
            state = say["changed_file" if file.state == "changed" else file.state]
            yield f"{say['uncommitted']}: {file.name} ({state})"
        yield from (f"{say['stale']}: {name}" for name in self.stale)
        yield from (f"{say['wrong']}: {name}" for name in self.wrong)
        told = (f"{kind.name_in(language)}: {self.findings[kind]}" for kind in Severity)
        yield f"{say['findings']}: {', '.join(told)}"
        if self.differs:
            yield say["next"].format(self.least)
            for reason in self.reasons:
                label = self.changes.label(reason.thing, language)
                yield f"  {say[reason.what]}: {label} <{reason.thing.iri}>"
        mends = [f"  {say[f'{name}_mend']}" for name in self.hindrances]
        yield say["before"] if mends else say["ready" if self.differs else "nothing"]
        yield from mends

    def _changed(self, say: Mapping[str, str], language: str) -> Iterator[str]:
        """Tell of each thing that has changed; of a first release, how much it says."""
        changes = self.changes
        yield say["changed"].format(len(changes.added), len(changes.removed))
        if self.last:
            yield from (f"  {line}" for line in changes.lines(language))

    def as_json(self) -> str:
        """Say all of it for programs."""
        place = self.last
        said: dict[str, Any] = {
            "last": {"version": place.version, "place": place.place} if place else None,
            "added": len(self.changes.added),
            "removed": len(self.changes.removed),
            "things": {thing.iri: thing.kind for thing in self.changes.things()},
            "reasons": {reason.thing.iri: reason.what for reason in self.reasons},
            "uncommitted": {file.name: file.state for file in self.uncommitted},
            "stale": self.stale,
            "wrong": self.wrong,
            "findings": {kind.value: self.findings[kind] for kind in Severity},
            "next": self.least,
            "hindrances": self.hindrances,
        }
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def least(last: Last | None, reasons: list[Reason]) -> str:
    """Give the least number that a release may have after *last*: not below what is declared."""
    if last is None:
        return __version__
    return max(numbering.least_after(last.version, reasons), __version__, key=numbering.read)


def examine(root: Path, exported: Path) -> Status:
    """See how far the checkout *root* is from a release.

    Args:
        root: The top of its working tree.
        exported: The folder that has the exported releases, if it is there.

    Raises:
        SettingError: Another base is set than that of our files.
        ReleaseError: It is no clone, or a release in *exported* is damaged.
        KnowledgeError: A file does not parse, or CHANGELOG.md has no open section.
    """
    made.require_our_base()
    repository = Repository(root)
    last = releases.find(repository, exported)
    changes = releases.changes(repository, last)
    return Status(
        last=last,
        changes=changes,
        reasons=numbering.reasons(changes) if last else [],
        uncommitted=repository.uncommitted(),
        stale=made.stale(),
        wrong=[*made.wrong_answers()],
        findings=Counter(finding.severity for finding in validation.check()),
        logged=Changelog.read(root).says_something,
        broken_off=placing.begun(repository.folder / PLACE),
    )
