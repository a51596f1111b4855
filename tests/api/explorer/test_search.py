"""The view of a search, over the graph that Teixit ships."""

import dataclasses

import pytest
from pyoxigraph import QuerySolutions, Store

from teixit import queries, searching
from teixit.explorer import search as view
from teixit.explorer.search import Question, Search, Wording
from teixit.languages import LANGUAGES
from teixit.namespaces import THING, expand
from teixit.searching import Index, Statement
from teixit.searching.contents import KINDS

WORDING = Wording(
    title=lambda words: f"search {words}",
    summary=lambda count, whole: f"{count} {'all' if whole else 'some'}",
    caption="caption",
    columns=["name", "what", "text", "language", "identifier"],
    one={kind: f"a {kind}" for kind in KINDS},
    several={kind: f"{kind}s" for kind in KINDS},
)


def searched(index: Index, text: str, language: str = "ca", **more: object) -> Search:
    question = dataclasses.replace(Question(text, language), **more)  # type: ignore[arg-type]
    return view.search(index, question, WORDING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_is_shown_in_the_language_of_the_reader(index: Index, language: str) -> None:
    found = searched(index, "l'economía social", language)
    plan = next(hit for hit in found.hits if hit.iri.endswith("/id/piess-2016-2019"))
    titles = {"ca": "Pla d’Impuls", "es": "Plan de Impulso", "en": "The Impetus Plan"}
    assert plan.name.text.startswith(titles[language])
    assert plan.name.address == f"/{language}/about/piess-2016-2019"
    assert plan.name.language is None
    assert plan.kind == "a plan"


def test_the_text_that_has_the_words_is_shown_with_its_language(index: Index) -> None:
    (hit,) = searched(index, "eje montaña", "en").hits[:1]
    assert hit.name.text == "Eix Muntanya"
    assert hit.match is not None
    assert (hit.match.role, hit.match.language) == ("other", "es")
    marks = [piece.text for piece in hit.match.pieces if piece.marked]
    assert marks == ["Eje", "Montaña"]


def test_words_in_the_name_are_marked_there(index: Index) -> None:
    (hit,) = searched(index, "nou barris").hits[:1]
    assert hit.match is None
    assert [(piece.text, piece.marked) for piece in hit.pieces] == [
        ("Nou", True),
        (" ", False),
        ("Barris", True),
    ]


def test_a_passage_leads_to_its_place_in_the_text(index: Index) -> None:
    found = searched(index, "cadascun dels 10 districtes", kind="passage")
    (hit,) = found.hits
    assert hit.name.address == "/ca/text/source-territorialitzacio#passage-785-853"
    assert hit.match is not None
    assert hit.match.role == "text"


def test_kinds_are_offered_with_their_counts(index: Index) -> None:
    found = searched(index, "barri")
    assert found.count == found.total == sum(one.count for one in found.kinds) > view.PAGE
    assert all(one.count for one in found.kinds)
    chosen = searched(index, "barri", kind="passage")
    assert chosen.kinds == found.kinds
    assert chosen.count == found.count
    assert chosen.total == next(one.count for one in found.kinds if one.kind == "passage")
    assert searched(index, "barri", kind="nonsense").kind is None
    assert searched(index, "coopolis", kind="district").hits == []


@pytest.mark.parametrize(
    ("page", "number"),
    [(None, 1), ("1", 1), ("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("999", 0),
     ("9" * 9, 1)],
)  # fmt: skip
def test_any_page_is_one_that_there_is(index: Index, page: str | None, number: int) -> None:
    found = searched(index, "barri", page=page)
    assert found.page == (number or found.pages)
    assert found.hits
    first = searched(index, "barri").hits
    assert (found.hits == first) == (found.page == 1)


def test_files_have_all_results(index: Index) -> None:
    found = searched(index, "barri", complete=True)
    (table,) = found.tables
    assert len(table.rows) == len(found.hits) == found.total
    assert all(len(row) == len(table.columns) for row in table.rows)
    name, what, text, language, identifier = searched(index, "eje montaña", "en").tables[0].rows[0]
    assert (name.text, what.text, text.text) == ("Eix Muntanya", "a framework", "Eje Montaña")
    assert (language.text, identifier.text.rpartition("/")[2]) == ("es", "axis-eix-muntanya")


@pytest.mark.parametrize("text", ["", "?!", "xyzzy"])
def test_nothing_found_is_a_view_too(index: Index, text: str) -> None:
    found = searched(index, text)
    assert not found.hits
    assert not found.kinds
    assert (found.pages, found.total) == (0, 0)
    assert found.summary == "0 all"
    assert found.tables[0].rows == []


def test_what_comes_nearest_can_be_asked_in_sparql(index: Index, store: Store) -> None:
    (asked,) = searched(index, "L’Economia").asked
    rows = queries.evaluate(store, asked.text)
    assert isinstance(rows, QuerySolutions)
    assert f"{THING}piess-2016-2019" in {row["thing"].value for row in rows}


def test_some_of_the_words_are_better_than_nothing(index: Index) -> None:
    found = searched(index, "economia xyzzy")
    assert not found.whole
    assert found.summary.endswith("some")


def test_things_of_others_lead_to_the_web_or_nowhere(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    label = expand("rdfs:label")
    statements = [
        Statement("https://example.org/a", label, "Ateneu", "fr"),
        Statement("javascript:alert(1)", label, "Ateneu <script>"),
        Statement("urn:nameless", expand("rdfs:comment"), "ateneu"),
    ]
    file = tmp_path_factory.mktemp("index") / "foreign"
    searching.build(statements, file, "")
    hits = searched(Index(file), "ateneu").hits
    assert {(hit.name.text, hit.name.address, hit.name.language) for hit in hits} == {
        ("Ateneu", "https://example.org/a", "fr"),
        ("Ateneu <script>", None, None),
        ("urn:nameless", None, None),
    }
