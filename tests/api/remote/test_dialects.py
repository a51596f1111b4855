from email.message import Message

import pytest
from pyoxigraph import NamedNode

from teixit.errors import LimitError, UpstreamTimeoutError
from teixit.remote import dialects

A, B = NamedNode("urn:a"), NamedNode("urn:b")


def headers(**said: str) -> Message:
    message = Message()
    for name, value in said.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("server", "dialect"),
    [
        ("Virtuoso/07.20.3229 (Linux)", dialects.Virtuoso),
        ("Oxigraph/0.5.13", dialects.Oxigraph),
        ("nginx", dialects.Standard),
    ],
)
def test_a_server_is_known_by_its_header(server: str, dialect: type) -> None:
    assert type(dialects.of(headers(Server=server))) is dialect
    assert type(dialects.of(headers())) is dialects.Standard


def test_graphs_are_fields_of_the_request() -> None:
    asked = dialects.dataset([A, A], [B])
    assert dialects.Standard().put("ASK {}", asked) == (
        "ASK {}",
        [("default-graph-uri", "urn:a"), ("named-graph-uri", "urn:b")],
    )


def test_graphs_are_words_before_the_query_for_virtuoso() -> None:
    asked = dialects.dataset([A], [B])
    words = "define input:default-graph-uri <urn:a>\ndefine input:named-graph-uri <urn:b>\nASK {}"
    assert dialects.Virtuoso().put("ASK {}", asked) == (words, [])


@pytest.mark.parametrize("dialect", [dialects.Standard(), dialects.Virtuoso()])
def test_without_graphs_the_query_is_left_alone(dialect: dialects.Standard) -> None:
    assert dialect.put("ASK {}", None) == ("ASK {}", [])


def test_a_part_of_an_answer_is_no_answer() -> None:
    with pytest.raises(LimitError, match="gives 10000 rows") as told:
        dialects.Virtuoso().whole(headers(X_SPARQL_MaxRows="10000"))
    assert told.value.reason == "answer"
    with pytest.raises(UpstreamTimeoutError, match="a part of the answer"):
        dialects.Virtuoso().whole(headers(X_SQL_State="S1TAT"))
    dialects.Virtuoso().whole(headers())
    dialects.Standard().whole(headers())


def test_labels_of_blank_nodes_are_labels() -> None:
    body = b"<bnode>nodeID://b1</bnode><literal>&lt;bnode>nodeID://b1</literal>"
    cleaned = b"<bnode>b1</bnode><literal>&lt;bnode>nodeID://b1</literal>"
    assert dialects.Virtuoso().clean(body) == cleaned
    assert dialects.Standard().clean(body) == body
