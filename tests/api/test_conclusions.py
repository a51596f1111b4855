from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from teixit import conclusions, namespaces, paths
from teixit.errors import KnowledgeError

CONCERNS = NamedNode(namespaces.term("concernsDistrict"))
TITLES = "#+ title@ca: Què?\n#+ title@es: ¿Qué?\n#+ title@en: What?\n"


def test_the_committed_conclusions_are_fresh() -> None:
    committed = conclusions.FILE.read_text("utf-8")
    assert committed == conclusions.conclude(), "not what the rules give: run `make data`"


@pytest.mark.parametrize(
    ("element", "districts"),
    [
        ("measure-29", ""),
        ("measure-31", "03 08 10"),
        ("action-31-1", "03 10"),
        ("measure-32", "05 07 08"),
    ],
)
def test_what_touches_a_district_is_concluded(store: Store, element: str, districts: str) -> None:
    subject = NamedNode(f"{namespaces.THING}piess-2016-2019/{element}")
    quads = store.quads_for_pattern(subject, CONCERNS, None, None)
    assert sorted({quad.object.value[-2:] for quad in quads}) == districts.split()


def test_weaker_evidence_is_kept_apart(store: Store) -> None:
    graph = NamedNode(namespaces.thing("conclusion", "districts-touched-on-weaker-evidence"))
    quads = store.quads_for_pattern(None, CONCERNS, None, graph)
    assert {quad.object.value[-2:] for quad in quads} == {"05"}


def test_a_conclusion_names_the_passages_and_extracts_it_rests_on(store: Store) -> None:
    graph = NamedNode(namespaces.thing("conclusion", "districts-touched"))
    derived = NamedNode(namespaces.expand("prov:wasDerivedFrom"))
    grounds = {quad.object.value for quad in store.quads_for_pattern(graph, derived, None, None)}
    assert any("/passage-" in ground for ground in grounds)
    assert any("/extract-" in ground for ground in grounds)


def test_a_rule_is_a_construct_query(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "wrong.rq").write_text(f"{TITLES}ASK {{}}", "utf-8")
    monkeypatch.setattr(paths, "RULES", tmp_path)
    with pytest.raises(KnowledgeError, match="wrong: expected a CONSTRUCT query"):
        conclusions.conclude()
