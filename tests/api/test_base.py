"""The base IRI is one setting: under another one nothing else is different."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse, serialize

from teixit import namespaces, paths, queries, validation
from teixit import store as teixit_store
from teixit.errors import SettingError

OTHER = "https://graf.example.cat/ess/"
#: What nothing that is published may speak of: this machine, examples, and names made up anew.
STRANGE = ("localhost", "127.0.0.1", "://example.", "file:", "urn:uuid:", ".invalid")
QUESTIONS = sorted(file.stem for file in paths.QUESTIONS.glob("*.rq"))
PAGE = paths.SOURCE / "territorialitzacio-i-accio-comunitaria.txt"

#: Writes all that is shipped and all that is asked and answered, each into a file.
PROGRAM = """
import sys
from pathlib import Path
from pyoxigraph import RdfFormat
from teixit import parameters, queries, store, validation
place = Path(sys.argv[1])
graph = store.load()
graph.dump(place / "graph.nq", format=RdfFormat.N_QUADS)
for question in queries.catalogue():
    (place / f"{question.name}.rq").write_text(question.text, "utf-8")
    found = question.results(graph, **parameters.examples(question, graph))
    answer = queries.serialise(found, "csv")
    (place / f"{question.name}.csv").write_text(answer, "utf-8")
validation.load_shapes().serialize(place / "shapes.nt", format="nt")
findings = [f"{found.node} {found.shape} {found.message}" for found in validation.check()]
(place / "findings").write_text("\\n".join(findings), "utf-8")
(place / "version").write_text(store.data_version(store.knowledge_files()), "utf-8")
"""

#: Writes the files of the catalogue of the release whose manifest is given.
CATALOGUE = """
import sys
from pathlib import Path
from teixit import namespaces
from teixit.catalogue import serving
from teixit.catalogue.model import Facts, Release
from teixit.exporting import Contents
manifest, place = map(Path, sys.argv[1:])
release = Release(Contents.parse(manifest.read_text("utf-8")), ("0.1.0",))
facts = Facts(8000, frozenset({namespaces.thing("source", "page")}), {})
for name, (_, content) in serving.files(release, facts).items():
    file = place / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
"""


def under(base: str, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env={**os.environ, namespaces.SETTING: base},
        capture_output=True,
        text=True,
        check=False,
    )


def canonical_hash(text: str, format_: RdfFormat) -> str:
    """The SHA-256 of the sorted N-Quads that RDFC-1.0 gives."""
    dataset = Dataset(parse(text, format_))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS).decode().splitlines()
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that is shipped, under another base."""
    place = tmp_path_factory.mktemp("other")
    done = under(OTHER, "-c", PROGRAM, str(place))
    assert done.returncode == 0, done.stderr
    return place


def fetched(address: str) -> str:
    """What a site of ours answers; what is about its release, once that is made."""
    for _ in range(600):
        try:
            with urlopen(address) as answer:  # noqa: S310 - a server of ours
                return str(answer.read().decode())
        except HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            time.sleep(0.5)
    pytest.fail(f"{address}: no release is made")


