from email.message import Message

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions

from teixit.errors import UpstreamError
from teixit.remote import replies
from teixit.remote.wire import Reply

ROWS = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}}]}}'
ASKED = (
    b'<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    b'<head><variable name="__ASK_RETVAL"/></head><results><result>'
    b'<binding name="__ASK_RETVAL"><literal>%s</literal></binding></result></results></sparql>'
)
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


def reply(media_type: str | None, body: bytes) -> Reply:
    headers = Message()
    if media_type:
        headers["Content-Type"] = media_type
    return Reply(headers, body)


@pytest.mark.parametrize("media_type", [JSON, f"{JSON}; charset=utf-8", "Application/JSON"])
def test_rows(media_type: str) -> None:
    found = replies.read(reply(media_type, ROWS), "SELECT")
    assert isinstance(found, QuerySolutions)
    assert [row["a"].value for row in found] == ["1"]


@pytest.mark.parametrize(
    ("media_type", "body", "answer"),
    [
        (JSON, b'{"head":{},"boolean":true}', True),
        (JSON, b'{"head":{},"boolean":false}', False),
        (XML, ASKED % b"1", True),
        (XML, ASKED % b"true", True),
        (XML, ASKED % b"0", False),
        (JSON, ROWS, True),
        (JSON, b'{"head":{"vars":["a"]},"results":{"bindings":[]}}', False),
    ],
)
def test_yes_and_no_also_where_it_is_a_row(media_type: str, body: bytes, answer: object) -> None:
    found = replies.read(reply(media_type, body), "ASK")
    assert isinstance(found, QueryBoolean)
    assert bool(found) is answer


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/n-triples", b"<urn:a> <urn:b> _:c ."),
        ("text/turtle; charset=utf-8", b"@prefix u: <urn:> . u:a u:b [] ."),
    ],
)
def test_triples(media_type: str, body: bytes) -> None:
    found = replies.read(reply(media_type, body), "CONSTRUCT")
    assert not isinstance(found, QuerySolutions | QueryBoolean)
    assert [triple.subject.value for triple in found] == ["urn:a"]


@pytest.mark.parametrize(
    ("form", "media_type", "body", "said"),
    [
        ("SELECT", "text/html", b"<html>", "answered with text/html, not with RDF"),
        ("SELECT", None, ROWS, "answered with no media type"),
        ("SELECT", "a\x07b", ROWS, "answered with no media type"),
        ("SELECT", JSON, ROWS[:-9], "sent a broken answer"),
        ("SELECT", JSON, b"", "sent a broken answer"),
        ("SELECT", JSON, b"<html>", "sent a broken answer"),
        ("SELECT", XML, ASKED[:-30] % b"1", "sent a broken answer"),
        ("SELECT", JSON, b'{"head":{},"boolean":true}', "yes or no where rows were asked for"),
        ("DESCRIBE", JSON, ROWS, "answered with application/sparql-results"),
        ("CONSTRUCT", "text/turtle", b"<urn:a> <urn:b> ", "sent a broken answer"),
    ],
)
def test_what_is_no_answer_is_the_fault_of_the_server(
    form: str, media_type: str | None, body: bytes, said: str
) -> None:
    with pytest.raises(UpstreamError, match=said) as told:
        replies.read(reply(media_type, body), form)
    assert "\n" not in str(told.value)
