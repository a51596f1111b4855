"""The network around a thing."""

from flask import Blueprint, Response, request

from teixit.errors import ChoiceError
from teixit.explorer import drawing, network
from teixit.explorer.addresses import about
from teixit.explorer.declarations import say, words
from teixit.namespaces import THING
from teixit.web.explorer import showing

blueprint = Blueprint("network", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/network/<path:name>")
def around(language: str, name: str) -> str | Response:
    """Draw what the thing of ours called *name* is linked to, and say it in words.

    Raises:
        ChoiceError: There is no such thing, or the network cannot reach so far.
    """
    asked = request.args.get("steps", str(max(network.STEPS)))
    if asked not in map(str, network.STEPS):
        wrong = words("network")["text"]["wrong"]
        raise ChoiceError(say(wrong, language, asked=asked[:20]))
    view = network.around(showing.reader(language), name, int(asked))
    return showing.show(
        view,
        "explorer/network.html",
        measures=drawing,
        most=network.MOST,
        about=about(f"{THING}{name}", language),
    )
