from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from teixit.cli import main
from teixit.errors import KnowledgeError
from teixit.exporting import Exported
from teixit.exporting.changes import Changes, Edition
from teixit.languages import LANGUAGES
from teixit.namespaces import BASE

PREFIXES = "@prefix : <urn:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
BEFORE = PREFIXES + ':a rdfs:label "A"@ca , "The A"@en ; :is 1 . :old rdfs:label "O" . [] :of :a .'
AFTER = PREFIXES + ':a rdfs:label "A"@ca , "The A"@en ; :is 2 , :new . :new :is 3 . [] :of :a .'


@pytest.fixture
def changes(tmp_path: Path) -> Changes:
    for name, text in (("before.ttl", BEFORE), ("after.ttl", AFTER)):
        (tmp_path / name).write_text(text)
    return Changes(Edition.read(tmp_path / "before.ttl"), Edition.read(tmp_path / "after.ttl"))


def test_words_in_english(changes: Changes) -> None:
    assert changes.words("en") == (
        "From before.ttl to after.ttl: 3 statements more and 2 fewer.\n"
        "The A <urn:a>: changed\n"
        '  + urn:is "2"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
        "  + urn:is urn:new\n"
        '  − urn:is "1"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
        "urn:new <urn:new>: new\n"
        '  + urn:is "3"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
        "O <urn:old>: withdrawn\n"
        '  − rdfs:label "O"\n'
    )


def test_words_in_each_language(changes: Changes) -> None:
    said = {language: changes.words(language) for language in LANGUAGES}
    assert "nou" in said["ca"]
    assert "nuevo" in said["es"]
    assert len(set(said.values())) == len(LANGUAGES)


def test_blank_nodes_are_called_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "some.ttl").write_text("[] <urn:is> 1 .")
    (tmp_path / "none.ttl").write_text("")
    editions = Edition.read(tmp_path / "none.ttl"), Edition.read(tmp_path / "some.ttl")
    (thing,) = Changes(*editions).things()
    assert (thing.iri, thing.kind) == ("_:c14n0", "new")


@pytest.mark.parametrize("format_", [RdfFormat.TRIG, RdfFormat.N_QUADS])
def test_what_changed_is_in_two_graphs(changes: Changes, format_: RdfFormat) -> None:
    quads = list(parse(changes.graphs(format_), format=format_))
    address = f"{BASE}diff/before.ttl/after.ttl"
    assert len(quads) == 5
    graphs = {
        name: {q.triple for q in quads if q.graph_name.value == f"{address}#{name}"}
        for name in ("added", "removed")
    }
    merge = {quad.triple for quad in changes.before.said}
    assert merge - graphs["removed"] | graphs["added"] == {q.triple for q in changes.after.said}


def test_a_release_has_not_changed_from_itself(exported: Exported) -> None:
    given = str(exported.folder)
    result = CliRunner().invoke(main, ["diff", given, given, "--lang", "es"])
    assert result.output == "De 0.1.0 a 0.1.0: 0 enunciados más y 0 menos.\n"


def test_the_command_gives_rdf(tmp_path: Path) -> None:
    for name, text in (("a.ttl", BEFORE), ("b.ttl", AFTER)):
        (tmp_path / name).write_text(text)
    given = [str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl")]
    result = CliRunner().invoke(main, ["diff", *given, "--format", "nq"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 5


def test_a_folder_without_a_release_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"manifest\.json: cannot be read"):
        Edition.read(tmp_path)
