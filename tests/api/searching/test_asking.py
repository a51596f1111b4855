"""Asking: known answers in the graph that Teixit ships, their order, and hostile questions."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teixit import searching
from teixit.errors import LimitError
from teixit.namespaces import THING, expand
from teixit.searching import Index, Statement, asking, words


def found(index: Index, question: str, kind: str | None = None) -> Sequence[str]:
    things = index.find(words.asked(question), kind, 0, asking.FARTHEST).things
    return [thing.iri.removeprefix(THING) for thing in things]


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("coopolis", "project-coopolis"),
        ("COÒPOLIS", "project-coopolis"),
        ("coop", "project-coopolis"),
        ("ateneu cooperatiu de barcelona", "project-coopolis"),
        ("importa", "project-mercat-importa"),
        ("el mercat ImPorta", "project-mercat-importa"),
        ("can pico", "project-can-pico"),
        ("nou barris", "district-08"),
        ("sants", "neighbourhood-18"),
        ("projecte sants", "project-impuls-cooperatiu-de-sants"),
        ("el Eje Montaña", "axis-eix-muntanya"),
        ("mountain axis", "axis-eix-muntanya"),
        ("l'ajuntament", "organisation-ajuntament-de-barcelona"),
        ("ayuntamiento de Barcelona", "organisation-ajuntament-de-barcelona"),
        ("Barcelona City Council", "organisation-ajuntament-de-barcelona"),
        ("mesura 31", "piess-2016-2019/measure-31"),
        ("medida 31", "piess-2016-2019/measure-31"),
        ("measure 31", "piess-2016-2019/measure-31"),
        ("acció 31.2", "piess-2016-2019/action-31-2"),
        ("31.2", "piess-2016-2019/action-31-2"),
        ("acció comunitària", "theme-socio-community-action"),
    ],
)
def test_the_first_answer_is_the_one_that_is_meant(index: Index, question: str, thing: str) -> None:
    assert found(index, question)[0] == thing


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("l'economia", "piess-2016-2019"),
        ("economía social y solidaria", "piess-2016-2019"),
        ("social solidarity economy", "piess-2016-2019"),
        ("d'acció", "piess-2016-2019/line-territorialitzacio"),
        ("importa", "piess-2016-2019/action-31-2"),
        ("cobertura necessitats basiques", "theme-basic-needs"),
        ("dels districtes", "source-territorialitzacio/passage-785-853"),
        ("desigualtats", "source-territorialitzacio/passage-40-212"),
        ("districte", "piess-2016-2019/objective-territorialitzacio-2"),
    ],
)
def test_answers_that_are_known_are_there(index: Index, question: str, thing: str) -> None:
    assert thing in found(index, question)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("economia", "l'economia"),
        ("economia", "l’ECONOMÍA"),
        ("districtes", "els districtes"),
        ("plan", "the plan"),
        ("coopolis", "de la Coòpolis"),
    ],
)
def test_accents_case_and_articles_do_not_matter(index: Index, one: str, other: str) -> None:
    assert found(index, one) == found(index, other) != []


@pytest.mark.parametrize(
    ("plural", "singular"), [("cooperatives", "cooperativa"), ("acciones", "acció")]
)
def test_a_plural_finds_the_singular(index: Index, plural: str, singular: str) -> None:
    assert {*found(index, singular)} <= {*found(index, plural)}


def test_names_come_before_texts(index: Index) -> None:
    named, *_ = found(index, "economia", "measure")
    (said,) = found(index, "economia", "passage")
    answers = found(index, "economia")
    assert answers.index(named) < answers.index(said)


def test_who_is_called_exactly_so_comes_first(tmp_path: Path) -> None:
    names = ["Xarxa de barri", "Xarxa", "la xarxa de xarxes", "Xarxes"]
    label = expand("rdfs:label")
    statements = [Statement(f"urn:{name}", label, name, "ca") for name in names]
    statements.append(Statement("urn:text", label, "Fira"))
    statements.append(Statement("urn:text", expand("rdfs:comment"), "xarxa"))
    searching.build(statements, tmp_path / "index", "")
    answers = Index(tmp_path / "index").find(["xarxa"]).things
    assert answers[0].iri == "urn:Xarxa"
    assert answers[-1].iri == "urn:text"


def test_all_words_are_wanted_and_else_any(index: Index) -> None:
    both = index.find(words.asked("nou barris"))
    assert both.whole
    some = index.find(words.asked("economia xyzzy"))
    assert not some.whole
    assert some.total == index.find(["economia"]).total
    assert index.find(["xyzzy", "plugh"]).total == 0


def test_kinds_are_counted_and_chosen(index: Index) -> None:
    everything = index.find(["barris"])
    assert sum(everything.counts.values()) == everything.total
    chosen = index.find(["barris"], "passage", 0, asking.FARTHEST)
    assert chosen.counts == everything.counts
    assert len(chosen.things) == chosen.total == everything.counts["passage"]
    assert {thing.kind for thing in chosen.things} == {"passage"}
    assert index.find(["coopolis"], "district").total == 0


def test_pages_are_parts_of_the_whole(index: Index) -> None:
    every = found(index, "barri")
    assert len(every) == len(set(every)) == index.find(["barri"]).total
    parts = [index.find(["barri"], None, first, 7).things for first in range(0, len(every), 7)]
    assert [thing.iri.removeprefix(THING) for part in parts for thing in part] == every


def test_what_is_in_too_many_things_comes_by_kind_and_length(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_weight = found(index, "barri")
    monkeypatch.setattr(asking, "_WEIGHED", 3)
    assert sorted(found(index, "barri")) == sorted(by_weight)


def test_what_takes_too_long_is_left(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PATIENCE", 0)
    monkeypatch.setattr(asking, "_STEPS", 1)
    with pytest.raises(LimitError, match="add another word"):
        index.find(["barri"])


def test_a_file_that_is_no_index_is_an_error(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty").close()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        Index(tmp_path / "empty")


HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\"'*^:(){}-+.,;\\ \0%_abNEAROTD"),
    st.sampled_from(
        ['"', '""', '"a', "a OR b", "NEAR(a b, 2)", "a AND NOT b", "name : a", "* a", "a*", "^a",
         "'; DROP TABLE thing; --", "a\0b", "\u202etxet", "x" * 10_000, "a " * 10_000, "1.2.3.",
         "½ ⑴ ①", "ﷺ", "🙂", "{name} : (a)"]
    ),
)  # fmt: skip


@given(HOSTILE)
def test_no_question_does_harm(index: Index, question: str) -> None:
    asked = words.asked(question)
    if asked:
        answer = index.find(asked)
        assert answer.total == sum(answer.counts.values())
        assert len(answer.things) <= 20
