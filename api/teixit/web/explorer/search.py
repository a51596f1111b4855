"""Searching in names and texts."""

from functools import partial
from typing import Final

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from teixit.explorer import search as builder
from teixit.explorer.search import Question, Wording
from teixit.searching import words
from teixit.searching.asking import FARTHEST
from teixit.web.explorer import showing
from teixit.web.site import site
from teixit.web.texts import messages

blueprint = Blueprint("search", __name__)

#: One thing of a kind, and several.
_KINDS: Final = {
    "project": ("search.project", "search.projects"),
    "measure": ("search.measure", "search.measures"),
    "action": ("search.action", "search.actions"),
    "objective": ("search.objective", "search.objectives"),
    "line": ("search.line", "search.lines"),
    "plan": ("search.plan", "search.plans"),
    "audience": ("search.audience", "search.audiences"),
    "theme": ("search.theme", "search.themes"),
    "organisation": ("search.organisation", "search.organisations"),
    "district": ("search.district", "search.districts"),
    "neighbourhood": ("search.neighbourhood", "search.neighbourhoods"),
    "framework": ("search.framework", "search.frameworks"),
    "passage": ("search.passage", "search.passages"),
    "source": ("search.source", "search.sources"),
    "conclusion": ("search.conclusion", "search.conclusions"),
    "other": ("search.other", "search.others"),
}
_COLUMNS: Final = (
    "search.name",
    "search.what",
    "search.text",
    "search.language",
    "search.identifier",
)


@blueprint.get(f"/{showing.LANGUAGE}/search")
def search(language: str) -> str | Response:
    """Search for ``q``; ``kind`` and ``page`` choose what is shown of the results."""
    raw = request.args.get("q", "")
    text = words.clean(raw)
    if text != " ".join(raw.split()):  # no link carries what nobody can read
        return redirect(showing.address(q=text), 303)
    kind, page = request.args.get("kind"), request.args.get("page")
    question = Question(text, language, kind, page, "download" in request.args)
    wording = _wording(language, text)
    if not words.asked(text):
        return _shown(builder.nothing(question, wording))
    index = site().index()
    view = builder.search(index, question, wording)
    shown = make_response(_shown(view))
    if index.version != site().version():
        shown.headers["Cache-Control"] = "no-store"  # the index of the new data is on its way
    return shown


def _shown(view: builder.Search) -> str | Response:
    most = {"page_size": builder.PAGE, "farthest": FARTHEST}
    return showing.show(view, "explorer/search.html", **most)


def _wording(language: str, text: str) -> Wording:
    told = messages(language)
    return Wording(
        title=lambda words: told["search.titled" if words else "search.title"].format(words=words),
        summary=partial(_summary, language, text),
        caption=told["search.caption"],
        columns=[told[key] for key in _COLUMNS],
        one={kind: told[key] for kind, (key, _) in _KINDS.items()},
        several={kind: told[key] for kind, (_, key) in _KINDS.items()},
    )


def _summary(language: str, text: str, count: int, whole: bool) -> str:  # noqa: FBT001
    """Say in one sentence what was found."""
    told = messages(language)
    key = "search.found" if count > 1 else "search.found_one"
    if not text:
        key = "search.hint"
    elif not count:
        key = "search.nothing"
    elif not whole:
        key = "search.found_some"
    number = f"{count:,}".replace(",", told["site.thousands"])
    return told[key].format(words=text, count=number)
