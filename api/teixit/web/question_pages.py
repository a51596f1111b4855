"""The questions as a catalogue: all of them, and a page for each with its answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from pyoxigraph import QueryResultsFormat, Store, parse_query_results
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from teixit import binding, namespaces, parameters, paths, protocol, queries
from teixit.discovery.sitemaps import Page
from teixit.errors import QueryError
from teixit.languages import LANGUAGES, in_language
from teixit.parameters import Choice, Parameter
from teixit.queries import Query, Remote, Term
from teixit.web import asked, naming, results, row_links, vocabulary
from teixit.web.explorer import showing
from teixit.web.related import related, terms
from teixit.web.results import Table
from teixit.web.site import Site, site
from teixit.web.texts import reader_language

blueprint = Blueprint("questions", __name__)

#: The modules of the ontology that a question can be about, and their headings.
MODULES: Final = {
    "plan": "home.about_plan",
    "territory": "home.about_territory",
    "projects": "home.about_projects",
    "progress": "home.about_progress",
    "evidence": "home.about_evidence",
}
#: What the texts call the parameters.
_LABELS: Final = {
    "district": "questions.district",
    "neighbourhood": "questions.neighbourhood",
    "year": "questions.year",
    "measure": "questions.measure",
    "project": "questions.project",
    "theme": "questions.theme",
    "source": "questions.source",
    "level": "questions.level",
    "line": "questions.line",
}
#: How many rows the page of a question shows.
_ROWS: Final = 200
#: The longest words that the questions are searched for, in characters.
_WORDS: Final = 200


@dataclass(frozen=True)
class Answer:
    """What a question is answered with.

    Args:
        table: The rows; None for yes or no.
        verdict: Yes or no.
        csv: The whole answer, as the kept ones are written.
        rows: The first rows, as SPARQL 1.1 Query Results JSON has them.
    """

    table: Table | None
    verdict: bool | None
    csv: str
    rows: Sequence[naming.Row] = ()

    @classmethod
    def of(cls, query: Query, graph: Store | Remote, values: Mapping[str, Term]) -> "Answer":
        """Ask *graph*, through the workers.

        Raises:
            RequestError: The workers cannot say.
        """
        written = queries.serialise(query.results(graph, **values), "json")
        csv = queries.serialise(parse_query_results(written, QueryResultsFormat.JSON), "csv")
        told = json.loads(written)
        if "boolean" in told:
            return cls(None, told["boolean"], csv)
        rows = told["results"]["bindings"]
        first = told["results"]["bindings"] = rows[:_ROWS]
        return cls(Table.of(told, len(rows)), None, csv, first)


@blueprint.get("/questions")
@blueprint.get("/questions/<name>", endpoint="lead")
def lead(name: str = "") -> Response:
    """Send people to the page in their language."""
    language = reader_language()
    if not name:
        return redirect(url_for("questions.listed", language=language))
    kept = request.args.to_dict()
    chosen: dict[str, Any] = {key: kept[key] for key in _named(name).parameters if key in kept}
    return redirect(url_for("questions.one", language=language, name=name, **chosen))


@blueprint.get(f"/{showing.LANGUAGE}/questions")
def listed(language: str) -> str:
    """List the questions by module: all, or those about one or with some words."""
    words = request.args.get("q", "")[:_WORDS]
    about = request.args.get("about", "")
    found = [query for query in site().questions if _fits(query, language, words, about)]
    return render_template(
        "questions/list.html",
        about=about,
        addresses={tag: showing.address(language=tag) for tag in LANGUAGES},
        canonical=site().address + url_for("questions.listed", language=language),
        description=asked.DESCRIPTION,
        groups={heading: group for heading, group in by_module(found).items() if group},
        modules=MODULES,
        number_found=len(found),
        total=len(site().questions),
        words=words,
    )


@blueprint.get(f"/{showing.LANGUAGE}/questions/<name>")
def one(language: str, name: str) -> str:
    """Show a question: its answer, its query, the terms it uses and what else is near.

    Raises:
        NotFound: There is no such question.
        RequestError: A parameter is wrong, or the workers cannot say.
    """
    found, query = site(), _named(name)
    wanted = parameters.of(query, found.graph)
    texts = {key: text for key, text in request.args.items() if key in query.parameters}
    values = _values(wanted, texts, query)
    answer = None if values is None else Answer.of(query, found.graph, values)
    shown = {**(query.examples if values is not None else {}), **texts}
    is_kept = all(query.examples[key] == text for key, text in shown.items())
    fields = f"?{urlencode(shown)}" if shown else ""
    text = binding.bound(query.text, "SELECT", values) if values else query.text
    rows = answer.rows if answer else ()
    return render_template(
        "questions/one.html",
        addresses={tag: showing.address(language=tag) for tag in LANGUAGES},
        answer=answer,
        askable=row_links.of(rows, protocol.Operation(text), language),
        canonical=found.address + url_for("questions.one", language=language, name=name),
        checked=_checked(found, query, answer) if answer and is_kept else None,
        choices={key.name: _choices(key, language) for key in wanted},
        description=asked.DESCRIPTION,
        files={ending: f"{asked.FOLDER}{name}.{ending}{fields}" for ending in asked.offered(query)},
        labels=_LABELS,
        modules=[MODULES[module] for module in query.about],
        most=parameters.MOST,
        naming=_naming(found.graph, rows),
        query=query,
        related=related(query, found.questions),
        terms=_terms(found, query, language),
        text_to_share=text,
        values=shown,
    )


def by_module(questions: Sequence[Query]) -> Mapping[str, Sequence[Query]]:
    """Sort *questions* by the module that each is about first of all, under its heading."""
    return {
        heading: [query for query in questions if query.about[:1] == (module,)]
        for module, heading in MODULES.items()
    }


def pages() -> Iterator[Page]:
    """Give the list and the page of each question, for the sitemap."""
    yield showing.page("questions.listed")
    for query in site().questions:
        yield showing.page("questions.one", name=query.name)


def _named(name: str) -> Query:
    for query in site().questions:
        if query.name == name:
            return query
    raise NotFound(f"no question {name[:80]!r}")


def _fits(query: Query, language: str, words: str, about: str) -> bool:
    said = [query.name, query.title[language], query.description.get(language, "")]
    told = " ".join([*said, *map(results.short, terms(query.text))]).casefold()
    fits = all(word in told for word in words.casefold().split())
    return fits and (not about or about in query.about)


def _values(
    wanted: Sequence[Parameter], texts: Mapping[str, str], query: Query
) -> Mapping[str, Term] | None:
    """Give what the reader has chosen, else the example; None where the graph does not have it."""
    if texts:
        return parameters.values(wanted, texts)
    try:
        return parameters.values(wanted, query.examples)
    except QueryError:  # another graph than ours is served
        return None


def _choices(parameter: Parameter, language: str) -> Mapping[str, str] | None:
    """Give what a reader can choose from, by what the address says; None for a number."""
    if parameter.choices is None:
        return None
    return {token: _name(one, language) for token, one in parameter.choices.items()}


def _name(choice: Choice, language: str) -> str:
    return in_language(choice.names, language) if choice.names else choice.token


def _naming(graph: Store | Remote, rows: Sequence[naming.Row]) -> naming.Naming:
    """Ask what the things in *rows* are called: one more query, in a worker like all others."""
    things = naming.things_of(rows)
    if not things:
        return naming.Naming()
    written = queries.serialise(queries.evaluate(graph, naming.job(things).query), "json")
    return naming.Naming.of(json.loads(written)["results"]["bindings"])


@cache
def _kept(name: str) -> str:
    """Give the answer that is kept with the question, by the base that is set."""
    return namespaces.rebased((paths.QUESTIONS / f"{name}.csv").read_bytes()).decode("utf-8")


def _checked(found: Site, query: Query, answer: Answer) -> Mapping[str, Any]:
    """Compare an *answer* with the one that is kept, once for each version of the data."""
    version = found.version()
    known = found.checks.get(query.name)
    if known is None or known[0] != version:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        known = found.checks[query.name] = version, now, answer.csv == _kept(query.name)
    return {"data": known[0][:12], "when": known[1], "is_same": known[2]}


def _terms(found: Site, query: Query, language: str) -> Sequence[vocabulary.Link]:
    """Name the terms that a *query* uses, with where they are defined."""
    names: dict[str, dict[str, str]] = {}
    for row in found.rows("vocabulary-terms"):
        if row["property"] == namespaces.expand("rdfs:label") and row.get("language"):
            names.setdefault(row["term"], {})[row["language"]] = row["value"]
    return [_term(iri, names.get(iri, {}), language) for iri in terms(query.text)]


def _term(iri: str, names: Mapping[str, str], language: str) -> vocabulary.Link:
    if names:
        return vocabulary.Link(in_language(names, language), vocabulary.address_of(iri))
    is_ours = iri.startswith(namespaces.BASE)
    return vocabulary.Link(results.short(iri), None if is_ours else results.link(iri))
