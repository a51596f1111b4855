"""Pages that are made up: what is put in stands in the graph, with the words that say it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from teixit import namespaces, queries
from teixit.importing.pages import import_page, lines
from teixit.importing.pages.lexicon import Lexicon

ACTIONS = queries.read(Path(__file__).parent / "actions.rq")
NAMES = Lexicon([])
YEARS = (2016, 2017, 2018, 2019)

#: Not those that tell of a text read in the wrong encoding.
words = st.text(
    st.characters(categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="\u1680\ufffdÃâ"),
    max_size=60,
).map(lambda text: f"L’{text} a")
tables = st.lists(
    st.tuples(words, st.lists(st.sampled_from(YEARS), min_size=1, unique=True).map(sorted)),
    min_size=1,
    max_size=4,
)


def page_of(objective: str, actions: list[tuple[str, list[int]]]) -> str:
    rows = [title for title, _ in actions]
    scheduled = [
        "\n".join([f"{title} {years[0]}", *map(str, years[1:])]) for title, years in actions
    ]
    offered = " ".join(map(str, YEARS))
    measure = ["7Fer", f"Accions {offered}", *rows, "Accions Anys", *scheduled]
    return "\n\n".join(
        ["Línia", "Objectius:", objective, "A qui es dirigeix:", "Tothom", "\n".join(measure)]
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages") / "page.txt"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(objective=words, actions=tables)
def test_what_is_put_in_stands_in_the_graph_with_its_words(
    page: Path, objective: str, actions: list[tuple[str, list[int]]]
) -> None:
    page.write_text(page_of(objective, actions), "utf-8", newline="")
    result = import_page(page, lexicon=NAMES)
    store = Store()
    store.extend(parse(result.trig, format=RdfFormat.TRIG))
    assert result.not_understood == ()
    assert found(store) == {
        (f"7.{place}", lines.tidy(title), year)
        for place, (title, years) in enumerate(actions, 1)
        for year in years
    }
    exact = NamedNode(namespaces.expand("oa:exact"))
    quoted = [quad.object.value for quad in store.quads_for_pattern(None, exact, None, None)]
    assert quoted
    assert all(quotation in page_of(objective, actions) for quotation in quoted)


def found(store: Store) -> set[tuple[str, str, int]]:
    """The identifier, title and year of each action whose quotation says the year."""
    return {
        (row["identifier"].value, row["title"].value, int(row["year"].value))
        for row in ACTIONS.rows(store)
        if row["year"].value in row["exact"].value
    }
