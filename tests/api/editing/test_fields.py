"""The form is what the shapes say."""

import pytest
from pyoxigraph import NamedNode

from teixit import namespaces
from teixit.editing.fields import Field, fields_of
from teixit.editing.knowledge import DOCUMENT, EXTRACT, KINDS
from teixit.languages import LANGUAGES

ASKED = {kind.name: fields_of(kind.type.value) for kind in KINDS}
ASKED |= {"source": fields_of(DOCUMENT.value), "extract": fields_of(EXTRACT.value)}


def field(kind: str, name: str) -> Field:
    return next(one for one in ASKED[kind] if one.name == name)


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_every_field_is_named_and_explained_in_every_language(kind: str) -> None:
    assert ASKED[kind]
    for one in ASKED[kind]:
        assert tuple(one.label) == tuple(one.help) == tuple(one.group.label) == LANGUAGES


def test_the_fields_of_a_project_come_in_their_order() -> None:
    names = [one.name for one in ASKED["project"]]
    assert names == [
        *("label", "altLabel"),
        *("of-namesProject", "playsRole", "hasKind", "locatedIn", "address"),
        *("promotedBy", "homepage", "isReferencedBy"),
    ]


def test_what_is_chosen_is_of_the_classes_of_the_rules() -> None:
    esadm = namespaces.PREFIXES["esadm"]
    places = (NamedNode(f"{esadm}Distrito"), NamedNode(f"{esadm}Barrio"))
    assert field("project", "locatedIn").classes == places
    assert field("project", "locatedIn").is_choice
    action = (NamedNode(namespaces.term("Action")),)
    assert field("project", "of-namesProject").classes == action


def test_what_is_typed_has_a_language_a_datatype_or_an_address() -> None:
    assert field("project", "label").languages == LANGUAGES
    assert field("project", "label").once
    assert not field("project", "altLabel").once
    assert field("project", "address").datatypes == (namespaces.expand("xsd:string"),)
    assert field("project", "homepage").is_address
    assert field("source", "title").languages == LANGUAGES
    assert [one.rpartition("#")[2] for one in field("source", "issued").datatypes] == [
        *("date", "gYearMonth", "gYear")
    ]


def test_how_many_there_must_be_and_should_be_and_may_be() -> None:
    counts = {one.name: (one.least, one.wanted, one.most) for one in ASKED["project"]}
    assert counts["label"] == (1, 1, None)
    assert counts["locatedIn"] == (0, 1, None)
    assert counts["homepage"] == (0, 0, None)
    confidence = field("extract", "hasConfidence")
    assert (confidence.least, confidence.most) == (1, 1)