def put_back(file: Path) -> str:
    """What *file* says, with the canonical base in place of the other, which is nowhere else."""
    text = file.read_text("utf-8")
    assert namespaces.CANONICAL not in text
    return text.replace(OTHER, namespaces.CANONICAL)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a service of all that is shipped, under another base."""
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--quiet"]
    environment = {**os.environ, namespaces.SETTING: OTHER}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        said = (line.split() for line in server.stdout or ())
        address = next(words[1] for words in said if words[:1] == ["SPARQL"])
        try:
            yield address.removesuffix("/sparql")
        finally:
            server.terminate()


def test_the_graph_differs_in_nothing_but_the_base(other: Path, store: Store) -> None:
    ours = store.dump(format=RdfFormat.N_QUADS).decode()
    assert OTHER in (other / "graph.nq").read_text("utf-8")
    found = canonical_hash(put_back(other / "graph.nq"), RdfFormat.N_QUADS)
    assert found == canonical_hash(ours, RdfFormat.N_QUADS)


def test_a_release_differs_in_nothing_but_the_base(tmp_path: Path) -> None:
    folders = {base: tmp_path / name for base, name in ((namespaces.CANONICAL, "a"), (OTHER, "b"))}
    for base, folder in folders.items():
        done = under(base, "-m", "teixit", "export", str(folder))
        assert done.returncode == 0, done.stderr
    ours, others = folders.values()
    texts = [file for file in others.rglob("*.*") if file.suffix not in {".gz", ".parquet"}]
    assert {file.suffix for file in texts} >= {".nq", ".ttl", ".jsonld", ".csv", ".json", ".rq"}
    for file in texts:
        text, kept = put_back(file), ours / file.relative_to(others)
        if file.suffix == ".csv":
            assert sorted(text.splitlines()) == sorted(kept.read_text("utf-8").splitlines())
    said = json.loads((ours / "manifest.json").read_bytes())
    found = canonical_hash(put_back(others / "teixit.nq"), RdfFormat.N_QUADS)
    assert found == said["rdfc10"]


def test_the_catalogue_differs_in_nothing_but_the_base(tmp_path: Path) -> None:
    release, ours, others = tmp_path / "release", tmp_path / "a", tmp_path / "b"
    under(namespaces.CANONICAL, "-m", "teixit", "export", str(release))
    for base, folder in ((namespaces.CANONICAL, ours), (OTHER, others)):
        done = under(base, "-c", CATALOGUE, str(release / "manifest.json"), str(folder))
        assert done.returncode == 0, done.stderr
    formats = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".jsonld": RdfFormat.JSON_LD}
    files = [file for file in ours.rglob("*.*") if file.is_file()]
    assert {file.suffix for file in files} == {*formats, ".json"}
    for file in files:
        found, kept = put_back(others / file.relative_to(ours)), file.read_text("utf-8")
        if file.suffix in formats:
            format_ = formats[file.suffix]
            assert canonical_hash(found, format_) == canonical_hash(kept, format_), file.name
        else:
            assert sorted(found.splitlines()) == sorted(kept.splitlines()), file.name


def test_the_shapes_differ_in_nothing_but_the_base(other: Path) -> None:
    files = sorted(paths.SHAPES.glob("*.ttl"))
    ours = [quad.triple for file in files for quad in teixit_store.read(file)]
    found = canonical_hash(put_back(other / "shapes.nt"), RdfFormat.N_TRIPLES)
    text = serialize(ours, format=RdfFormat.N_TRIPLES).decode()
    assert found == canonical_hash(text, RdfFormat.N_TRIPLES)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_and_its_answer_differ_in_nothing_but_the_base(other: Path, name: str) -> None:
    assert put_back(other / f"{name}.rq") == queries.named(name).text
    kept = (paths.QUESTIONS / f"{name}.csv").read_bytes().decode("utf-8")
    assert sorted(put_back(other / f"{name}.csv").splitlines()) == sorted(kept.splitlines())


def test_what_the_shapes_find_differs_in_nothing_but_the_base(other: Path) -> None:
    ours = [f"{found.node} {found.shape} {found.message}" for found in validation.check()]
    assert put_back(other / "findings").splitlines() == ours


def test_other_iris_are_another_version_of_the_data(other: Path) -> None:
    ours = teixit_store.data_version(teixit_store.knowledge_files())
    assert (other / "version").read_text("utf-8") != ours


def test_a_page_is_imported_under_the_base_that_is_set() -> None:
    done = under(OTHER, "-m", "teixit", "import", str(PAGE))
    kept = (paths.PAGES / PAGE.with_suffix(".trig").name).read_text("utf-8")
    assert namespaces.CANONICAL not in done.stdout
    assert done.stdout.replace(OTHER, namespaces.CANONICAL) == kept


def test_a_query_of_a_file_is_asked_by_the_base_that_is_set() -> None:
    file = paths.QUESTIONS / f"{QUESTIONS[0]}.rq"
    done = under(OTHER, "-m", "teixit", "query", str(file))
    kept = file.with_suffix(".csv").read_text("utf-8")
    assert done.stdout.replace(OTHER, namespaces.CANONICAL) == kept


@pytest.mark.parametrize(
    "path",
    [
        "/ca/",
        "/en/def",
        "/sparql?query=SELECT+*+%7B%3Fs+a+%3Fclass%7D&download=csv",
        f"/sparql?query=DESCRIBE+%3C{OTHER}id/district-03%3E&download=ttl",
        "/graphs",
        "/doc/district-03.ttl",
        "/doc/district-03.jsonld",
        "/doc/question-cq23-what-is-not-known.ttl",
        "/doc/district-03.en.html",
        "/def.ttl",
        "/def/0.1.0.rdf",
        "/shapes.ttl",
        "/es/shapes",
        "/.well-known/void",
        "/void.ttl",
        "/catalog.ttl",
        "/federador.rdf",
        "/data.json",
        "/robots.txt",
        "/.well-known/api-catalog",
    ],
)
def test_a_site_under_another_base_speaks_of_no_other(site: str, path: str) -> None:
    text = fetched(f"{site}{path}")
    assert namespaces.CANONICAL not in text
    assert OTHER in text or path == "/ca/"
    assert [word for word in STRANGE if word in text] == []


def test_nothing_that_is_published_speaks_of_this_machine(store: Store) -> None:
    text = store.dump(format=RdfFormat.N_QUADS).decode()
    assert [word for word in STRANGE if word in text] == []


@pytest.mark.parametrize(
    "base", [OTHER, namespaces.CANONICAL, "http://ess.cat/", "http://[::1]:8000/~a/b%20c/"]
)
def test_a_base_is_an_absolute_iri_that_ends_in_a_slash(base: str) -> None:
    assert namespaces.chosen_base(base) == base


@pytest.mark.parametrize("setting", [None, ""])
def test_without_a_setting_the_base_is_the_canonical_one(setting: str | None) -> None:
    assert namespaces.chosen_base(setting) == namespaces.CANONICAL


@pytest.mark.parametrize(
    "setting",
    [
        "https://ess.cat",
        "https://ess.cat/def",
        "https://ess.cat/?a/",
        "https://ess.cat/#a/",
        "https://ess.cat/a b/",
        "https://ess.cat//",
        'https://ess.cat/">/',
        "https://ess.cat/\n/",
        "https://ess.cat/à/",
        "https:///a/",
        "ftp://ess.cat/",
        "ess.cat/",
        "/teixit/",
        f"{namespaces.CANONICAL}other/",
    ],
)
def test_any_other_base_is_refused(setting: str) -> None:
    with pytest.raises(SettingError, match=r"^TEIXIT_BASE=.*: expected a") as error:
        namespaces.chosen_base(setting)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("words", [["--help"], ["ask"], ["serve", "--port", "0"]])
def test_a_wrong_base_is_told_in_one_line(words: list[str]) -> None:
    done = under("teixit", "-m", "teixit", *words)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: TEIXIT_BASE='teixit': expected an absolute")
    assert len(done.stderr.splitlines()) == 1
