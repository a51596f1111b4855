"""Every fact leads to a source: extracts to documents, conclusions to their grounds."""

import hashlib
from collections.abc import Callable

from teixit import namespaces, paths

Rows = Callable[[str], list[tuple[str, ...]]]


def test_every_extract_has_one_source_with_an_address_and_one_confidence(rows: Rows) -> None:
    extracts = rows("SELECT ?extract { ?extract a teixit:SourceExtract }")
    complete = rows(
        "SELECT ?extract { ?extract a teixit:SourceExtract ; prov:hadPrimarySource ?source ;"
        " teixit:hasConfidence ?level . ?level a teixit:ConfidenceLevel ."
        " ?source a teixit:SourceDocument ; pav:retrievedFrom ?address }",
    )
    assert extracts
    assert sorted(complete) == sorted(extracts)


def test_every_conclusion_of_the_data_says_how_and_from_what(rows: Rows) -> None:
    silent = rows(
        "SELECT ?conclusion { VALUES ?kind { teixit:Conclusion teixit:Translation }"
        " GRAPH id:record-sources { ?conclusion a ?kind }"
        " FILTER NOT EXISTS { ?conclusion prov:wasDerivedFrom ?ground ;"
        " dct:description ?ca, ?es, ?en"
        " FILTER(LANG(?ca) = 'ca' && LANG(?es) = 'es' && LANG(?en) = 'en') } }",
    )
    assert silent == []


def test_every_ground_is_itself_described(rows: Rows) -> None:
    unknown = rows(
        "SELECT ?ground { ?graph prov:wasDerivedFrom|prov:hadPrimarySource ?ground"
        " FILTER NOT EXISTS { ?ground a ?kind } }",
    )
    assert unknown == []


def test_every_address_is_of_one_source_alone(rows: Rows) -> None:
    found = rows(
        "SELECT ?source ?address { ?source a teixit:SourceDocument ; pav:retrievedFrom ?address }"
    )
    assert len(found) == len({address for _, address in found}) == len({s for s, _ in found})


def test_the_copy_of_the_page_is_the_one_whose_hash_is_recorded(rows: Rows) -> None:
    for name, recorded in rows(
        "SELECT ?source ?value { ?source spdx:checksum ?checksum ."
        " ?checksum spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?value }",
    ):
        (copy,) = paths.SOURCE.glob(f"{name.removeprefix(f'{namespaces.THING}source-')}*.txt")
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == recorded.lower()


def test_every_copied_page_has_a_recorded_hash(rows: Rows) -> None:
    recorded = rows("SELECT ?source { ?source spdx:checksum/spdx:checksumValue ?value }")
    names = [name.removeprefix(f"{namespaces.THING}source-") for (name,) in recorded]
    copies = sorted(file.stem for file in paths.SOURCE.glob("*.txt"))
    assert copies
    assert [next(c for c in copies if c.startswith(name)) for name in sorted(names)] == copies


def test_the_less_certain_identifiers_are_marked(rows: Rows) -> None:
    found = rows(
        "SELECT ?code { GRAPH ?graph { ?place owl:sameAs ?item } ?place dct:identifier ?code ."
        " ?graph teixit:hasConfidence id:confidence-low }",
    )
    assert sorted(found) == [("22",), ("30",)]
