"""What is typed becomes statements, each with who says so, or is said to be wrong and kept."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from teixit import namespaces
from teixit.editing import drafts, rows, saving
from teixit.editing.drafts import Draft
from teixit.editing.fields import fields_of
from teixit.editing.knowledge import KINDS, RECORD, Knowledge

Fill = Callable[..., Draft]
PROJECT, ORGANISATION = KINDS
THING = namespaces.THING
SOURCE = f"{THING}extract-cooperasec-que-es"
OTHER = f"{THING}extract-sants-coop-arxiu"
BLANK = "thing.homepage.1"
#: A source that the form describes.
NEW = {
    "source.label.0.value": "Un document de prova",
    "source.label.1.value": "Un documento de prueba",
    "source.title.0.value": "Prova",
    "source.title.0.language": "ca",
    "source.retrievedFrom.0.value": "https://prova.example/",
    "source.issued.0.value": "2017-05",
    "extract.description.0.value": "Diu una adreça.",
    "extract.hasConfidence.0.value": f"{THING}confidence-low",
}


def page(address: str = "https://a.example/", source: str = SOURCE) -> dict[str, str]:
    return {f"{BLANK}.value": address, f"{BLANK}.source": source}


def faults(draft: Draft) -> dict[str, str]:
    return {row.name: row.fault for row in draft.faults}


def said(quads: Mapping[Quad, str]) -> set[tuple[str, str, str]]:
    return {
        (quad.predicate.value.replace("#", "/").rpartition("/")[2], quad.object.value, file)
        for quad, file in quads.items()
    }


def test_a_form_that_nobody_touched_changes_nothing(fill: Fill, knowledge: Knowledge) -> None:
    for kind in KINDS:
        for choice in knowledge.choices([kind.type]):
            draft = fill({}, kind, choice.node)
            assert (draft.faults, bool(draft.change)) == ([], False)


def test_a_new_value_comes_with_its_document(fill: Fill) -> None:
    change = fill(page()).change
    assert change is not None
    assert said(change.added) == {
        ("homepage", "https://a.example/", "projects.trig"),
        ("isReferencedBy", f"{THING}source-cooperasec-que-es", "projects.trig"),
    }
    assert {quad.graph_name.value for quad in change.added} == {SOURCE}
    assert not change.removed


def test_a_value_that_is_typed_over_goes_and_another_comes(fill: Fill) -> None:
    change = fill({"thing.homepage.0.value": " https://b.example/ "}).change
    assert change is not None
    gone = ("homepage", "https://www.bcn.coop/", "projects.trig")
    assert said(change.removed) == {gone}
    assert said(change.added) == {("homepage", "https://b.example/", "projects.trig")}


@pytest.mark.parametrize(
    "typed", [{"thing.homepage.0.drop": "1"}, {"thing.homepage.0.value": "  "}]
)
def test_a_value_goes(fill: Fill, typed: dict[str, str]) -> None:
    change = fill(typed).change
    assert change is not None
    assert [quad.predicate.value for quad in change.removed] == [namespaces.expand("foaf:homepage")]
    assert not change.added


def test_who_says_so_can_change(fill: Fill) -> None:
    change = fill({"thing.homepage.0.source": OTHER}).change
    assert change is not None
    assert len(change.removed) == 1
    assert {quad.graph_name.value for quad in change.added} == {OTHER}


def test_a_name_of_ours_goes_to_the_translations(fill: Fill) -> None:
    typed = {"thing.altLabel.2.value": "Coòpolis, el ateneo", "thing.altLabel.2.language": "es"}
    change = fill(typed | {"thing.altLabel.2.source": f"{THING}translation-es"}).change
    assert change is not None
    assert said(change.added) == {("altLabel", "Coòpolis, el ateneo", "translations.trig")}


def test_a_text_without_a_language_is_plain(fill: Fill) -> None:
    typed = {"thing.address.0.value": "Carrer Nou, 1", "thing.address.0.language": "ca"}
    change = fill(typed).change
    assert change is not None
    (quad,) = (quad for quad in change.added if quad.predicate.value.endswith("address"))
    assert quad.object == Literal("Carrer Nou, 1")


def test_an_action_names_the_project(fill: Fill) -> None:
    action = f"{THING}piess-2016-2019/action-29-1"
    typed = {"thing.of-namesProject.0.value": action, "thing.of-namesProject.0.source": SOURCE}
    change = fill(typed).change
    assert change is not None
    (quad,) = change.added
    assert (quad.subject.value, quad.object) == (action, change.subject)


def test_a_new_source_is_described_with_what_it_says(fill: Fill) -> None:
    change = fill(NEW | page(source=rows.NEW)).change
    assert change is not None
    document, extract = (
        f"{THING}source-un-document-de-prova",
        f"{THING}extract-un-document-de-prova",
    )
    about = {quad.subject.value for quad in change.added if quad.graph_name == RECORD}
    assert about == {document, extract}
    assert ("label", "Extret de «Un document de prova»", "sources.trig") in said(change.added)
    assert ("label", "Extracto de «Un documento de prueba»", "sources.trig") in said(change.added)
    assert ("isReferencedBy", document, "projects.trig") in said(change.added)
    assert ("issued", "2017-05", "sources.trig") in said(change.added)
    language = "http://publications.europa.eu/resource/authority/language/CAT"
    assert ("language", language, "sources.trig") in said(change.added)
    assert {quad.graph_name.value for quad in change.added} == {extract, RECORD.value}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (page("nowhere"), {BLANK: "address"}),
        (page("https:// x.example/"), {BLANK: "address"}),
        (page("https://[::1/"), {BLANK: "address"}),
        (page("https:///x"), {BLANK: "address"}),
        (page("javascript:alert(1)"), {BLANK: "address"}),
        (page("https://x.example/\x00"), {BLANK: "strange"}),
        (page("https://x.example/\u202e"), {BLANK: "strange"}),
        (page("https://x.example/" + "x" * 2000), {BLANK: "long"}),
        (page(source=""), {BLANK: "source"}),
        (page(source="not an IRI"), {BLANK: "source"}),
        (page(source=f"{THING}record-sources"), {BLANK: "source"}),
        (page("https://www.bcn.coop/", f"{THING}extract-bcn-coop-historia"), {BLANK: "double"}),
        ({"thing.hasKind.0.value": f"{THING}district-03"}, {"thing.hasKind.0": "choice"}),
        ({"thing.altLabel.0.language": "fr"}, {"thing.altLabel.0": "language"}),
        ({"thing.altLabel.0.value": "two\nlines"}, {"thing.altLabel.0": "strange"}),
        (
            {"source.issued.0.value": "soon"},
            {"source.issued.0": "datatype", "source.label.0": "nameless"},
        ),
        ({"source.retrievedFrom.0.value": "https://x.example/"}, {"source.label.0": "nameless"}),
        (page(source=rows.NEW), {BLANK: "unnamed", "source.label.0": "nameless"}),
        ({"source.label.0.value": "!!!"}, {"source.label.0": "nameless"}),
        ({"source.label.0.value": "lacol coopolis bcn fase 0"}, {"source.label.0": "taken"}),
    ],
)
def test_what_cannot_be_meant_is_marked_and_kept(
    fill: Fill, typed: dict[str, str], wrong: dict[str, str]
) -> None:
    draft = fill(typed)
    assert faults(draft) == wrong
    assert draft.change is None
    kept = {f"{row.name}.value": row.value for row in (*draft.rows, *draft.source)}
    for name, value in typed.items():
        if name.endswith(".value"):
            assert kept[name] == value


def test_a_line_that_is_none_is_a_new_one(fill: Fill) -> None:
    for odd in ("no quad", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> .", "\udcff"):
        draft = fill({"thing.homepage.0.was": odd})
        assert draft.rows[[row.name for row in draft.rows].index("thing.homepage.0")].was is None
        assert not draft.change


@pytest.mark.parametrize(
    "old",
    [
        f"<{THING}project-coopolis> <http://xmlns.com/foaf/0.1/homepage> <urn:x> <{SOURCE}> .",
        (
            f"<{THING}project-can-pico> <http://xmlns.com/foaf/0.1/homepage>"
            f" <https://bicihub.barcelona/> <{THING}extract-bicihub-historia-can-pico> ."
        ),
    ],
    ids=["that is not there", "of another thing"],
)
def test_a_statement_cannot_be_taken_out(fill: Fill, old: str) -> None:
    change = fill({"thing.homepage.0.was": old, "thing.homepage.0.drop": "1"}).change
    assert change is not None
    assert not change.removed


def test_a_new_thing_gets_its_name_and_class_from_who_names_it(fill: Fill) -> None:
    name = {"thing.label.0.value": "Els Nous d’Aquí", "thing.label.0.source": SOURCE}
    change = fill(name, ORGANISATION, None).change
    assert change is not None
    assert change.subject.value == f"{THING}organisation-els-nous-d-aqui"
    assert said(change.added) == {
        ("label", "Els Nous d’Aquí", "organisations.trig"),
        ("type", ORGANISATION.type.value, "organisations.trig"),
    }


@pytest.mark.parametrize(
    ("name", "why"), [("", "nameless"), ("?!", "nameless"), ("Lacol", "taken")]
)
def test_a_new_thing_needs_a_name_of_its_own(fill: Fill, name: str, why: str) -> None:
    typed = {"thing.label.0.value": name, "thing.label.0.source": SOURCE}
    draft = fill(typed, ORGANISATION, None)
    assert faults(draft) == {"thing.label.0": why}


def test_a_form_without_lines_says_nothing(knowledge: Knowledge) -> None:
    draft = drafts.typed(knowledge, ORGANISATION, None, {})
    assert (draft.faults, draft.change) == ([], None)


def test_what_other_files_say_is_shown_once(knowledge: Knowledge) -> None:
    project = NamedNode(f"{THING}project-coopolis")
    asked = {one.name: one for one in fields_of(PROJECT.type.value)}
    found = drafts.elsewhere(knowledge, project, asked["label"])
    assert [quad.object for quad in found] == [Literal("Coòpolis", language="ca")]
    (named,) = drafts.elsewhere(knowledge, project, asked["of-namesProject"])
    assert named.object == project


def test_a_field_ends_with_a_line_to_write_on(knowledge: Knowledge) -> None:
    draft = drafts.begun(knowledge, PROJECT, NamedNode(f"{THING}project-coopolis"))
    for one in fields_of(PROJECT.type.value):
        lines = draft.lines(one)
        tags = [line.language for line in lines]
        assert tags == ["es", "en", "ca"] if one.once else lines[-1].is_blank
    (label, *_) = fields_of(PROJECT.type.value)
    assert [line.language for line in draft.lines(label, said=frozenset({"ca"}))] == ["es", "en"]


def test_a_field_of_which_there_is_one_at_most_ends_without(fill: Fill) -> None:
    draft = fill(NEW)
    confidence = next(
        one for one in fields_of(namespaces.term("SourceExtract")) if one.name == "hasConfidence"
    )
    assert len(draft.lines(confidence, "extract")) == 1


def test_what_others_write_meanwhile_is_put_in_and_nothing_is_lost(
    fill: Fill, folder: Path
) -> None:
    before = Knowledge.of(folder)
    mine = fill(
        page() | {"thing.locatedIn.0.drop": "1", "thing.altLabel.0.value": "Typed over"},
        known=before,
    )
    others = fill(
        {
            "thing.homepage.0.drop": "1",
            "thing.altLabel.0.drop": "1",
            "thing.homepage.1.value": "https://theirs.example/",
            "thing.homepage.1.source": OTHER,
        },
        known=before,
    )
    assert others.change is not None
    saving.write(before, saving.texts(before, others.change))
    after = Knowledge.of(folder)
    sent = {"version": mine.version}
    for row in mine.rows:
        told = {"value": row.value, "language": row.language, "source": row.source, "was": row.old}
        sent |= {f"{row.name}.{key}": value for key, value in told.items()}
        sent |= {f"{row.name}.drop": "1"} if row.dropped else {}
    merged = drafts.typed(after, PROJECT, mine.subject, sent)
    pages = [row.value for row in merged.rows if row.field.name == "homepage"]
    assert pages == ["https://a.example/", "https://theirs.example/"]
    gone = {getattr(quad.object, "value", "") for quad in merged.gone}
    assert gone == {"https://www.bcn.coop/", "Ateneu Cooperatiu de Barcelona"}
    come = {quad.object.value for quad in merged.come if quad.predicate.value.endswith("homepage")}
    assert come == {"https://theirs.example/"}
    assert merged.change is not None
    assert ("altLabel", "Typed over", "projects.trig") in said(merged.change.added)
    assert ("homepage", "https://a.example/", "projects.trig") in said(merged.change.added)
    assert len(merged.change.removed) == 1
