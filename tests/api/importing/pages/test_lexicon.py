from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from teixit.importing.pages import lexicon
from teixit.importing.pages.lexicon import Lexicon, Name

SCALE, PLAN = "urn:speaks-of-scale", lexicon.RELATION_TO_FRAMEWORK


def found(text: str, *names: Name) -> list[tuple[str, str]]:
    mentions = Lexicon(names).mentions(text)
    return [(text[mention.start : mention.end], mention.thing) for mention in mentions]


def test_names_are_found_without_regard_to_case_accents_and_apostrophes() -> None:
    name = Name(SCALE, "urn:axis", "L'Eix Muntanya de Gràcia")
    assert found("A l’EIX MUNTANYA de Gracia.", name) == [("l’EIX MUNTANYA de Gracia", "urn:axis")]


def test_names_are_found_as_whole_words() -> None:
    name = Name(SCALE, "urn:neighbourhood", "barri")
    assert found("barris, barriada, barri-barri, subbarri", name) == [
        ("barri", "urn:neighbourhood"),
        ("barri", "urn:neighbourhood"),
    ]


def test_a_longer_name_covers_a_shorter_one_of_its_relation() -> None:
    names = Name(SCALE, "urn:district", "districtes"), Name(SCALE, "urn:all", "els 10 districtes")
    assert found("els 10 districtes", *names) == [("els 10 districtes", "urn:all")]


def test_a_proper_name_covers_the_words_it_is_made_of() -> None:
    names = Name(SCALE, "urn:neighbourhood", "barris"), Name(PLAN, "urn:plan", "Pla de Barris")
    assert found("el Pla de Barris", *names) == [("Pla de Barris", "urn:plan")]


@given(st.text())
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(lexicon.fold(text)) == len(text)


def test_the_graph_that_is_shipped_gives_names_of_every_kind(store: Store) -> None:
    relations = {name.relation.rpartition("#")[2] for name in lexicon.names_in(store)}
    assert {"speaksOfScale", "assignsRole", "alignsWith", "concernsAxis"} < relations
    assert {"http://purl.org/dc/terms/subject", "http://purl.org/dc/terms/references"} < relations
