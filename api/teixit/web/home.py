"""The start page, in the language of its address."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from teixit.languages import LANGUAGES
from teixit.web.site import site
from teixit.web.texts import reader_language

blueprint = Blueprint("home", __name__)

#: The modules of the ontology that a question can be about first of all, and their headings.
_MODULES = {
    "plan": "home.about_plan",
    "territory": "home.about_territory",
    "projects": "home.about_projects",
    "evidence": "home.about_evidence",
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
        counts=found.counts(),
        query=found.questions[0].text,
        questions={
            heading: [query for query in found.questions if query.about[:1] == (module,)]
            for module, heading in _MODULES.items()
        },
        language=language,
    )
