"""What an assistant can ask, in the words that it reads."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Final, Literal, TypeAlias

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError
from mcp.types import ToolAnnotations
from pydantic import Field

from teixit import __version__, binding, paths, queries
from teixit.assistants import reasons, told
from teixit.assistants.asking import answered, explained
from teixit.errors import ChoiceError
from teixit.languages import LANGUAGES
from teixit.library import Graph
from teixit.namespaces import PREFIXES, TERM, expand
from teixit.workers import Pool

_SAYS: Final = """\
Teixit is the knowledge graph of Barcelona's social and solidarity economy: the plan 2016–2019
(objectives, measures, actions with their years, flagship projects), the districts, and what other
sources say of the projects. Every statement has a voice: a passage of the plan with its exact
sentence, an extract of another source, or a conclusion of ours.

Answer only with what the tools give. For each fact that you state, quote the sentence that it rests
on, or say which source it is and how far it is trusted; give the IRI of the thing. Tell what is
planned from what was done: the plan's page does not say whether its actions were carried out.
What the graph does not say, say that it does not say it. Teixit is not a site of the city.

Begin with `search` or `list_questions`; `describe` gives a thing with the sentences that speak of
it, and `who_says` those behind a row of an answer. Read `teixit://terms/en` before you write SPARQL
for `query`; where it finds nothing, ask `why_nothing` before you conclude that nothing is there.
"""
_READING: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_ASK: Final = """\
Answer from the knowledge graph Teixit, and only from it: {question}

Find the things it is about with `search`, and a question that fits with `list_questions`. Ask
`describe` or `answer_question`. State each fact with the sentence that it rests on, in the
original words, its line, and a link to the page of the source; then say what the graph does not say
about the question."""

Language: TypeAlias = Annotated[
    Literal["ca", "es", "en"], Field(description="Language of labels and texts")
]
Most: TypeAlias = Annotated[
    int, Field(ge=1, le=told.MOST_ROWS, description="How many are given at most")
]


_LABEL: Final = expand("rdfs:label")
_MEANS: Final = expand("skos:definition")


class Tools:
    """The tools over one graph.

    Args:
        pool: The workers, which queries of strangers run in.
        graph: The graph behind the workers.
    """

    def __init__(self, pool: Pool, graph: Graph) -> None:
        self._pool = pool
        self._graph = graph

    def search(
        self,
        words: Annotated[str, Field(max_length=500, description="In Catalan, Spanish or English")],
        language: Language = "en",
        kind: Annotated[
            str | None, Field(description="Such as project, measure, action, district, source")
        ] = None,
        most: Most = 10,
    ) -> Sequence[told.FoundThing]:
        """Find things by what they are called and what is said of them; the best first."""
        with explained():
            found = self._graph.search(words, language=language, kind=kind, most=most)
            return told.hits(found)

    def describe(
        self,
        thing: Annotated[str, Field(description="An IRI, or a name such as id:district-03")],
        language: Language = "en",
        most: Most = 100,
    ) -> told.ThingTold:
        """Tell what is said of a thing, with the exact sentences and the sources that say so."""
        with explained():
            description = self._graph.describe(thing, language=language)
            return told.thing(description, most, self._pool.version)

    def list_questions(self, language: Language = "en") -> Sequence[told.QuestionTold]:
        """List the questions that have a tested answer."""
        with explained():
            return [told.question(query, language) for query in queries.catalogue()]

    async def answer_question(
        self,
        name: Annotated[str, Field(description="As list_questions gives it")],
        parameters: Annotated[
            dict[str, str | int],
            Field(description="A value for each; list_questions has an example"),
        ] = {},  # noqa: B006 - read only
        most: Most = told.ROWS,
    ) -> told.Answer:
        """Answer one of the questions; `who_says` tells what is behind a row, and who says so."""
        with explained():
            asked = queries.named(name)
            values = await asyncio.to_thread(self._graph.values, asked, parameters)
            text = binding.bound(asked.text, "SELECT", values) if values else asked.text
            return await answered(self._pool, text, most)

    async def query(
        self,
        sparql: Annotated[str, Field(max_length=100_000, description="One query in SPARQL 1.1")],
        most: Most = told.ROWS,
    ) -> told.Answer:
        """Run a read-only query within limits of time, memory and answer.

        The named graph of a statement says who makes it: `GRAPH ?voice { … }`, then `?voice
        oa:hasSelector/oa:exact ?sentence ; teixit:startLine ?line`.
        """
        with explained():
            return await answered(self._pool, sparql, most)

    def who_says(
        self,
        sparql: Annotated[
            str, Field(max_length=100_000, description="The `query` of an answer with rows")
        ],
        row: Annotated[int, Field(ge=1, le=told.MOST_ROWS, description="Counted from 1")] = 1,
        language: Language = "en",
    ) -> reasons.RowBehind:
        """Say who says what a row of an answer says: the statements behind it, and their makers."""
        with explained():
            return reasons.behind(self._pool, sparql, row, language)

    def why_nothing(
        self,
        sparql: Annotated[
            str, Field(max_length=100_000, description="A query that has found nothing")
        ],
        language: Language = "en",
    ) -> reasons.Emptiness:
        """Say which part of a query empties its answer, and how it may have been meant."""
        with explained():
            return reasons.empty(self._pool, sparql, language)

    def terms(self, language: str) -> str:
        """Say what the terms of the ontology are called and what they mean."""
        with explained(ResourceError):
            return _terms(self._graph, language)


def served(pool: Pool, graph: Graph) -> MCPServer:
    """Make the server over one graph, for whatever it is reached by."""
    server: MCPServer = MCPServer(
        "teixit", title="Teixit", instructions=_SAYS, version=__version__, log_level="WARNING"
    )
    tools = Tools(pool, graph)
    for tool in (
        tools.search,
        tools.describe,
        tools.list_questions,
        tools.answer_question,
        tools.query,
        tools.who_says,
        tools.why_nothing,
    ):
        server.add_tool(tool, annotations=_READING, structured_output=True)
    server.resource(
        "teixit://terms/{language}",
        title="The terms of the ontology",
        description="Classes and properties, what they are called and what they mean: ca, es or en",
        mime_type="text/plain",
    )(tools.terms)
    server.prompt(title="Answer with the sentences it rests on")(with_its_sources)
    return server


def with_its_sources(question: str) -> str:
    """Ask a question of the graph, to be answered with the sentences that the answer rests on."""
    return _ASK.format(question=question)


def _terms(graph: Graph, language: str) -> str:
    """Write a line for each term: its name, what it is called, and what it means.

    Raises:
        ChoiceError: There is no such language.
    """
    if language not in LANGUAGES:
        raise ChoiceError(f"{language!r}: expected one of {', '.join(LANGUAGES)}")
    said: dict[str, dict[str, str]] = {}
    for row in graph.query(queries.named("vocabulary-terms", paths.QUERIES).text):
        if row["language"] == language:
            said.setdefault(str(row["term"]), {})[str(row["property"])] = str(row["value"])
    lines = [
        f"{term.replace(TERM, 'teixit:')} – {texts.get(_LABEL, '')}: {texts.get(_MEANS, '')}"
        for term, texts in sorted(said.items())
    ]
    prefixes = [f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items()]
    return "\n".join([*prefixes, "", *lines, ""])
