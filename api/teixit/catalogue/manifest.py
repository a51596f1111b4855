"""What a release says of its files: the part of its manifest that the catalogue is made from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from teixit import namespaces
from teixit.errors import KnowledgeError


@dataclass(frozen=True)
class File:
    """One file of a release.

    Args:
        name: Below the folder of the release, such as ``classes/Action.csv``.
        dataset: Which dataset it is of, such as ``graph``.
        media_type: Of what is in it, once unpacked.
        packed: Whether it is compressed by gzip.
        bytes: Its size.
        sha1: In hexadecimal digits.
    """

    name: str
    dataset: str
    media_type: str
    packed: bool
    bytes: int
    sha1: str


@dataclass(frozen=True)
class Manifest:
    """A release.

    Args:
        version: By semantic versioning.
        issued: The day of the first release, ``YYYY-MM-DD``.
        modified: The day of this one.
        previous: The version before, if there is one.
        files: In the order of the manifest.
    """

    version: str
    issued: str
    modified: str
    files: Sequence[File]
    previous: str | None = None

    @classmethod
    def read(cls, text: str | bytes, previous: str | None = None) -> Self:
        """Read a ``manifest.json``.

        Raises:
            KnowledgeError: It is not JSON, or lacks something.
        """
        try:
            said = json.loads(text)
            files = tuple(map(_file, said["files"]))
            return cls(said["version"], said["issued"], said["modified"], files, previous)
        except (ValueError, KeyError, TypeError) as error:
            raise KnowledgeError(
                f"manifest.json: expected a manifest of a release: {error}"
            ) from error

    @property
    def folder(self) -> str:
        """The address of the release, with the slash."""
        return f"{namespaces.BASE}releases/{self.version}/"


def _file(said: Any) -> File:
    # A packed file may be told by what it is, or by what is in it.
    packed = said["compression"] == "gzip"
    return File(
        said["name"], said["dataset"], said["media_type"], packed, said["bytes"], said["sha1"]
    )
