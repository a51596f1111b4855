"""The form by which one person changes the graph, at their own machine.

It is no part of the service: another application, on the loopback address alone, that only
``teixit edit`` starts. Nothing of the service imports it.

* ``guarding``: that nobody but the reader's own browser, on a page of ours, is answered
* ``views``: the pages; ``shown``: what they show of a form
* ``wording``: their texts
"""

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler, make_server

from teixit import namespaces, paths
from teixit.editing.knowledge import Knowledge
from teixit.errors import KnowledgeError, ServeError, SettingError
from teixit.web import directions
from teixit.web.editing import guarding, views, wording

#: The one address that is listened on.
HOST: Final = "127.0.0.1"
#: A form of ours has a tenth of it, in bytes.
_LONGEST: Final = 1 << 20


def create_editor(folder: Path, port: int) -> Flask:
    """Make the pages that change the data of *folder*, as a WSGI application.

    Args:
        folder: The folder ``data/``.
        port: The port that it is reached at: it answers to no other name.
    """
    app = Flask("teixit.web")
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = _LONGEST
    app.jinja_options = {"finalize": directions.closed}
    app.extensions["teixit-data"] = folder
    guarding.guard(app, port)
    app.register_blueprint(views.blueprint)
    app.register_error_handler(HTTPException, views.of_refusal)
    app.register_error_handler(KnowledgeError, views.of_broken_files)
    app.context_processor(wording.context)
    return app


def serve(
    port: int, folder: Path = paths.DATA, announce: Callable[[str], None] = lambda _address: None
) -> None:
    """Serve the form on the loopback address until the process is interrupted or told to end.

    Args:
        port: The port to listen on; 0 is any free one.
        folder: The folder ``data/`` to write to.
        announce: Called once with the address.

    Raises:
        ServeError: The port cannot be opened.
        KnowledgeError: A file of the graph is missing or wrong.
        SettingError: Another base is set than the files are written with.
    """
    if namespaces.BASE != namespaces.CANONICAL:
        raise SettingError(f"{namespaces.SETTING}: the files are written without it; unset it")
    Knowledge.of(folder)
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise ServeError(f"cannot listen on {HOST}, port {port}: {error.strerror}") from error
    with listening:
        port = listening.getsockname()[1]
        app = create_editor(folder, port)
        server = make_server(
            HOST, port, app, threaded=True, request_handler=_Quiet, fd=listening.fileno()
        )
        before = signal.signal(signal.SIGTERM, _end)
        announce(f"http://{HOST}:{port}")
        server.serve_forever()  # which takes the interrupt for its end
        server.server_close()
        signal.signal(signal.SIGTERM, before)


def _end(*_: object) -> None:
    raise KeyboardInterrupt


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request: the terminal is the reader's."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Tell nothing; what goes wrong in a page, Flask tells."""
