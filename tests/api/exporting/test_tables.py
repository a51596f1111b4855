import csv
import json
from pathlib import Path

import pytest
from pyarrow import parquet
from pyoxigraph import RdfFormat, parse

from teixit.errors import ReleaseError
from teixit.exporting import Exported, tables
from teixit.exporting.columns import tables as tables_of

PREFIXES = "PREFIX x: <http://x.example/> PREFIX id: <https://w3id.org/teixit/id/>\n"


def table(turtle: str) -> tables.Table:
    (found,) = tables_of(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))
    return found


def rows(made: tables.Table) -> list[list[str]]:
    return list(csv.reader(tables.csv_of(made).decode().splitlines()))


def names(exported: Exported) -> list[str]:
    found = sorted(file.name[:-4] for file in exported.contents.files if file.name[-4:] == ".csv")
    return [name for name in found if name.startswith("classes/")]


def test_every_table_is_there_in_three_forms(exported: Exported) -> None:
    assert {"classes/Measure", "classes/Action", "classes/FlagshipProject"} <= {*names(exported)}
    for name in names(exported):
        place = exported.folder / name
        with Path(f"{place}.csv").open(encoding="utf-8", newline="") as file:
            head, *things = csv.reader(file)
        described = json.loads(Path(f"{place}.csv-metadata.json").read_bytes())
        columns = described["tableSchema"]["columns"]
        assert head == [column["name"] for column in columns] == [*dict.fromkeys(head)]
        packed = parquet.read_table(f"{place}.parquet")
        assert packed.column_names == head
        assert (
            packed.column("iri").to_pylist()
            == [row[0] for row in things]
            == sorted(row[0] for row in things)
        )


def test_labels_come_first_in_our_languages(exported: Exported) -> None:
    head = (exported.folder / "classes/Measure.csv").read_text("utf-8").splitlines()[0]
    assert head.startswith("iri,rdfs_label_ca,rdfs_label_es,rdfs_label_en,")


def test_values_stand_in_one_cell_with_what_none_of_them_contains_between() -> None:
    made = table("id:b a x:C ; x:p 'one|two', 'three' . id:a a x:C ; x:p 'four' .")
    assert rows(made) == [
        ["iri", "http___x_example_p", "rdf_type"],
        ["https://w3id.org/teixit/id/a", "four", "http://x.example/C"],
        ["https://w3id.org/teixit/id/b", "one|two;three", "http://x.example/C"],
    ]


def test_what_is_not_known_is_empty() -> None:
    made = table("id:a a x:C ; x:p 1 . id:b a x:C .")
    assert [row[1] for row in rows(made)[1:]] == ["1", ""]


@pytest.mark.parametrize(
    ("values", "datatype"),
    [
        ("x:y", "anyURI"),
        ("1", "integer"),
        ("'2026-01-01'^^<http://www.w3.org/2001/XMLSchema#date>", "date"),
        ("1, 'one'", "string"),
        ("'one'@ca", "string"),
        ("'z'^^x:d", {"@id": "http://x.example/d", "base": "string"}),
    ],
)
def test_datatypes_are_those_of_csv_on_the_web(values: str, datatype: object) -> None:
    described = json.loads(tables.metadata_of(table(f"id:a a x:C ; x:p {values} ."), "urn:l"))
    (column,) = [
        column
        for column in described["tableSchema"]["columns"]
        if column["name"].startswith("http___x_example_p")
    ]
    assert column["datatype"] == datatype


def test_the_name_of_a_table_is_one_of_a_file() -> None:
    made = table("id:a a <http://x.example/a/../b?c> .")
    assert made.name == "http_3A_2F_2Fx.example_2Fa_2F.._2Fb_3Fc"


def test_blank_nodes_have_their_labels() -> None:
    assert rows(table("id:a a x:C ; x:p _:b ."))[1][1].startswith("_:")


def test_without_what_writes_parquet_there_is_a_clear_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert tables.has_parquet()
    monkeypatch.setattr(tables, "_ENGINE", "no_such_module")
    with pytest.raises(ReleaseError, match=r"install teixit\[export\]"):
        tables.require_parquet()
