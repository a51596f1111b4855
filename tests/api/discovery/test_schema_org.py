from collections.abc import Mapping

from teixit.discovery import schema_org
from teixit.discovery.records import Record


def test_a_dataset_is_described_to_search_engines(described: Mapping[str, Record]) -> None:
    told = schema_org.dataset(described["graph"], "es", "https://a.invalid/x", "Cita", "Técnica")
    assert (told["@type"], told["name"], told["@id"]) == (
        "Dataset", "El grafo", described["graph"].iri
    )  # fmt: skip
    assert told["alternateName"] == ["El graf", "The graph"]
    assert told["keywords"] == ["barrios"]
    assert told["temporalCoverage"] == "2016-01-01/2019-12-31"
    assert told["spatialCoverage"]["geo"]["box"] == "41.32 2.05 41.47 2.23"
    assert told["hasPart"]["@id"] == "https://w3id.org/teixit/id/dataset-questions"
    assert told["url"] == "https://a.invalid/x"
    assert (told["creditText"], told["measurementTechnique"]) == ("Cita", "Técnica")
    whole, packed = told["distribution"]
    assert whole == {
        "@type": "DataDownload",
        "name": "Fichero",
        "contentUrl": "https://w3id.org/teixit/releases/0.1.0/teixit.nq",
        "encodingFormat": "application/n-quads",
        "contentSize": "1234 B",
    }
    assert "contentSize" not in packed


def test_what_is_not_known_is_not_said(described: Mapping[str, Record]) -> None:
    told = schema_org.dataset(described["shapes"], "ca", "https://a.invalid/x", "Cita", "Tècnica")
    assert not {"temporalCoverage", "hasPart", "isPartOf"} & told.keys()
    assert "geo" not in told["spatialCoverage"]
    assert told["keywords"] == told["distribution"] == []


def test_a_licence_that_people_know_has_its_page(described: Mapping[str, Record]) -> None:
    page = "https://creativecommons.org/licenses/by/4.0/"
    assert schema_org.licence_page(described["graph"]) == page
    assert schema_org.licence_page(described["shapes"]) == described["shapes"].licence
