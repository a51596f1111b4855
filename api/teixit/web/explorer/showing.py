"""A view in the form that is asked for: a page, or a file with the same content."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from teixit.discovery.sitemaps import Page
from teixit.explorer import files
from teixit.explorer.reading import Reader
from teixit.explorer.views import View
from teixit.explorer.wording import Wording
from teixit.languages import LANGUAGES
from teixit.web.site import site
from teixit.web.texts import citation, foreign_names, messages

#: How the language stands in the address of a view.
LANGUAGE: Final = f"<any({', '.join(LANGUAGES)}):language>"
#: The parameter of an address that asks for a file.
FILE: Final = "download"
#: What is no part of the name of a file.
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9-]+")
_TYPES: Final = {"text/html": None, "application/json": "json", "text/csv": "csv"}


def reader(language: str) -> Reader:
    """Ask the graph for a reader of this *language*."""
    return Reader(site().graph, language)


def wording(language: str) -> Wording:
    """Give the words of the pages in this *language*."""
    return Wording(language, messages(language), foreign_names())


def page(endpoint: str, **values: Any) -> Page:
    """Give the page that an *endpoint* shows in each language, for the sitemap."""
    return Page({tag: url_for(endpoint, language=tag, **values) for tag in LANGUAGES})


def show(view: View, template: str, **more: Any) -> str | Response:
    """Show a *view* on a page, or give it as the file that is asked for.

    Args:
        view: What is shown.
        template: Extends ``explorer/view.html``; it has the view as ``view``.
        more: What else the template is given.

    Raises:
        BadRequest: The view cannot be had as the file that is asked for.
    """
    asked = wanted()
    if asked is not None:
        return _file(view, asked)
    language = request.view_args["language"] if request.view_args else LANGUAGES[0]
    addresses = {tag: address(language=tag) for tag in LANGUAGES}
    page = site().address + addresses[language]
    return render_template(
        template,
        view=view,
        addresses=addresses,
        canonical=page,
        cited=_cited(view, language, page),
        files={name: address(download=name) for name in files.offered(view)},
        queries=[
            (asked.title, url_for("sparql.endpoint", query=asked.text, language=language))
            for asked in view.asked
        ],
        address=address,
        **more,
    )


def address(**changed: Any) -> str:
    """Give the address of this view with parts of it *changed*; with None, a parameter is left out.

    All that a reader has chosen stays, but for the form of the file.
    """
    own: Mapping[str, Any] = request.view_args or {}
    path = url_for(str(request.endpoint), **{name: changed.get(name, own[name]) for name in own})
    # What a reader has written is no argument of ours, whatever its name: it is kept as it is.
    kept: dict[str, Any] = {name: request.args.getlist(name) for name in request.args}
    chosen = {name: value for name, value in (kept | changed).items() if name not in own}
    chosen = {name: value for name, value in chosen.items() if value is not None}
    if FILE not in changed:
        chosen.pop(FILE, None)
    return f"{path}?{urlencode(chosen, doseq=True)}" if chosen else path


def wanted() -> str | None:
    """Name the form of file that is asked for; None for a page."""
    asked = request.args.get(FILE)
    if asked:
        return asked
    best = request.accept_mimetypes.best_match([*_TYPES], default="text/html")
    return _TYPES[best or "text/html"]


def _file(view: View, wanted: str) -> Response:
    offered = files.offered(view)
    if wanted not in offered:
        raise BadRequest(f"{FILE}={wanted[:20]}: expected one of {', '.join(offered)}")
    media_type, write = files.FILES[wanted]
    response = Response(write(view), content_type=media_type)
    if request.args.get(FILE):
        name = "-".join(_words(request.path))
        response.headers["Content-Disposition"] = f'attachment; filename="teixit-{name}.{wanted}"'
    return response


def _words(path: str) -> Iterator[str]:
    """Give the words of a *path* that are safe in the name of a file."""
    return (word for word in _UNSAFE.split(path) if word)


def _cited(view: View, language: str, page: str) -> str:
    edition = site().edition()
    if edition is None:
        return f"{view.title}. Teixit. {page}"
    title = messages(language)["explorer.cited"].format(view=view.title, dataset=edition[language])
    return citation(
        language, edition["publisher"], edition["modified"], title, edition["version"], page
    )
