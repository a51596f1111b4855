from teixit import namespaces, queries
from teixit.web.related import related, terms

QUESTIONS = [*queries.catalogue()]


def test_terms_are_those_of_the_query_ours_first() -> None:
    found = terms(queries.named("cq15-districts-without-projects").text)
    assert found == [
        namespaces.term("FlagshipProject"),
        namespaces.term("locatedIn"),
        namespaces.expand("dct:identifier"),
        namespaces.expand("esadm:Distrito"),
        namespaces.expand("esadm:distrito"),
        namespaces.expand("rdfs:label"),
    ]


def test_the_closest_questions_come_first_and_never_the_question_itself() -> None:
    question = queries.named("cq53-how-far-measures-and-actions-have-come")
    near = [one.name for one in related(question, QUESTIONS)]
    assert near[0] == "cq54-measures-and-actions-without-progress"
    assert len(near) == 5
    for one in QUESTIONS:
        assert one not in related(one, QUESTIONS)
