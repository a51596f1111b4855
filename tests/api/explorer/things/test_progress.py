"""What the page of a measure or an action shows of how far it has come, of made-up reports."""

from collections.abc import Callable

import pytest
from pyoxigraph import Store

from teixit.explorer.things.shown import ThingView

ACTION = "piess-2016-2019/action-29-1"
DAYS = ["2016-09-01", "2019-12-31", "2018-06-30"]
REPORTED = """PREFIX piess: <https://w3id.org/teixit/id/piess-2016-2019/>
piess:action-29-1 a teixit:Action ; rdfs:label "Acció"@ca .
piess:measure-29 a teixit:Measure ; rdfs:label "Actuació"@ca .
id:extract-decidim { id:progress-7 a teixit:ProgressReport ; rdfs:label "Resultat"@ca ;
    teixit:reportsOn piess:action-29-1 ; teixit:hasStatus id:status-ongoing ;
    teixit:percentDone 62.5 ; dcat:startDate "2016-09-01"^^xsd:date ;
    dcat:endDate "2019-12-31"^^xsd:date ; dct:issued "2018-06-30"^^xsd:date . }
id:extract-press { id:progress-press a teixit:ProgressReport ; rdfs:label "Notícia"@ca ;
    teixit:reportsOn piess:action-29-1 ; teixit:percentDone 40.0 . }
id:extract-decidim prov:hadPrimarySource id:source-decidim .
id:extract-press prov:hadPrimarySource id:source-press .
id:source-decidim rdfs:label "Decidim inventat"@ca , "Made-up Decidim"@en .
id:source-press rdfs:label "Diari inventat"@ca , "Made-up paper"@en .
id:status-ongoing a teixit:ProgressStatus ; rdfs:label "En curs"@ca , "Ongoing"@en .
id:progress-adrift teixit:reportsOn piess:measure-29 .
"""


@pytest.fixture(scope="module")
def reported(small: Callable[[str], Store]) -> Store:
    return small(REPORTED)


def rows(view: ThingView) -> list[list[str]]:
    assert view.progress
    return [[cell.text for cell in row] for row in view.progress.rows]


def test_each_report_stands_beside_its_source(tell, reported: Store) -> None:
    view = tell(ACTION, graph=reported)
    assert rows(view) == [
        ["Notícia", "", "40", "", "", "", "Made-up paper"],
        ["Resultat", "Ongoing", "62.5", *DAYS, "Made-up Decidim"],
    ]
    last = view.progress.rows[1]
    assert (last[0].address, last[0].language) == ("/doc/progress-7.en.html", "ca")
    assert (last[2].number, last[6].address) == (62.5, "/doc/source-decidim.en.html")
    assert view.tables[-1] is view.progress


@pytest.mark.parametrize(
    ("language", "caption", "status"),
    [
        ("ca", "Què declara cada font", "En curs"),
        ("es", "Qué declara cada fuente", "En curs"),
        ("en", "What each source declares", "Ongoing"),
    ],
)
def test_it_is_told_in_the_language_of_the_reader(
    tell, reported: Store, language: str, caption: str, status: str
) -> None:
    view = tell(ACTION, language, reported)
    assert view.progress.caption == caption
    assert rows(view)[1][1] == status


def test_a_report_is_not_told_twice_and_its_progress_is_not_unknown(tell, reported: Store) -> None:
    view = tell(ACTION, graph=reported)
    assert view.leads == []
    assert not any("how far" in one for one in view.unknown)


def test_a_report_that_nobody_answers_for_has_no_source(tell, reported: Store) -> None:
    view = tell("piess-2016-2019/measure-29", graph=reported)
    assert rows(view) == [["id:progress-adrift", *[""] * 6]]


def test_where_no_source_says_so_it_is_unknown(tell) -> None:
    for name in (ACTION, "piess-2016-2019/measure-29"):
        view = tell(name)
        assert view.progress is None
        assert view.unknown[0] == "how far it has come, or whether it was carried out"
