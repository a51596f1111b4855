import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from teixit.errors import KnowledgeError
from teixit.trig import tidied

HEAD = """@prefix id: <https://w3id.org/teixit/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
WRITTEN = f"""# What it is.
#
# And more. # With a sign.
{HEAD}# of a prefix
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
@prefix unused: <urn:unused#> .
# of the graph
GRAPH id:b {{ # behind the graph
  id:thing-10 rdfs:label "ten"@en , 'deu'@ca, # behind deu
     "diez"@es ;
     id:number -5, 4.5, true ; ; id:is id:z, <urn:a#b> .
  # of thing 9
  id:thing-9 a id:kind ; # behind kind
    id:day "2020-01-01"^^xsd:date, "# no comment" ;
    # of the text
    id:text \"\"\"one
# two\"\"\" . # behind the end
  id:thing-9 a id:kind
  # the last of the graph
}} # behind the bracket
# of the next
id:a {{ id:s id:p id:o }}
# the end"""
TIDIED = f"""# What it is.
#
# And more. # With a sign.
# of a prefix

{HEAD}@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# of the graph
# behind the graph
id:b {{

    # of thing 9
    id:thing-9
        # behind kind
        a id:kind ;
        id:day "2020-01-01"^^xsd:date ;
        id:day "# no comment" ;
        # of the text
        # behind the end
        id:text \"\"\"one
# two\"\"\" ;
    .

    id:thing-10
        # behind deu
        rdfs:label 'deu'@ca ;
        rdfs:label "diez"@es ;
        rdfs:label "ten"@en ;
        id:is id:z ;
        id:is <urn:a#b> ;
        id:number 4.5 ;
        id:number -5 ;
        id:number true ;
    .

    # the last of the graph
    # behind the bracket
}}

# of the next
id:a {{

    id:s
        id:p id:o ;
    .
}}

# the end
"""


def test_a_file_is_laid_out_with_its_comments() -> None:
    assert tidied(WRITTEN, "file") == TIDIED


def test_what_is_tidy_stays_as_it_is() -> None:
    assert tidied(TIDIED, "file") == TIDIED


def test_windows_lines_are_read() -> None:
    assert tidied(WRITTEN.replace("\n", "\r\n").replace("one\r\n", "one\n"), "file") == TIDIED


def test_an_empty_file_has_its_comments() -> None:
    assert tidied("# nothing yet", "file") == "# nothing yet\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id:g { id:s id:p [] }", "file:3:18: [; expected a name"),
        ("id:g { _:b id:p id:o }", "file:3:8: _:b; expected a name"),
        ("id:g { id:s id:p (1) }", "file:3:18: (; expected a name"),
        ("id:s id:p id:o .", "file:3:6: id:p; expected statements in graphs that have names"),
        ("{ id:s id:p id:o }", "file:3:1: {; expected a name"),
        ("@base <urn:x> .", "file:3:1: @base; expected a name"),
        ("@prefix id: <urn:other#> .", "file:3:26: id: again, for another IRI; expected one IRI"),
        ("id:g { id:s id:p id:o {| id:q id:r |} }", "file:3:23: {; expected statements, and"),
        ("id:g { id:s id:p }", "file:3:18: "),
        ("id:g { id:s id:p id:o", "file:3:"),
    ],
)
def test_what_the_data_do_without_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(KnowledgeError) as raised:
        tidied(HEAD + text, "file")
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


WORDS = st.sampled_from(["id:a", "id:b-10", "id:b-9", "<urn:x>", "rdfs:label"])
TEXTS = st.text(st.sampled_from("ab #.;,{}@'\\")).map(
    lambda text: '"' + text.replace("\\", "\\\\") + '"'
)
OBJECTS = WORDS | TEXTS | TEXTS.map("{}@es".format) | st.sampled_from(["1", "-2.5", "true", "1e3"])
GAPS = st.sampled_from([" ", "\n", "  # a comment ; with . signs\n", "\n# above\n"])
ENDS = st.sampled_from([".", "; .", ";; ."])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of several graphs, with white space and comments anywhere."""
    words = [HEAD]
    for _ in range(draw(st.integers(0, 3))):
        words += [draw(WORDS), "{"]
        for _ in range(draw(st.integers(0, 3))):
            words += [draw(WORDS), draw(WORDS), draw(OBJECTS), ",", draw(OBJECTS), draw(ENDS)]
        words.append("}")
    return "".join(word + draw(GAPS) for word in words)


@given(files())
def test_no_fact_and_no_comment_is_lost_and_the_form_is_final(text: str) -> None:
    once = tidied(text, "file")
    assert tidied(once, "file") == once
    assert set(parse(once, format=RdfFormat.TRIG)) == set(parse(text, format=RdfFormat.TRIG))
    for comment in ("# a comment", "# above"):
        assert once.count(comment) == text.count(comment)
