"""``manifest.json``: what an exported release is, and what each of its files."""

import builtins
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from teixit.errors import ReleaseError

MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an exported release.

    Args:
        name: Its path within the release.
        dataset: What it is a file of: ``graph``, ``ontology``, ``shapes`` or ``questions``.
        title: What it holds, in English.
        media_type: Of what is in it, before its compression.
        compression: ``gzip``, or none.
        bytes: Its length.
        sha256: In hexadecimal digits.
        sha1: In hexadecimal digits; the profile of datos.gob.es knows no other checksum.
    """

    name: str
    dataset: str
    title: str
    media_type: str
    compression: str | None
    bytes: int
    sha256: str
    sha1: str

    @classmethod
    def of(cls, name: str, described: tuple[str, str, str], content: builtins.bytes) -> Self:
        """Describe the file *name* that has *content*, of a dataset, a title and a media type."""
        dataset, title, media_type = described
        return cls(
            name=name,
            dataset=dataset,
            title=title,
            media_type=media_type,
            compression="gzip" if name.endswith(".gz") else None,
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            sha1=hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What an exported release is.

    Args:
        version: Its number, ``X.Y.Z``.
        issued: When the dataset was first published, as an ISO 8601 date.
        modified: When this version was made, as an ISO 8601 date.
        data: The hash of the files that it was made from (:func:`teixit.store.data_version`).
        rdfc10: The canonical hash of the dataset (:func:`teixit.exporting.forms.rdfc10`).
        statements: How many quads.
        graphs: How many named graphs.
        files: What it consists of, in the order of their names.
    """

    version: str
    issued: str
    modified: str
    data: str
    rdfc10: str
    statements: int
    graphs: int
    files: tuple[ExportedFile, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest in *folder*.

        Raises:
            ReleaseError: There is none, or it is not one that ``teixit export`` wrote.
        """
        place = folder / MANIFEST
        try:
            return cls.parse(place.read_bytes())
        except OSError as error:
            raise ReleaseError(f"{place}: cannot be read: {error.strerror}") from error
        except ValueError as error:
            raise ReleaseError(f"{place}: no manifest of `teixit export`: {error}") from error

    @classmethod
    def parse(cls, text: str | builtins.bytes) -> Self:
        """Read the *text* of a manifest.

        Raises:
            ValueError: It is not one that ``teixit export`` wrote.
        """
        try:
            said: dict[str, Any] = json.loads(text)
            files = tuple(ExportedFile(**file) for file in said.pop("files"))
            return cls(**said, files=files)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(str(error)) from error

    def written(self) -> builtins.bytes:
        """Give the bytes of the manifest."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        return f"{text}\n".encode()

    def file(self, name: str) -> ExportedFile | None:
        """Find the file of that *name*."""
        return next((file for file in self.files if file.name == name), None)
