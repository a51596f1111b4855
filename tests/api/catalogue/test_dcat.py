"""The catalogue is what each profile wants, by the official shapes and by what they leave out."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    RdfFormat,
    Store,
    serialize,
)
from rdflib import Graph

from teixit import namespaces, paths, validation
from teixit.catalogue import dcat, model, publishers, serving, wording
from teixit.catalogue.stating import expand
from teixit.languages import LANGUAGES

Files = Mapping[str, tuple[str, bytes]]
Read = Callable[[str], Store]
Values = Callable[[Store, str, str], list[str]]

CATALOGUES = ("catalog.ttl", "catalog.rdf", "catalog.jsonld")
RDF = (*CATALOGUES, "catalog.dcat-ap-2.1.1.ttl", "federador.rdf")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
#: What the EU's own vocabularies make of values that Spain wants, or that no shape can meet.
UNAVOIDABLE = ("datos.gob.es", "spdx", "dct/publisher", "terms/publisher")
PROGRAM = """
import sys
from pathlib import Path
from teixit.catalogue import model, serving
from teixit.exporting import Contents
release = model.Release(Contents.parse(Path(sys.argv[1]).read_text("utf-8")), ("0.1.0",))
made = serving.files(release, model.Facts(1, frozenset({"urn:b", "urn:a"}), {}))
sys.stdout.buffer.write(b"".join(content for _, content in made.values()))
"""


def of_type(store: Store, name: str) -> list[str]:
    kind = NamedNode(expand(name))
    quads = store.quads_for_pattern(None, NamedNode(expand("rdf:type")), kind)
    return sorted(str(quad.subject.value) for quad in quads)


def canonical(store: Store) -> str:
    dataset = Dataset(store)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(serialize(dataset, format=RdfFormat.N_QUADS).decode().splitlines()))


def judged(
    shared: Callable[[str], Path], files: Files, name: str, sets: str, place: Path, *more: str
) -> list[str]:
    """What the official shapes have against a file, as it is served."""
    file = place / name
    file.write_bytes(files[name][1])
    judge = shared("checks/validate_dcat.py")
    command = [sys.executable, "-W", "ignore", str(judge), str(file), "--sets", sets, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.count("== ") == len(sets.split(",")), done.stderr
    return [line for line in done.stdout.splitlines() if re.match(r"\s+\|", line)]


@pytest.mark.parametrize("name", CATALOGUES)
def test_dcat_ap_finds_nothing_in_any_format(
    shared: Callable[[str], Path], files: Files, name: str, tmp_path: Path
) -> None:
    sets = "ap,ap-html,ap-html-range,ap-rec,ap-depr"
    assert judged(shared, files, name, sets, tmp_path) == []
    assert judged(shared, files, name, "ap-range", tmp_path, "--inference", "rdfs") == []


def test_the_vocabularies_of_the_eu_find_only_what_cannot_be_avoided(
    shared: Callable[[str], Path], files: Files, tmp_path: Path
) -> None:
    found = judged(shared, files, "catalog.ttl", "ap-mdr", tmp_path)
    assert found
    assert [line for line in found if not any(word in line for word in UNAVOIDABLE)] == []


def test_the_older_dcat_ap_finds_nothing_in_its_own_file(
    shared: Callable[[str], Path], files: Files, tmp_path: Path
) -> None:
    name = "catalog.dcat-ap-2.1.1.ttl"
    assert judged(shared, files, name, "ap211,ap211-range,ap211-rec", tmp_path) == []


def test_dcat_ap_es_finds_nothing(
    shared: Callable[[str], Path], files: Files, tmp_path: Path
) -> None:
    assert judged(shared, files, "federador.rdf", "es", tmp_path) == []


def test_the_rules_of_the_federator_find_nothing(
    shared: Callable[[str], Path], files: Files, tmp_path: Path
) -> None:
    file = tmp_path / "federador.rdf"
    file.write_bytes(files[file.name][1])
    command = [sys.executable, str(shared("checks/dge_lint.py")), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "0 errors, 0 notes" in done.stdout) == (0, True), done.stdout


def test_every_code_of_the_eu_is_one_of_its_tables(
    shared: Callable[[str], Path], read: Read
) -> None:
    tables = json.loads(shared("suites/dcat-ap/vocab/eu-authority-codes.json").read_text("utf-8"))
    known = {f"{AUTHORITY}{table}/{code}" for table, codes in tables.items() for code in codes}
    used = {
        term.value
        for name in RDF
        for quad in read(name)
        for term in (quad.subject, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(AUTHORITY)
    }
    codes = {iri for iri in used if "/" in iri.removeprefix(AUTHORITY)}
    assert codes
    assert codes - known == set()


@pytest.mark.parametrize("name", RDF)
def test_our_own_shapes_find_nothing(read: Read, name: str, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.ttl"
    triples = [quad.triple for quad in read(name)]
    file.write_bytes(serialize(triples, format=RdfFormat.TURTLE))
    # The other modules are about the data, where concepts and periods have labels of their own.
    shapes = Graph().parse(paths.SHAPES / "catalogue.ttl")
    assert validation.check([file], context=[], shapes=shapes) == []


def test_the_three_formats_say_the_same(read: Read) -> None:
    assert len({canonical(read(name)) for name in CATALOGUES}) == 1


def test_no_context_has_to_be_fetched(files: Files) -> None:
    said = json.loads(files["catalog.jsonld"][1])
    assert isinstance(said, list)  # expanded: it needs no context
    assert not [node for node in said if "@context" in node]


def test_the_same_release_gives_the_same_bytes(tmp_path: Path) -> None:
    place = tmp_path / "manifest.json"
    files = [
        {"name": f"teixit.{end}", "dataset": "graph", "media_type": type_, "compression": None}
        | {"bytes": 1, "sha1": "00", "sha256": "00", "title": end}
        for end, type_ in (("nq", "application/n-quads"), ("ttl", "text/turtle"))
    ]
    said = {"version": "1.0.0", "issued": "2026-11-22", "modified": "2026-11-22", "files": files}
    said |= {"data": "", "rdfc10": "", "statements": 1, "graphs": 1}
    place.write_text(json.dumps(said), "utf-8")
    command = [sys.executable, "-c", PROGRAM, str(place)]
    assert len({subprocess.check_output(command) for _ in range(3)}) == 1


@pytest.mark.parametrize("name", RDF)
def test_there_is_no_blank_node_and_no_page(read: Read, name: str) -> None:
    store = read(name)
    assert not [q for q in store if BlankNode in {type(q.subject), type(q.object)}]
    assert not [q for q in store if "hydra" in q.predicate.value]


@pytest.mark.parametrize("name", RDF)
def test_our_texts_are_in_three_languages(read: Read, name: str) -> None:
    texts: dict[tuple[str, str], Counter[str | None]] = {}
    for quad in read(name):
        is_text = isinstance(quad.object, Literal) and quad.object.language
        if is_text and str(quad.subject.value).startswith(namespaces.BASE):
            key = str(quad.subject.value), quad.predicate.value
            texts.setdefault(key, Counter())[quad.object.language] += 1
            assert quad.object.value == quad.object.value.strip() != ""
    assert texts
    assert {key: set(found) for key, found in texts.items() if set(found) != set(LANGUAGES)} == {}


@pytest.mark.parametrize("name", RDF)
def test_datasets_and_services_are_identified_once_and_dated_in_order(
    read: Read, values: Values, name: str
) -> None:
    store = read(name)
    things = of_type(store, "dcat:Dataset") + of_type(store, "dcat:DataService")
    identifiers = [values(store, thing, "dct:identifier") for thing in things]
    assert identifiers == [[thing] for thing in things]
    for thing in of_type(store, "dcat:Dataset"):
        (issued,), (modified,) = (values(store, thing, f"dct:{n}") for n in ("issued", "modified"))
        assert issued <= modified
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", modified)


@pytest.mark.parametrize("name", RDF)
def test_only_our_datasets_are_there_and_each_stands_alone(read: Read, name: str) -> None:
    store = read(name)
    datasets = set(of_type(store, "dcat:Dataset"))
    assert datasets == {dataset.iri for dataset in wording.datasets().values()}
    for start in datasets:
        seen: set[str] = set()
        left = [start]
        while left:
            node = left.pop()
            seen.add(node)
            quads = store.quads_for_pattern(NamedNode(node), None, None)
            following = [q.object.value for q in quads if isinstance(q.object, NamedNode)]
            left += [iri for iri in following if iri not in seen]
        assert seen & datasets == {start}


@pytest.mark.parametrize("name", RDF)
def test_nothing_is_of_two_kinds_and_nothing_is_unreferenced(read: Read, name: str) -> None:
    store = read(name)
    kinds = ("Catalog", "Dataset", "DataService", "Distribution")
    things = [thing for kind in kinds for thing in of_type(store, f"dcat:{kind}")]
    assert len(things) == len(set(things))
    referred = {quad.object for quad in store}
    versions = {q.subject for q in store if q.predicate.value == expand("dcat:isVersionOf")}
    metrics = {dcat.CATALOGUE}
    loose = {q.subject for q in store} - referred - versions
    assert {str(node.value) for node in loose} == metrics


def test_the_federator_gets_a_registered_publisher_and_no_record(
    read: Read, values: Values
) -> None:
    store = read("federador.rdf")
    named = NamedNode(expand("dct:publisher"))
    found = {quad.object.value for quad in store.quads_for_pattern(None, named, None)}
    assert found == {"http://datos.gob.es/recurso/sector-publico/org/Organismo/L01080193"}
    assert of_type(store, "dcat:CatalogRecord") == []
    notes = values(store, dcat.CATALOGUE, "dct:description")
    assert any("proposal" in note for note in notes)
    assert not any("hvd" in quad.predicate.value for quad in store)


def test_who_is_registered_publishes_everywhere(
    release: model.Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(publishers.__file__).parent / "city.toml"
    monkeypatch.setenv(publishers.SETTING, str(file))
    made = serving.files(release, model.Facts(1, frozenset(), {}))
    for name in ("catalog.ttl", "federador.rdf"):
        assert "L01080193" in made[name][1].decode()
        assert "proposal" not in made[name][1].decode()


def test_a_file_is_listed_where_its_format_has_a_code(read: Read, values: Values) -> None:
    store = read("catalog.ttl")
    addresses = [
        values(store, f, "dcat:downloadURL")[0] for f in of_type(store, "dcat:Distribution")
    ]
    names = {address.removeprefix(f"{namespaces.BASE}releases/0.2.0/") for address in addresses}
    assert {"teixit.nq", "teixit.nq.gz", "classes/Action.csv", "ontology.ttl"} < names
    assert not [name for name in names if name.endswith((".parquet", "metadata.json"))]


def test_a_packed_file_says_what_is_in_it_and_how_it_is_packed(read: Read, values: Values) -> None:
    store, iri = read("catalog.ttl"), f"{dcat.CATALOGUE}#file-teixit-nq-gz"
    assert values(store, iri, "dcat:mediaType") == [f"{IANA}application/n-quads"]
    assert values(store, iri, "dcat:compressFormat") == [f"{IANA}application/gzip"]
    assert any("compressed" in title for title in values(store, iri, "dct:title"))


def test_no_two_files_are_called_the_same(read: Read, values: Values) -> None:
    store = read("catalog.ttl")
    titles = [tuple(values(store, f, "dct:title")) for f in of_type(store, "dcat:Distribution")]
    assert len(titles) == len(set(titles))
    answer = values(
        store, f"{dcat.CATALOGUE}#file-questions-cq01-measures-of-the-line-csv", "dct:title"
    )
    assert any("the answer to cq01-measures-of-the-line, in CSV" in title for title in answer)


def test_versions_are_told_and_led_to(read: Read, values: Values) -> None:
    store = read("catalog.ttl")
    for dataset in wording.datasets().values():
        current = f"{namespaces.BASE}releases/0.2.0/#{dataset.name}"
        before = f"{namespaces.BASE}releases/0.1.0/#{dataset.name}"
        assert values(store, dataset.iri, "dcat:version") == ["0.2.0"]
        assert values(store, dataset.iri, "dcat:hasCurrentVersion") == [current]
        assert values(store, dataset.iri, "dcat:previousVersion") == [before]
        assert values(store, current, "dcat:isVersionOf") == [dataset.iri]
        assert len(values(store, dataset.iri, "adms:versionNotes")) == len(LANGUAGES)


def test_the_graph_says_where_it_is_from_and_how_good_it_is(read: Read, values: Values) -> None:
    store, graph = read("catalog.ttl"), wording.datasets()["graph"].iri
    assert values(store, graph, "prov:wasDerivedFrom")
    measured = values(store, graph, "dqv:hasQualityMeasurement")
    assert [values(store, one, "dqv:value") for one in measured] == [["94"], ["0"]]


#: The measures of the MQA with their weights (mqa-scoring @ 2735ed3); what a link checker would
#: find is proved where the files are served.
OF_DATASETS = {
    "dcat:keyword": 30,
    "dcat:theme": 30,
    "dct:spatial": 20,
    "dct:temporal": 20,
    "dct:accessRights": 15,
    "dcat:contactPoint": 20,
    "dct:publisher": 10,
    "dct:issued": 5,
    "dct:modified": 5,
}
OF_FILES = {
    "dcat:accessURL": 50,
    "dcat:downloadURL": 50,
    "dct:format": 70,
    "dcat:mediaType": 10,
    "dct:license": 30,
    "dct:rights": 5,
    "dcat:byteSize": 5,
}
CONFORMITY = 30


def test_the_quality_score_of_europe_is_full(read: Read, values: Values) -> None:
    store = read("catalog.ttl")
    for dataset in of_type(store, "dcat:Dataset"):
        files = values(store, dataset, "dcat:distribution")
        points = CONFORMITY  # the official shapes have found nothing, above
        points += sum(n for name, n in OF_DATASETS.items() if values(store, dataset, name))
        for name, most in OF_FILES.items():
            points += most if files and all(values(store, file, name) for file in files) else 0
        assert points == 405
        for file in files:
            (licence,), (format_,) = (values(store, file, n) for n in ("dct:license", "dct:format"))
            assert licence.startswith(f"{AUTHORITY}licence/")
            assert format_.startswith(f"{AUTHORITY}file-type/")
            assert values(store, file, "dcat:mediaType")[0].startswith(IANA)
