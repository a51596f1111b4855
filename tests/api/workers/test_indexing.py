"""The process that makes an index: of every kind of source."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from teixit import publishing, store
from teixit.errors import KnowledgeError
from teixit.publishing import Wanted
from teixit.releases.manifests import DATA
from teixit.searching import Index
from teixit.workers import Limits, Source, indexing

TURTLE = '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ateneu"@ca .\n'


def index(source: Source, file: Path) -> "subprocess.CompletedProcess[str]":
    told = (json.dumps(part) for part in (source.written(), Limits(seconds=5).written()))
    command = [sys.executable, "-m", "teixit.workers.indexing", str(file), *told]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def indexed(source: Source, file: Path) -> Index:
    done = index(source, file)
    assert (done.returncode, done.stderr) == (0, "")
    return Index(file)


def test_what_is_shipped_is_indexed(tmp_path: Path) -> None:
    found = indexed(Source(), tmp_path / "index")
    assert found.version == store.data_version(store.knowledge_files())
    assert found.find(["coopolis"]).things[0].iri.endswith("project-coopolis")


def test_files_are_indexed_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TURTLE)
    found = indexed(Source("files", files=(str(file),)), tmp_path / "index")
    assert found.version == store.data_version([file])
    assert found.find(["ateneu"]).total == 1


def test_a_release_is_indexed_from_its_dump(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TURTLE)
    folder = tmp_path / "releases"
    publishing.publish(Wanted((file,), unchecked=True), folder)
    source = Source("release", folder=str(folder))
    assert indexed(source, tmp_path / "index").find(["ateneu"]).total == 1


def test_a_dump_that_is_damaged_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TURTLE)
    release = publishing.publish(Wanted((file,), unchecked=True), tmp_path / "releases")
    (release.folder / DATA).write_bytes(gzip.compress(b"no RDF"))
    with pytest.raises(KnowledgeError, match="is damaged"):
        [*indexing._dumped(release)]  # noqa: SLF001 - a great one is not hashed before


def test_a_server_is_asked(live_endpoint: str, tmp_path: Path) -> None:
    found = indexed(Source("remote", url=live_endpoint), tmp_path / "index")
    shipped = indexed(Source(), tmp_path / "shipped")
    for word in ("coopolis", "economia", "barri"):
        assert found.find([word]).counts == shipped.find([word]).counts


def test_what_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    done = index(Source("files", files=(str(tmp_path / "none.ttl"),)), tmp_path / "index")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "none.ttl: cannot be read" in done.stderr
