"""The pages: what can be changed, the form of one thing, and what is said of it as one types."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
)
from pyoxigraph import NamedNode
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from teixit import namespaces
from teixit.editing import checking, drafts, saving
from teixit.editing.knowledge import KINDS, Kind, Knowledge
from teixit.editing.saving import ChangedError
from teixit.errors import KnowledgeError
from teixit.languages import LANGUAGES
from teixit.web.editing import guarding, shown, wording
from teixit.web.editing.shown import Sheet

blueprint: Final = Blueprint(
    "editing",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/edit/static",
)
_PLACE: Final = f"/<any({','.join(LANGUAGES)}):language>/edit/"


@blueprint.get("/")
@blueprint.get("/edit")
@blueprint.get("/edit/")
def begin() -> AnyResponse:
    """Lead to the list, in the reader's language."""
    return redirect(f"/{wording.reader_language()}/edit/")


@blueprint.get(_PLACE)
def everything(language: str) -> str:
    """List what can be changed, by kind."""
    sheet = _Listing(_knowledge(), language)
    return render_template("editing/list.html", kinds=[*map(sheet.of, KINDS)])


class _Listing:
    """The things of each kind, in the order of their names."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self._knowledge = knowledge
        self._language = language

    def of(self, kind: Kind) -> tuple[Kind, list[tuple[str, str]]]:
        """Give the things of a kind: where the form of each is, and what it is called."""
        found = [
            (choice.node.value.removeprefix(namespaces.THING), self._named(choice.label))
            for choice in self._knowledge.choices([kind.type])
        ]
        return kind, sorted(found, key=lambda one: one[1].casefold())

    def _named(self, label: Mapping[str, str]) -> str:
        return label.get(self._language) or next(iter(label.values()))


@blueprint.get(f"{_PLACE}<path:name>")
def form(language: str, name: str) -> str:
    """Show the form of a thing, or an empty one for a new thing."""
    knowledge = _knowledge()
    kind, subject = _thing(knowledge, name)
    draft = drafts.begun(knowledge, kind, subject)
    if subject is not None:
        draft = replace(draft, change=drafts.Change(subject, {}, {}, frozenset({subject})))
    sheet = shown.checked(Sheet(draft, knowledge, language))
    return _page(sheet, "written" if "written" in request.args else "")


@blueprint.post(f"{_PLACE}<path:name>")
def sent(language: str, name: str) -> Response | AnyResponse | tuple[str, int]:
    """Say what is wrong with what was typed, and write it if that is asked for."""
    knowledge = _knowledge()
    kind, subject = _thing(knowledge, name)
    draft = drafts.typed(knowledge, kind, subject, request.form)
    asked = request.form.get("do", "check")
    sheet = Sheet(draft, knowledge, language, more=asked.removeprefix("more:"))
    if not guarding.is_genuine():
        return _page(shown.checked(sheet), "expired"), 403
    if request.accept_mimetypes.best == "application/json":
        return jsonify(shown.as_data(shown.checked(sheet)))
    if sheet.is_stale:
        return _page(shown.checked(sheet), "stale"), 409
    if asked == "write":
        return _written(sheet, name)
    return _page(shown.checked(sheet)), 200


def _written(sheet: Sheet, name: str) -> AnyResponse | tuple[str, int]:
    """Write the change, if nothing speaks against it."""
    change, knowledge = sheet.draft.change, sheet.knowledge
    if change is None:
        return _page(sheet, "faulty"), 422
    if not change:
        return _page(shown.checked(sheet), "same"), 200
    would = saving.texts(knowledge, change)
    sheet.findings = checking.wholly(knowledge, would)
    if sheet.findings:
        return _page(sheet, "wrong"), 422
    try:
        saving.write(knowledge, would)
    except ChangedError:
        return sent(sheet.language, name)  # which reads the files anew
    place = change.subject.value.removeprefix(namespaces.THING)
    return redirect(f"/{sheet.language}/edit/{place}?written", 303)


def of_refusal(error: HTTPException) -> tuple[str, int]:
    """Say why a request is refused."""
    status = error.code or 500
    key = f"refused_{status}"
    known = key in wording.messages(wording.reader_language())
    told = wording.text(key if known else "refused_other", status=status)
    return render_template("editing/refused.html", told=told, detail=""), status


def of_broken_files(error: KnowledgeError) -> tuple[str, int]:
    """Say which file cannot be read or changed."""
    told = wording.text("broken")
    return render_template("editing/refused.html", told=told, detail=str(error)), 500


def _knowledge() -> Knowledge:
    return Knowledge.of(cast(Path, current_app.extensions["teixit-data"]))


def _thing(knowledge: Knowledge, name: str) -> tuple[Kind, NamedNode | None]:
    """Find what the form is about: a thing, or a new one of some kind."""
    for kind in KINDS:
        if name == f"new-{kind.name}":
            return kind, None
    try:
        node = NamedNode(namespaces.THING + name)
    except ValueError:
        abort(404)
    found = knowledge.kind(node)
    if found is None:
        abort(404)
    return found, node


def _page(sheet: Sheet, notice: str = "") -> str:
    """Show a form; its state is from now on that of the files."""
    sheet.draft = replace(sheet.draft, version=sheet.knowledge.version)
    try:
        difference = sheet.difference
    except KnowledgeError as error:
        difference = str(error)
    return render_template(
        "editing/form.html",
        sheet=sheet,
        draft=sheet.draft,
        told=sheet.told(),
        notice=notice,
        difference=difference,
        summary=shown.summary(sheet),
    )
