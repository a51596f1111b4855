import asyncio
import gzip
import threading
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask, Response, request

from teixit.errors import LimitError
from teixit.web import pages
from teixit.web.exchange import Incoming, Reply
from teixit.web.pages import Pages


def incoming(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Incoming:
    sent = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Mapping[str, Any]:
        for message in sent:
            return message
        return await asyncio.Event().wait() or {}

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body:
        named["content-length"] = str(len(body))
    return Incoming(method, path, b"a=%C3%A9", "1.1", named, "client", receive)


def made(app: Flask, *requests: Incoming) -> list[Reply]:
    async def make() -> list[Reply]:
        found = Pages(app)
        try:
            return await asyncio.gather(*map(found.answer, requests))
        finally:
            found.close()

    return asyncio.run(make())


def test_a_request_reaches_flask_as_it_was_sent() -> None:
    app = Flask("test")

    @app.post("/<name>")
    def show(name: str) -> dict[str, str | None]:
        told = {"name": name, "a": request.args["a"], "b": request.form["b"]}
        return {**told, "host": request.host, "more": request.headers.get("X-More")}

    headers = {"content_type": "application/x-www-form-urlencoded", "x_more": "x", "host": "evil"}
    (reply,) = made(app, incoming("/è", "POST", b"b=2", **headers))
    told = app.json.loads(reply.body)
    assert told == {"name": "è", "a": "é", "b": "2", "host": "localhost", "more": "x"}


def test_of_head_the_headers_are_those_of_the_page() -> None:
    app = Flask("test")
    app.add_url_rule("/", view_func=lambda: "page")
    whole, head = made(app, incoming("/"), incoming("/", "HEAD"))
    assert (head.etag, head.headers, head.length) == (whole.etag, whole.headers, whole.length)


def test_who_asks_for_the_same_page_meanwhile_gets_the_same() -> None:
    app, calls, ready = Flask("test"), [], threading.Event()

    @app.get("/")
    def page() -> str:
        calls.append(ready.wait(0.2))
        return "made"

    replies = made(app, incoming("/"), incoming("/"), incoming("/", accept_language="es"))
    assert [reply.body for reply in replies] == [b"made"] * 3
    assert len(calls) == 2
    assert replies[0].etag == replies[2].etag


def test_pages_are_packed_where_that_is_liked() -> None:
    app = Flask("test")
    app.add_url_rule("/long", "long", view_func=lambda: "long " * 1000)
    app.add_url_rule("/short", "short", view_func=lambda: "short")
    app.add_url_rule("/image", "image", lambda: Response(b"0" * 9999, content_type="image/png"))
    paths = ("/long", "/short", "/image")
    long, short, image = made(app, *(incoming(path, accept_encoding="gzip") for path in paths))
    assert gzip.decompress(long.body) == b"long " * 1000
    assert long.headers["content-encoding"] == "gzip"
    assert (short.body, len(image.body)) == (b"short", 9999)
    (plain,) = made(app, incoming("/long"))
    assert (plain.body, plain.headers.get("content-encoding")) == (b"long " * 1000, None)


def test_a_page_with_a_cookie_is_of_one_reader_only() -> None:
    app = Flask("test")

    @app.get("/")
    def page() -> Response:
        response = Response("yours")
        response.set_cookie("a", "b")
        return response

    (reply,) = made(app, incoming("/"))
    assert reply.etag is None


@pytest.mark.parametrize("most", ["_WAITING", "_WAITING_OF_ONE"])
def test_no_more_pages_wait_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    monkeypatch.setattr(pages, most, 2)
    app = Flask("test")
    app.add_url_rule("/<name>", view_func=lambda name: name)
    with pytest.raises(LimitError, match="too many pages"):
        made(app, *(incoming(f"/{name}") for name in "abc"))
    assert len(made(app, incoming("/a"), incoming("/b"))) == 2
