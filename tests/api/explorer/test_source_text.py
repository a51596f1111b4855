from collections.abc import Iterable, Mapping

import pytest
from pyoxigraph import RdfFormat, Store

from teixit import paths
from teixit.errors import NotFoundError
from teixit.explorer import files
from teixit.explorer.reading import Reader
from teixit.explorer.source_text import MOST, SourceText, source_text, texts
from teixit.explorer.text_blocks import Piece
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES, expand
from teixit.web.texts import messages

PAGE = "source-territorialitzacio"
FOREIGN: Mapping[str, str] = {expand("dct:subject"): "tema"}
SMALL = """
id:source-x a teixit:SourceDocument ; schema:text "One.\\nTwo." ; dct:title "X" ;
  dct:issued "2020" ; pav:retrievedFrom <javascript:alert(1)> .
id:source-x\\/passage-0-4 oa:hasSource id:source-x ; oa:hasSelector id:s ; teixit:startLine 1 .
id:s oa:start 0 ; oa:end 4 ; oa:exact "One." .
<urn:elsewhere> schema:text "There." ; dct:title "There" .
id:source-silent a teixit:SourceDocument .
"""


def shown(store: Store, name: str, language: str = "ca") -> SourceText:
    return source_text(Reader(store, language), messages(language), FOREIGN, name)


def plain(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text + plain(piece.pieces) for piece in pieces)


@pytest.fixture(scope="module")
def small() -> Store:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    store = Store()
    store.load((prefixes + SMALL).encode(), RdfFormat.TURTLE)
    return store


def test_the_text_of_the_page_is_whole_and_in_order(store: Store) -> None:
    [file] = (paths.DATA / "source").glob("*.txt")
    lines = file.read_text("utf-8").split("\n")
    view = shown(store, PAGE)
    for block in view.blocks:
        said = "\n".join(lines[block.first - 1 : block.last])
        assert plain(block.pieces).strip() == said.strip()
    assert [block.first for block in view.blocks[1:]] == [
        block.last + 1 for block in view.blocks[:-1]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_passage_is_there_with_what_it_says(store: Store, language: str) -> None:
    view = shown(store, PAGE, language)
    named = [name for block in view.blocks for name in block.passages]
    assert len(named) == len(set(named)) == 46
    assert set(named) == set(view.said) == set(view.words) == set(view.documents)
    assert all(view.said.values())
    assert view.words["passage-0-38"] == "Territorialització i acció comunitària"
    assert view.documents["passage-0-38"] == f"/doc/{PAGE}/passage-0-38.{language}.html"
    assert view.language == "ca"
    assert view.publisher.address == f"/{language}/about/organisation-ajuntament-de-barcelona"


def test_what_a_thing_is_comes_first_and_its_own_words_are_marked(store: Store) -> None:
    [said] = shown(store, PAGE).said["passage-0-38"]
    assert said.subject.address == "/ca/about/piess-2016-2019/line-territorialitzacio"
    kind, *others = said.facts
    assert [cell.text for cell, _ in kind.values] == ["línia de treball"]
    theme = next(fact for fact in others if fact.name == "tema")
    assert [(cell.text, quoted) for cell, quoted in theme.values] == [
        ("acció sociocomunitària", False)
    ]
    assert ("Territorialització i acció comunitària", True) in [
        (cell.text, quoted) for fact in others for cell, quoted in fact.values
    ]


def test_its_table_has_a_row_for_each_statement(store: Store) -> None:
    view = shown(store, PAGE)
    [table] = view.tables
    assert len(table.rows) == sum(
        len(fact.values) for said in view.said.values() for thing in said for fact in thing.facts
    )
    assert [row[0].number for row in table.rows] == sorted(row[0].number or 0 for row in table.rows)
    assert files.of_csv(view).startswith("\ufeffLínia,Paraules de la font".encode())


def test_of_other_documents_what_was_taken_from_them_is_shown(store: Store) -> None:
    view = shown(store, "source-bcn-geodata", "en")
    assert (view.blocks, view.said) == ([], {})
    assert "is not here" in view.summary
    assert view.rights.startswith("Data of")
    assert {extract.confidence for extract in view.extracts} == {"high"}
    assert all(len(extract.said) == MOST < extract.total for extract in view.extracts)
    assert all(extract.description for extract in view.extracts)


def test_a_document_may_only_support_conclusions(store: Store) -> None:
    view = shown(store, "source-el-nacional-2016")
    assert (view.blocks, view.extracts) == ([], [])


def test_what_is_not_there_is_not_found(store: Store) -> None:
    for name in ("nothing", "<script>"):
        with pytest.raises(NotFoundError, match=f"no source called {name}"):
            shown(store, name)


def test_a_page_of_others_is_shown_by_what_is_known_of_it(small: Store) -> None:
    view = shown(small, "source-x")
    assert [plain(block.pieces) for block in view.blocks] == ["One.", "Two."]
    assert view.said == {"passage-0-4": []}
    assert (view.title, view.issued, view.language, view.publisher.text) == ("X", "2020", "", "")
    assert view.origin.address is None
    assert shown(small, "source-silent").title == "source-silent"


def test_only_texts_of_ours_have_a_page(small: Store, store: Store) -> None:
    assert [cell.address for cell in texts(Reader(small, "es"))] == ["/es/text/source-x"]
    assert [cell.address for cell in texts(Reader(store, "es"))] == [f"/es/text/{PAGE}"]
