"""The pages of the notebooks: their text and code, and what they showed when they were run."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, current_app, render_template, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from teixit import paths
from teixit.discovery.sitemaps import Page
from teixit.languages import LANGUAGES
from teixit.notebook import markup, reading
from teixit.notebook.reading import Notebook
from teixit.web.explorer import showing
from teixit.web.site import site

blueprint = Blueprint("notebooks", __name__)

#: The setting of the application that names another folder of notebooks.
FOLDER: Final = "NOTEBOOKS"


@blueprint.get(f"/{showing.LANGUAGE}/notebooks")
def listed(language: str) -> str:
    """List the notebooks."""
    asked = site().endpoint
    return _page("notebooks/list.html", "notebooks.listed", language, {}, asked=asked)


@blueprint.get(f"/{showing.LANGUAGE}/notebooks/<name>")
def one(language: str, name: str) -> str:
    """Show one notebook, whose text is in English.

    Raises:
        NotFound: There is no such notebook.
    """
    found = _found(name)
    asked = [query for query in site().questions if query.name in found.questions]
    told = {"notebook": found, "asked": asked, "markdown": _markdown, "table": Markup}
    return _page("notebooks/notebook.html", "notebooks.one", language, {"name": name}, **told)


@blueprint.get("/notebooks/<name>.ipynb")
def file(name: str) -> Response:
    """Give a notebook as it stands, for Jupyter.

    Raises:
        NotFound: There is no such notebook.
    """
    response = Response(_found(name).content, content_type=reading.MEDIA_TYPE)
    response.headers["content-disposition"] = f'attachment; filename="{name}.ipynb"'
    return response


@blueprint.get("/notebooks/<name>.svg")
def figure(name: str) -> Response:
    """Give a figure that a notebook drew.

    Raises:
        NotFound: There is no such figure.
    """
    found = reading.figures(_folder()).get(f"{name}.svg")
    if found is None:
        raise NotFound(f"{name}.svg: no notebook has drawn this figure")
    return Response(found.read_bytes(), content_type="image/svg+xml")


def pages() -> Iterator[Page]:
    """Give the pages of the notebooks, for the sitemap."""
    yield showing.page("notebooks.listed")
    for name in _all():
        yield showing.page("notebooks.one", name=name)


def _folder() -> Path:
    return Path(current_app.config.get(FOLDER, paths.NOTEBOOKS))


def _all() -> Mapping[str, Notebook]:
    return reading.notebooks(_folder())


def _found(name: str) -> Notebook:
    found = _all().get(name)
    if found is None:
        raise NotFound(f"there is no notebook {name!r}")
    return found


def _markdown(text: str) -> Markup:
    return Markup(markup.markdown(text))  # noqa: S704 - it lets no HTML of the text through


def _page(
    template: str, endpoint: str, language: str, values: Mapping[str, Any], **told: Any
) -> str:
    addresses = {tag: url_for(endpoint, language=tag, **values) for tag in LANGUAGES}
    return render_template(
        template,
        addresses=addresses,
        canonical=site().address + addresses[language],
        notebooks=_all(),
        **told,
    )
