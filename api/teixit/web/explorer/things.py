"""The page of one thing, by its kind; a thing of another kind has its document only."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from teixit.explorer import addresses
from teixit.namespaces import THING
from teixit.web.explorer import showing

blueprint = Blueprint("things", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/about/<path:name>")
def about(language: str, name: str) -> Response:
    """Tell about the thing of ours called *name*."""
    return redirect(addresses.document(f"{THING}{name}", language), 303)
