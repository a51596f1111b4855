"""Pages of measures in every hand of the template, and beside each what is to be read in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from teixit.errors import KnowledgeError, SourceError
from teixit.importing import pages
from teixit.importing.pages.district_plan import DistrictPlanPage, outline
from teixit.importing.pages.district_plan.outline import Page

MEASURES = sorted((Path(__file__).parent / "measures").glob("*/*.txt"))
SAVED = sorted((Path(__file__).parent / "measures").glob("*/*.html"))
TEXT = "Mesura\n8.4\nObrir un local\nProgrés 2\n2018Mesura plurianual 2017-2021\nText inventat.\n"


def plan_of(measure: Path) -> str:
    return f"pde-{measure.parent.name}"


def told(page: Page) -> Iterator[str]:
    yield f"measure {page.identifier}, digits {page.digits}: {page.title.text}"
    if page.progress:
        yield f"progress: {page.level}{' %' if page.is_percent else ''}"
    yield f"years: {page.period.first} to {page.period.last}, under {page.period.year}"
    yield from (f"paragraph: {span.text}" for span in page.paragraphs)
    yield from (f"left over: {span.text}" for span in page.left_over)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_page_is_read_as_its_outline_says(measure: Path) -> None:
    reading = pages.read(measure, plan_of(measure))
    assert isinstance(reading, DistrictPlanPage)
    assert "\n".join(told(reading.page)) + "\n" == measure.with_suffix(".outline").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("saved", SAVED, ids=lambda file: file.stem)
def test_a_saved_page_says_of_which_district_it_is_and_gives_the_same_graph(saved: Path) -> None:
    from_html = pages.import_pages([saved])
    assert set(from_html.plans) == {plan_of(saved)}
    from_text = pages.import_pages([saved.with_suffix(".txt")], plan_of(saved))
    assert from_html.files == from_text.files


@pytest.mark.parametrize("plan", [None, "pde-atlantis", "piess-2016-2019"])
def test_a_page_that_does_not_say_its_district_is_asked_for_it(plan: str | None) -> None:
    with pytest.raises(KnowledgeError, match="of which district: --plan pde-ciutat-vella or"):
        pages.read(MEASURES[0], plan)


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("Mesura\n8.4", "Mesura\nvuit", 2, "the number of a measure, such as 8.4"),
        ("Mesura\n8.4", "Mesures\n8.4", 1, "«Mesura» and the number of a measure"),
        ("2018Mesura plurianual 2017-2021", "Sempre", 5, "«Mesura plurianual» or «Mesura anual»"),
        ("2018Mesura plurianual 2017-2021", "Mesura anual", 5, "and its years"),
        ("2017-2021", "2017-2016", 5, "a last year that does not come before the first"),
        ("\nText inventat.", "", 5, "the text of the measure"),
        (TEXT, "Mesura\n8.4", 2, "the title of the measure"),
        (TEXT, "", 1, "«Mesura» and the number"),
    ],
)
def test_a_page_off_the_template_is_refused(old: str, new: str, line: int, expected: str) -> None:
    with pytest.raises(SourceError) as caught:
        outline.parse(TEXT.replace(old, new, 1))
    assert (caught.value.line, expected in caught.value.expected) == (line, True)
