"""The service: SPARQL endpoint, graphs and pages.

* ``server``: on a port, from start to end; ``front``: what comes in and what goes out;
  ``cache``, ``asking``: what is known already, and asking the workers for the rest
* ``sparql``, ``graphs``, ``health``, ``catalogue``: what is answered without a framework
* ``bench``, ``query_pages``: a query, its form and its answer on one page; ``schema``, ``syntax``:
  what its editor completes from, and what is wrong with what is typed
* ``asked``, ``question_pages``: the questions, as files with parameters and as a catalogue;
  ``openapi``: what programs can ask; ``related``: what questions have in common
* ``documents``, ``document_pages``: our things, and the documents about them; ``forms``: a
  document in each of its forms; ``past``, ``dumped``, ``memento``: as it was at another time
* ``citing``, ``citing_pages``, ``verifying``, ``former``: answers that are cited, and asking again,
  of an old release too
* ``exported``: the releases that there are; ``releases``, ``release_pages``, ``release_files``,
  ``stream``, ``differences``: each and all of them, and what changed
* ``pages``: the threads in which Flask makes pages; ``home``, ``sparql_pages``, ``results``,
  ``problems``, ``texts``, ``directions``: the pages; ``site``: what they draw from
* ``exported``, ``checked``, ``indexed``: what processes of their own make of the graph;
  ``programs``: these
* ``described``, ``landing``, ``finding``: the datasets, their pages, and where crawlers look first
* ``vocabulary``: the pages of the ontology and the shapes; ``terms``, ``shapes``: what they tell;
  ``loom``: the drawing
* ``ways``: the ways in, with what to type
* ``notebooks``: the notebooks, with what they showed when they were run
* ``explorer``: the views of the graph for people, each with its blueprint
"""

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import uvloop
from flask import Flask
from werkzeug.exceptions import HTTPException

from teixit.catalogue import publishers
from teixit.errors import LimitError, RequestError
from teixit.searching import Index
from teixit.web import (
    cache,
    checked,
    directions,
    explorer,
    exported,
    finding,
    home,
    indexed,
    landing,
    notebooks,
    pages,
    problems,
    query_pages,
    question_pages,
    rows,
    schema,
    server,
    sparql,
    sparql_pages,
    texts,
    vocabulary,
    ways,
)
from teixit.web.asking import Asking, Found
from teixit.web.clients import Clients
from teixit.web.described import Datasets
from teixit.web.front import Front
from teixit.web.log import Log, Messages
from teixit.web.options import Options
from teixit.web.renewal import Renewal
from teixit.web.site import Site
from teixit.workers import Job, Limits, Pool, Source

#: The service is ready when it can say what it is.
_FIRST: Final = Job("description", accept=(None, None, "text/turtle"))

#: How long a thread may go on while another waits, in seconds.
_TURN: Final = 0.0005

__all__ = ["Options", "create_app", "serve"]


def create_app(site: Site) -> Flask:
    """Make the pages of *site*, as a WSGI application."""
    app = Flask(__name__)
    app.url_map.merge_slashes = False
    app.jinja_options = {"finalize": directions.closed}
    app.extensions["teixit"] = site
    app.register_blueprint(home.blueprint)
    app.register_blueprint(landing.blueprint)
    app.register_blueprint(finding.blueprint)
    app.register_blueprint(sparql_pages.blueprint)
    app.register_blueprint(query_pages.blueprint)
    app.register_blueprint(question_pages.blueprint)
    app.register_blueprint(schema.blueprint)
    app.register_blueprint(vocabulary.blueprint)
    app.register_blueprint(ways.blueprint)
    app.register_blueprint(notebooks.blueprint)
    for view in explorer.BLUEPRINTS:
        app.register_blueprint(view)
    app.register_error_handler(RequestError, problems.of_error)
    app.register_error_handler(HTTPException, problems.of_error)
    app.before_request(pages.given_page)
    app.context_processor(texts.context)
    return app


def serve(  # noqa: PLR0913, PLR0917 - where, what, how far, and then?
    host: str,
    port: int,
    source: Source | None = None,
    limits: Limits | None = None,
    announce: Callable[[str], None] = lambda _address: None,
    options: Options | None = None,
) -> None:
    """Serve until the process is interrupted or told to end.

    Args:
        host: The address to listen on.
        port: The port to listen on; 0 is any free one.
        source: The graph; by default all that Teixit ships.
        limits: What one query may use.
        announce: Called once with the address, when the first query has been answered.
        options: How else it is to be served.

    Raises:
        ServeError: The port cannot be opened.
        KnowledgeError: The graph or the questions are missing or wrong.
    """
    with server.claim(host, port) as place, _short_turns():
        uvloop.run(
            _serve(place, source or Source(), limits or Limits(), announce, options or Options())
        )


@contextlib.contextmanager
def _short_turns() -> Iterator[None]:
    """Let no thread that makes a page keep the loop waiting for long."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    yield
    sys.setswitchinterval(before)


def _site(  # noqa: PLR0913, PLR0917 - all that pages draw from
    pool: Pool,
    endpoint: str,
    limits: Limits,
    options: Options,
    exports: exported.Exports,
    index: Callable[[], Index],
    checks: checked.Checks,
) -> Site:
    """Gather what the pages draw from."""

    def version() -> str:
        return pool.version

    ask = partial(rows.ask, pool)
    records = Datasets(ask, version, exports.release)
    contact = publishers.chosen().email
    through = rows.Through(pool)
    told = records, contact, through, index, checks.findings
    return Site.around(ask, version, endpoint, limits, options.address, *told)


async def _serve(
    place: server.Place,
    source: Source,
    limits: Limits,
    announce: Callable[[str], None],
    options: Options,
) -> None:
    clients = Clients(options.behind)
    async with contextlib.AsyncExitStack() as held:
        log = Log(None if options.quiet else sys.stderr.buffer)
        held.callback(log.close)
        held.enter_context(Messages(log))
        pool = await Pool.start(source, limits)
        held.push_async_callback(pool.close)
        endpoint = f"{options.address or place.address}{sparql.PATH}"
        kept: cache.Cache[Found] = cache.Cache(options.cache)
        asking = Asking(pool, kept, changing=source.kind == "remote")
        exports = await held.enter_async_context(exported.exported(source, options.releases, log))
        checks = await held.enter_async_context(checked.checked(source, log))
        searched = await held.enter_async_context(indexed.indexed(limits, log))
        site = _site(pool, endpoint, limits, options, exports, searched.index, checks)
        made = pages.Pages(create_app(site))
        held.callback(made.close)
        front = Front(asking, made, endpoint, clients, log, exports)
        serving = await held.enter_async_context(server.listening(front, place))
        with contextlib.suppress(LimitError):  # it serves what takes long to describe, too
            await pool.run(_FIRST, "")
        searched.begin(source)

        def renewed(source: Source) -> None:
            exports.begin(source)
            checks.begin(source)
            searched.begin(source)

        renewal = Renewal(asking, source, options.newest, log, renewed)
        going = asyncio.create_task(renewal.go_on())
        held.callback(going.cancel)
        announce(options.address or place.address)
        await server.until_told(renewal.reload, serving)
