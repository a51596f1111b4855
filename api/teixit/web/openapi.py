"""What programs can ask here, as OpenAPI 3.1 writes it: made from the questions themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from teixit import __version__
from teixit.parameters import MOST, Parameter
from teixit.queries import Query
from teixit.web.formats import FORMATS

Json: TypeAlias = Mapping[str, Any]

#: A list that is longer than this is not repeated: any text may be tried.
_LONGEST: Final = 500
#: How many names of a list are told in words.
_NAMED: Final = 20
_PROBLEM: Final = "application/problem+json"
_WRONG: Final = {
    "400": "What is asked is not well formed; the detail says what was expected",
    "403": "A query that asks for what this service never does",
    "404": "There is no such question, or no such file of it",
    "406": "No format on offer is one that the client accepts",
    "429": "Too much at once from this client; Retry-After says when to come again",
    "503": "The answer would pass a limit; the reason says which",
}
#: What may go wrong with any question.
_OF_QUESTIONS: Final = ("400", "404", "406", "429", "503")
_OF_QUERIES: Final = ("400", "403", "406", "429", "503")
_MODULES: Final = {
    "plan": "The plan",
    "territory": "The territory",
    "projects": "The projects",
    "progress": "What has been done",
    "evidence": "Who says so",
}


@dataclass(frozen=True)
class Asked:
    """A question, what it can be asked about, and the ends of the addresses of its files."""

    query: Query
    parameters: Sequence[Parameter]
    endings: tuple[str, ...]


def is_yes_or_no(query: Query) -> bool:
    """Say whether *query* is an ASK, whose answer is no table."""
    lines = (line.split() for line in query.text.splitlines())
    return any(words[:1] == ["ASK"] for words in lines)


def document(host: str, asked: Iterable[Asked]) -> Json:
    """Describe the service at *host*: its questions, its endpoint, and how it is."""
    of_questions = {
        f"/questions/{one.query.name}.{{format}}": {"get": _question(one)} for one in asked
    }
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Teixit",
            "version": __version__,
            "summary": "The knowledge graph of Barcelona’s social and solidarity economy",
            "description": (
                "Each question has a tested answer, and an address for each form of it. "
                "Values of parameters are those that the graph lists, or their whole IRIs."
            ),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": host}],
        "tags": [{"name": name, "description": told} for name, told in _MODULES.items()],
        "paths": {**of_questions, "/sparql": _endpoint(), "/health": _health()},
        "components": {"schemas": _SCHEMAS, "responses": _responses()},
    }


def _question(one: Asked) -> Json:
    query = one.query
    ending = {
        "name": "format",
        "in": "path",
        "required": True,
        "description": "The form of the answer",
        "schema": {"type": "string", "enum": [*one.endings]},
    }
    return {
        "operationId": query.name,
        "tags": [*query.about],
        "summary": query.title["en"],
        **({"description": query.description["en"]} if "en" in query.description else {}),
        "parameters": [ending, *map(_parameter, one.parameters)],
        "responses": {
            "200": {
                "description": "The answer",
                "content": {FORMATS[name]: _content(name) for name in one.endings},
            },
            **_problems(_OF_QUESTIONS),
        },
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "required": True,
        "description": _described(parameter),
        "schema": _schema(parameter),
        "example": parameter.example if parameter.choices is not None else int(parameter.example),
    }


def _schema(parameter: Parameter) -> Json:
    if parameter.choices is None:
        return {"type": "integer", "minimum": 0, "maximum": MOST}
    if not 0 < len(parameter.choices) <= _LONGEST:
        return {"type": "string", "minLength": 1}
    return {"type": "string", "enum": [*parameter.choices]}


def _described(parameter: Parameter) -> str:
    if parameter.choices is None:
        return "A whole number"
    named = [
        f"`{one.token}` {one.names.get('en', '')}".rstrip()
        for one in [*parameter.choices.values()][:_NAMED]
    ]
    more = len(parameter.choices) - len(named)
    return "; ".join([*named, *([f"and {more} more"] if more else [])])


def _content(name: str) -> Json:
    return {"schema": {"$ref": "#/components/schemas/Results"}} if name == "json" else {}


def _endpoint() -> Json:
    query = {
        "name": "query",
        "in": "query",
        "required": True,
        "description": "A query in SPARQL 1.1",
        "schema": {"type": "string", "minLength": 1},
    }
    formats = {FORMATS[name]: _content(name) for name in FORMATS}
    return {
        "get": {
            "operationId": "sparql",
            "summary": "Ask any query (SPARQL 1.1 Protocol)",
            "externalDocs": {"url": "https://www.w3.org/TR/sparql11-protocol/"},
            "parameters": [query],
            "responses": {
                "200": {"description": "The answer", "content": formats},
                **_problems(_OF_QUERIES),
            },
        }
    }


def _health() -> Json:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}}
    return {
        "get": {
            "operationId": "health",
            "summary": "How the service is",
            "responses": {"200": {"description": "It answers", "content": content}},
        }
    }


def _problems(statuses: Iterable[str]) -> Json:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _responses() -> Json:
    content = {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": told, "content": content} for status, told in _WRONG.items()}


_SCHEMAS: Final[Json] = {
    "Results": {
        "description": "SPARQL 1.1 Query Results JSON",
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {
                "type": "object",
                "properties": {"vars": {"type": "array", "items": {"type": "string"}}},
            },
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
            },
        },
    },
    "Problem": {
        "description": "RFC 9457",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "reason": {"type": "string"},
        },
    },
    "Health": {
        "type": "object",
        "required": ["version", "data"],
        "properties": {"version": {"type": "string"}, "data": {"type": "string"}},
    },
}
