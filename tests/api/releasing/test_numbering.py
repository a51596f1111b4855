import pytest
from pyoxigraph import RdfFormat, parse

from teixit.errors import ReleaseError
from teixit.exporting.changes import Changes, Edition
from teixit.namespaces import PREFIXES
from teixit.releasing import numbering

PREFIX_LINES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
BEFORE = """
teixit:Plan a owl:Class ; rdfs:label "plan"@en .
id:project-one a teixit:FlagshipProject ; rdfs:label "one"@en .
id:question-one a sh:SPARQLExecutable .
<https://w3id.org/teixit/def> a owl:Ontology ; owl:versionInfo "1" .
"""


def reasons(after: str) -> list[tuple[str, str]]:
    editions = [
        Edition.of(name, parse(PREFIX_LINES + text, format=RdfFormat.TURTLE))
        for name, text in (("1", BEFORE), ("2", after))
    ]
    found = numbering.reasons(Changes(*editions))
    return [(reason.what, reason.thing.iri.rpartition("/")[2]) for reason in found]


def changed(before: str, after: str) -> list[tuple[str, str]]:
    assert before in BEFORE
    return reasons(BEFORE.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ('"one"', '"uno"', []),
        ('"plan"', '"a plan"', []),
        ('"1"', '"2"', []),
        ('rdfs:label "plan"@en', "owl:deprecated true", []),
        ('rdfs:label "plan"@en', "owl:disjointWith teixit:Action", [("meaning", "def#Plan")]),
        ('rdfs:label "plan"@en', "rdfs:subClassOf id:x", [("meaning", "def#Plan")]),
        ('teixit:Plan a owl:Class ; rdfs:label "plan"@en .', "", [("gone", "def#Plan")]),
        ("id:question-one", "id:question-two", [("gone", "question-one"), ("new", "question-two")]),
        ("a teixit:FlagshipProject ; ", "", [("gone", "project-one")]),
        ("id:question-one", "teixit:Line a owl:Class . id:question-one", [("new", "def#Line")]),
    ],
)
def test_what_goes_away_or_comes_or_means_something_else_is_a_reason(
    before: str, after: str, found: list[tuple[str, str]]
) -> None:
    assert changed(before, after) == found


@pytest.mark.parametrize(
    ("last", "after", "least"),
    [
        ("1.2.3", BEFORE.replace("plan", "line"), "1.2.4"),
        ("1.2.3", BEFORE + "id:new a owl:Thing .", "1.3.0"),
        ("1.2.3", BEFORE.replace("id:question-one", "id:question-two"), "2.0.0"),
        ("0.2.3", BEFORE + "id:new a owl:Thing .", "0.2.4"),
        ("0.2.3", BEFORE.replace("id:question-one", "id:question-two"), "0.3.0"),
    ],
)
def test_the_least_number_follows(last: str, after: str, least: str) -> None:
    editions = [
        Edition.of(name, parse(PREFIX_LINES + text, format=RdfFormat.TURTLE))
        for name, text in (("1", BEFORE), ("2", after))
    ]
    assert numbering.least_after(last, numbering.reasons(Changes(*editions))) == least


@pytest.mark.parametrize("version", ["1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.2.3-rc1", ""])
def test_a_number_has_three_parts(version: str) -> None:
    with pytest.raises(ReleaseError, match="three parts"):
        numbering.read(version)
