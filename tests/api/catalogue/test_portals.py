"""What portals read of their own says what the catalogue says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from teixit import namespaces
from teixit.catalogue import model, publishers, serving, wording
from teixit.errors import SettingError
from teixit.languages import LANGUAGES

Files = Mapping[str, tuple[str, bytes]]
WHOLE = """
iri = "urn:x"
kind = "Company"
homepage = "urn:y"
name = { ca = "X", es = "X", en = "X" }
"""
CLOUD = {"identifier", "title", "description", "website", "contact_point", "domain", "license"} | {
    "full_download", "sparql", "example", "links", "triples", "keywords", "namespace"
}  # fmt: skip


def test_ckan_takes_a_package_for_each_dataset(files: Files) -> None:
    packages = json.loads(files["ckan/package.json"][1])
    assert [package["name"] for package in packages] == [
        f"teixit-{name}" for name in wording.datasets()
    ]
    for package in packages:
        assert package["license_id"] == "cc-by"
        assert package["title_translated"].keys() == package["notes_translated"].keys()
        assert package["title_translated"].keys() == set(LANGUAGES)
        # What CKAN's validators ask of tags and names.
        assert all(re.fullmatch(r"[\w \-.]{2,100}", tag["name"]) for tag in package["tags"])
        assert len({tag["name"] for tag in package["tags"]}) == len(package["tags"])
        assert package["resources"]
        for resource in package["resources"]:
            assert resource["url"].startswith(f"{namespaces.BASE}releases/0.2.0/")
            assert resource["format"]
            assert resource["size"] == 1234


def test_a_packed_resource_is_sent_as_gzip(files: Files) -> None:
    (graph, *_) = json.loads(files["ckan/package.json"][1])
    types = {
        resource["url"].rpartition("/")[2]: resource["mimetype"] for resource in graph["resources"]
    }
    assert types["teixit.nq"] == "application/n-quads"
    assert types["teixit.nq.gz"] == "application/gzip"


def test_the_lod_cloud_gets_every_field_of_its_form(files: Files) -> None:
    said = json.loads(files["lod-cloud.json"][1])
    assert said.keys() >= CLOUD
    assert [key for key in CLOUD if not said[key]] == []
    assert {"target": "wikidata", "value": "84"} in said["links"]
    assert said["triples"] == "8000"


def test_data_json_has_every_dataset_with_its_files(files: Files) -> None:
    said = json.loads(files["data.json"][1])
    assert [entry["identifier"] for entry in said["dataset"]] == [
        dataset.iri for dataset in wording.datasets().values()
    ]
    assert all(entry["distribution"] for entry in said["dataset"])
    assert said["dataset"][0]["contactPoint"]["hasEmail"] == "mailto:dades@graf.cat"


def test_without_a_setting_it_is_ourselves_and_nobody_is_said_to_read_mail(
    release: model.Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(publishers.SETTING, raising=False)
    assert publishers.chosen().iri == namespaces.thing("organisation", "teixit")
    made = serving.files(release, model.Facts(1, frozenset(), {}))
    assert "hasEmail" not in made["catalog.ttl"][1].decode()
    assert "hasEmail" not in made["data.json"][1].decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("iri = 'urn:x'", "does not say kind, homepage, name, name.ca, name.es, name.en"),
        ("iri = ", "not a file about a publisher"),
        (f"{WHOLE}fax = '1'", "not a file about a publisher"),
    ],
)
def test_a_wrong_setting_is_told(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "publisher.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingError, match=said):
        publishers.read(file)


def test_a_publisher_is_of_a_kind_that_has_a_code(tmp_path: Path) -> None:
    file = tmp_path / "publisher.toml"
    text = (Path(publishers.__file__).parent / "publisher.toml").read_text("utf-8")
    file.write_text(text.replace("NonGovernmentalOrganisation", "Guild"), "utf-8")
    with pytest.raises(SettingError, match=r"kind 'Guild': expected one of Academia"):
        publishers.read(file)


def test_a_missing_setting_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="not a file about a publisher"):
        publishers.read(tmp_path / "nowhere.toml")
