"""The exported releases that are served: those that are kept, and that of the graph served now."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from teixit.errors import ReleaseError
from teixit.exporting.contents import Contents, ExportedFile

#: Semantic versions without suffixes, which never stand in the name of a release.
VERSION: Final = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported release in its folder.

    Args:
        folder: Where its files are.
        contents: What they are.
        kept: Whether it stays as it is for ever, and may be kept by whoever reads it.
    """

    folder: Path
    contents: Contents
    kept: bool

    @property
    def version(self) -> str:
        """Its number."""
        return self.contents.version

    @property
    def order(self) -> tuple[int, ...]:
        """Where it stands among others."""
        return tuple(map(int, self.version.split(".")))

    @classmethod
    def read(cls, folder: Path, *, kept: bool) -> Self:
        """Read what is in *folder*, and see that each file is there and as long as it was.

        Raises:
            ReleaseError: It is no exported release, or is damaged.
        """
        contents = Contents.read(folder)
        if not VERSION.fullmatch(contents.version):
            raise ReleaseError(f"{folder}: version {contents.version!r}: expected X.Y.Z")
        for file in contents.files:
            _check(folder / file.name, file)
        return cls(folder, contents, kept)


class Shelf:
    """The releases that are served, by their numbers.

    Args:
        kept: Those that stay.
        current: That of the graph that is served, once it is exported. One that is kept under
            the same number stays in its place: what was published under a number never changes.
    """

    def __init__(self, kept: Iterable[Exported] = (), current: Exported | None = None) -> None:
        found = {release.version: release for release in kept}
        if current is not None:
            found.setdefault(current.version, current)
        self.releases: Mapping[str, Exported] = {
            release.version: release
            for release in sorted(found.values(), key=lambda release: release.order)
        }

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Put those on the shelf that are in *folder*, each in a folder called by its number.

        Raises:
            ReleaseError: The folder cannot be read, or one of them is damaged or misnamed.
        """
        try:
            found = [entry for entry in folder.iterdir() if VERSION.fullmatch(entry.name)]
        except OSError as error:
            raise ReleaseError(f"{folder}: cannot be read: {error.strerror}") from error
        kept = [Exported.read(entry, kept=True) for entry in sorted(found)]
        for release in kept:
            if release.folder.name != release.version:
                raise ReleaseError(f"{release.folder}: holds version {release.version}")
        return cls(kept)

    def with_current(self, current: Exported) -> "Shelf":
        """Give a shelf with that of the graph that is served now, too."""
        return Shelf(self.releases.values(), current)

    @property
    def newest(self) -> Exported | None:
        """The release with the highest number."""
        return next(reversed([*self.releases.values()]), None)

    def before(self, version: str) -> tuple[str, ...]:
        """Give the numbers of the releases before that *version*, the oldest first."""
        numbers = [*self.releases]
        return tuple(numbers[: numbers.index(version)])


def _check(place: Path, file: ExportedFile) -> None:
    try:
        size = place.stat().st_size
    except OSError as error:
        raise ReleaseError(f"{place}: cannot be read: {error.strerror}") from error
    if size != file.bytes:
        raise ReleaseError(f"{place}: {size} bytes instead of {file.bytes}")
