"""Each quirk of the city's pages has a page, and beside it what is to be read in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from teixit import namespaces
from teixit.importing import pages
from teixit.importing.pages.lexicon import Lexicon, known_names
from teixit.importing.pages.line_of_work import LineOfWork, projects
from teixit.importing.pages.line_of_work.outline import Action, Measure, Page

QUIRKS = sorted((Path(__file__).parent / "quirks").glob("*.txt"))
#: What an outline tells of the names in a title.
RELATIONS = {namespaces.term(name): name for name in ("alignsWith", "speaksOfScale")}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return known_names()


def told(page: Page, lexicon: Lexicon) -> Iterator[str]:
    yield page.title.text
    yield from (f"paragraph: {span.text}" for span in page.paragraphs)
    yield from (f"objective: {span.text}" for span in page.objectives)
    yield from (f"target group: {span.text}" for span in page.target_groups)
    for measure in page.measures:
        yield from told_of_measure(measure, lexicon)
    yield from (f"left over: {span.text}" for span in page.left_over)


def told_of_measure(measure: Measure, lexicon: Lexicon) -> Iterator[str]:
    offered = " ".join(map(str, measure.years))
    yield f"measure {measure.number}: {measure.title} ({offered})"
    for action in measure.actions:
        yield f"  action: {action.title} ({' '.join(map(str, action.years))})"
        yield from told_of_action(action, lexicon)


def told_of_action(action: Action, lexicon: Lexicon) -> Iterator[str]:
    mentions = lexicon.mentions(action.title)
    for mention in mentions:
        if name := RELATIONS.get(mention.relation):
            yield f"    {name}: {mention.thing.removeprefix(namespaces.THING)}"
    if listed := projects.find(action.title, mentions):
        end = ", and more" if listed.is_open else ""
        yield f"    projects: {'; '.join(listed.names)}{end}"


def test_there_is_a_page_for_each_quirk() -> None:
    assert [int(page.name[:2]) for page in QUIRKS] == list(range(1, 14))


@pytest.mark.parametrize("page", QUIRKS, ids=lambda page: page.stem)
def test_the_page_is_read_as_its_outline_says(page: Path, lexicon: Lexicon) -> None:
    reading = pages.read(page)
    assert isinstance(reading, LineOfWork)
    outline = page.with_suffix(".outline").read_text("utf-8")
    assert "\n".join(told(reading.page, lexicon)) + "\n" == outline
