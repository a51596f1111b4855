"""The website: start page, questions and SPARQL endpoint."""

from collections.abc import Callable

from flask import Flask
from pyoxigraph import Store
from werkzeug.exceptions import HTTPException

from teixit import namespaces
from teixit import store as graph
from teixit.errors import RequestError
from teixit.web import headers, home, problems, server, sparql, texts
from teixit.web.site import Site


def create_app(store: Store | None = None, address: str = namespaces.BASE) -> Flask:
    """Make the website around *store*.

    Args:
        store: The graph; by default all that Teixit ships.
        address: Where the website is reached, with a slash at the end. It is never taken
            from a request, whose Host header anybody can write.

    Raises:
        KnowledgeError: The graph or the questions are missing or wrong.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = server.LONGEST_BODY
    app.url_map.merge_slashes = False
    app.extensions["teixit"] = Site.around(graph.load() if store is None else store, address)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(sparql.blueprint)
    app.register_error_handler(RequestError, problems.of_request)
    app.register_error_handler(HTTPException, problems.of_http)
    app.before_request(headers.require_one_host)
    app.after_request(headers.protect)
    app.context_processor(texts.context)
    return app


def serve(
    host: str,
    port: int,
    store: Store | None = None,
    announce: Callable[[str], None] = lambda _address: None,
) -> None:
    """Serve the website until the process is interrupted or told to end.

    Args:
        host: The address to listen on.
        port: The port to listen on; 0 is any free one.
        store: The graph; by default all that Teixit ships.
        announce: Called once with the address, when clients may connect.

    Raises:
        ServeError: The port cannot be opened.
        KnowledgeError: The graph or the questions are missing or wrong.
    """
    with server.listen(host, port) as listener:
        address = server.address(listener)
        app = create_app(store, f"{address}/")
        announce(address)
        server.run(app, listener)
