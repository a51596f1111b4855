"""A mapping is a file, and what it says can be told to people."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from teixit import paths
from teixit.errors import KnowledgeError
from teixit.importing.tables import mapping
from teixit.importing.tables.mapping import Kind
from teixit.importing.tables.names import Names, folded
from teixit.languages import LANGUAGES

FILES = sorted(paths.MAPPINGS.glob("*.json"))


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def kind(request: pytest.FixtureRequest) -> Kind:
    return Kind.read(request.param)


def test_a_kind_is_called_in_three_languages(kind: Kind) -> None:
    assert set(kind.title) == set(LANGUAGES)


def test_each_column_is_explained_in_three_languages(kind: Kind) -> None:
    assert kind.columns
    for column in kind.columns:
        for texts in (column.titles, column.description, column.example):
            assert set(texts) == set(LANGUAGES), column.name


def test_no_two_columns_share_a_heading(kind: Kind) -> None:
    titles = {
        (folded(title), column.name)
        for column in kind.columns
        for titles in column.titles.values()
        for title in titles
    }
    assert len({title for title, _ in titles}) == len(titles)


def test_each_property_and_class_is_known(kind: Kind, store: Store) -> None:
    for column in [*kind.columns, *kind.virtual]:
        property_ = kind.property(column)
        assert (
            property_ is None
            or list(store.quads_for_pattern(None, NamedNode(property_), None))
            or list(store.quads_for_pattern(NamedNode(property_), None, None))
        ), column.name
        for class_ in column.ranges:
            assert Names(store).things(class_), class_


WRONG = ["", "[]"]


@pytest.mark.parametrize("content", WRONG)
def test_what_is_no_metadata_of_a_table_is_told_in_a_line(content: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, "utf-8")
    with pytest.raises(KnowledgeError, match=r"x\.json: no metadata of a table \(CSVW\)"):
        Kind.read(file)


def test_a_folder_without_mappings_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no mapping"):
        mapping.kinds(tmp_path)


COLUMNS = """{"url": "x.csv", "tableSchema": {"aboutUrl": "https://example.org/{id}", "columns": [
  {"name": "id", "titles": "Id"},
  {"name": "day", "titles": "Data", "datatype": "date", "propertyUrl": "https://example.org/day"},
  {"name": "count", "titles": "N", "datatype": "integer", "propertyUrl": "https://example.org/n"}
]}}"""


def test_values_have_the_datatype_of_their_column(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(COLUMNS, "utf-8")
    _, day, count = Kind.read(file).columns
    assert day.read("2019-05-31") == ["2019-05-31"]
    assert count.read("12") == ["12"]
    for text in ("31/5/2019", "2019-02-30"):
        with pytest.raises(ValueError, match=r".+"):
            day.read(text)
