"""The start page, in the language of its address, and the page for those who do research."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from teixit.explorer.entrance import drawn, entrance
from teixit.languages import LANGUAGES
from teixit.web import question_pages
from teixit.web.explorer import showing
from teixit.web.site import site
from teixit.web.texts import messages, reader_language

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@blueprint.get(f"/{showing.LANGUAGE}", endpoint="without_slash")
def choose_language(language: str = "") -> AnyResponse:
    """Send the reader to the page in the reader's language.

    The address is given without a host, so that no Host header can lead anybody astray.
    """
    return redirect(url_for("home.start", language=language or reader_language()))


@blueprint.get(f"/{showing.LANGUAGE}/")
def start(language: str) -> str | Response:
    """Say what Teixit is, and open a door for each task."""
    ours = site().edition() is not None
    title, what = ("home.title", "home.what") if ours else ("home.other_title", "home.other")
    texts = messages(language)
    reader = showing.reader(language)
    found = entrance(reader, texts[title], texts[what])
    drawing = drawn(reader, found, texts["home.drawing"])
    return showing.show(found, "home/start.html", drawing=drawing)


@blueprint.get(f"/{showing.LANGUAGE}/research")
def research(language: str) -> str:
    """Open the doors for researchers, for portals and for those who write programs."""
    found = site()
    return render_template(
        "home/research.html",
        addresses={tag: url_for("home.research", language=tag) for tag in LANGUAGES},
        canonical=found.address + url_for("home.research", language=language),
        counts=found.counts(),
        query=found.questions[0].text,
        questions=question_pages.by_module(found.questions),
    )
