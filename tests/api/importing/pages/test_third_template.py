"""A third template, as data/README.md says how to make one: the whole of it stands here.

Its pages are made up: each is a call of a fund, with a number, a title and the year it is of.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

from teixit.errors import SourceError
from teixit.importing.pages import assembling
from teixit.importing.pages.documents import Document
from teixit.importing.pages.identifiers import PlanIdentifiers
from teixit.importing.pages.lexicon import known_names
from teixit.importing.pages.lines import Span
from teixit.importing.pages.names import Names
from teixit.importing.pages.templates import Part, Reading
from teixit.importing.pages.triples import Said, at, gyear, named, term
from teixit.importing.pages.walking import Walk

NUMBERED = re.compile(r"Convocatòria (\d+)")
YEAR = re.compile(r"Any (\d{4})")


class Call(Reading):
    """The page of a call: what its lines are, and what they say."""

    MARK: ClassVar = re.compile(r"^Convocatòria \d", re.MULTILINE)

    def __init__(self, document: Document, plan: str | None = None) -> None:
        walk = Walk(document.text, document.file)
        number, title, year = (walk.take(what) for what in ("a number", "a title", "a year"))
        numbered, of = NUMBERED.fullmatch(number.text), YEAR.fullmatch(year.text)
        if numbered is None or of is None:
            raise walk.error(year if numbered else number, "«Convocatòria 1» and «Any 2018»")
        self.document, self.plan = document, PlanIdentifiers(plan or "fons-inventat")
        self.spans, self.number, self.year = (number, title, year), int(numbered[1]), int(of[1])

    @property
    def key(self) -> str:
        return f"{self.plan.plan}-{self.number}"

    @property
    def title(self) -> str:
        return self.spans[1].text

    @property
    def measures(self) -> Mapping[str, Span]:
        return {str(self.number): self.spans[0]}

    def statements(self, names: Names) -> Iterator[Said]:
        number, title, year = self.spans
        call = self.plan.measure(str(self.number))
        yield number, (call, RDF.type, term("teixit:Measure"))
        yield number, (call, term("teixit:number"), Literal(self.number))
        yield number, (call, DCTERMS.identifier, Literal(str(self.number)))
        yield from at(title, named(call, title.text, names.lexicon))
        yield year, (call, term("teixit:coversYear"), gyear(self.year))

    def part(self, names: Names) -> Part:  # noqa: ARG002 - no names are looked for
        return Part("measure", self.title, str(self.number), (Part("year", str(self.year)),))

    def counts(self, count: Callable[[str], int]) -> list[str]:
        return [f"{count('teixit:Measure')} call"]


PAGE = "Convocatòria 3\n\nObrir fons als barris\n\nAny 2018"


def test_a_third_template_has_all_the_rest_for_nothing() -> None:
    page = Call(Document(Path("page.txt"), PAGE))
    graphs, spans = assembling.of_page(page, Names(known_names()), [page])
    assert [span.text for span in spans] == PAGE.split("\n\n")
    call = page.plan.measure("3")
    title = graphs[page.ids.passage(spans[1])]
    assert {str(label) for label in title[call : URIRef(term("rdfs:label"))]} == {
        "Obrir fons als barris"
    }
    assert (call, term("teixit:speaksOfScale")) in {(s, p) for s, p, _ in title}
    assert assembling.of_plan([page]) == {}
    assert (page.name, page.plan_title) == ("page", "fons-inventat")
    assert page.part(Names(known_names())).number == "3"
    assert page.counts(lambda _: 1) == ["1 call"]


def test_two_pages_of_it_are_not_numbered_alike() -> None:
    page, other = (Call(Document(Path(name), PAGE)) for name in ("one.txt", "two.txt"))
    with pytest.raises(SourceError, match=r"two\.txt, line 1: measure 3 stands in one\.txt"):
        assembling.refuse_doubles([page, other])


def test_an_error_says_the_line_and_what_was_expected() -> None:
    with pytest.raises(SourceError, match=r"line 5: «Sempre»; expected «Convocatòria 1» and"):
        Call(Document("page.txt", PAGE.replace("Any 2018", "Sempre")))
