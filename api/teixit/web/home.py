"""The start page, in the language of its address."""

from collections import defaultdict
from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from teixit.languages import LANGUAGES, in_language
from teixit.web import document_pages
from teixit.web.site import Row, site
from teixit.web.texts import reader_language

blueprint = Blueprint("home", __name__)

#: The modules of the ontology that a question can be about first of all, and their headings.
_MODULES = {
    "plan": "home.about_plan",
    "territory": "home.about_territory",
    "projects": "home.about_projects",
    "evidence": "home.about_evidence",
}
#: The kinds of things to begin with, as the query numbers them, and their headings.
_KINDS = {
    "1": "home.plan",
    "2": "home.line",
    "3": "home.measures",
    "4": "home.projects",
    "5": "home.districts",
}
_LANGUAGE = f"<any({', '.join(LANGUAGES)}):language>"


@blueprint.get("/")
@blueprint.get(f"/{_LANGUAGE}", endpoint="without_slash")
def choose_language(language: str = "") -> Response:
    """Send the reader to the page in the reader's language.

    The address is given without a host, so that no Host header can lead anybody astray.
    """
    return redirect(url_for("home.start", language=language or reader_language()))


@blueprint.get(f"/{_LANGUAGE}/")
def start(language: str) -> str:
    """Say what Teixit is, and let the reader ask."""
    found = site()
    return render_template(
        "home/start.html",
        addresses={tag: url_for("home.start", language=tag) for tag in LANGUAGES},
        beginnings=_beginnings(found.rows("beginnings"), language),
        counts=found.counts(),
        query=found.questions[0].text,
        questions={
            heading: [query for query in found.questions if query.about[:1] == (module,)]
            for module, heading in _MODULES.items()
        },
        language=language,
        canonical=found.address + url_for("home.start", language=language),
    )


def _beginnings(rows: Iterable[Row], language: str) -> dict[str, dict[str, str]]:
    """List by kind the names of the things to begin with, by the addresses of their pages."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found[row["order"]][row["thing"]][row["language"]] = row["label"]
    return {
        _KINDS[order]: {
            document_pages.address_of(thing, language) or thing: in_language(labels, language)
            for thing, labels in things.items()
        }
        for order, things in found.items()
    }
