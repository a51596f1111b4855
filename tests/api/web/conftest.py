"""A website over two statements, and one over the whole graph on a port."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit import web

SOME = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
<urn:m> a teixit:Measure ; rdfs:label "Bastir"@ca , "<b>&amp;"@en ; rdfs:seeAlso <javascript:a> .
"""


@pytest.fixture(scope="session")
def app() -> Flask:
    store = Store()
    store.load(SOME, format=RdfFormat.TURTLE)
    return web.create_app(store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The address of the endpoint of a server that runs while the tests run."""
    command = [sys.executable, "-m", "teixit", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        addresses = (re.search(r"http://\S+/sparql$", line.rstrip()) for line in server.stdout)
        yield next(found[0] for found in addresses if found)
        server.terminate()
